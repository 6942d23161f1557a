package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.engine.spi.Functions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The order in which a pass runs nodes, and the gradients that meet at one. */
class BackwardOrderTest {
  private static Tensor leaf(float... values) {
    return tensor(values).requiresGrad_();
  }

  private static long allocations(Runnable work) {
    long before = Memory.statistics(Device.CPU).allocations();
    work.run();
    return Memory.statistics(Device.CPU).allocations() - before;
  }

  @Test
  void of_the_nodes_that_are_ready_the_newest_runs_first() {
    for (int branches : new int[] {1, 2, 3, 8, 9, 40}) {
      Tensor x = leaf(1);
      List<Integer> order = new ArrayList<>();
      List<Tensor> all = new ArrayList<>();
      for (int i = 0; i < branches; i++) {
        int number = i;
        Tensor y = x.mul(i);
        y.registerHook(
            g -> {
              order.add(number);
              return null;
            });
        all.add(y);
      }
      for (long seed = 0; seed < 5; seed++) {
        List<Tensor> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(seed));
        order.clear();
        Autograd.backward(shuffled, Collections.nCopies(branches, ones(1)), true, false);
        assertEquals(
            IntStream.range(0, branches).boxed().sorted(Comparator.reverseOrder()).toList(), order);
      }
      assertEquals(2.5 * branches * (branches - 1), x.grad().item());
    }
  }

  @Test
  void nodes_that_become_ready_in_turn_run_newest_first() {
    Tensor x = leaf(1);
    List<String> order = new ArrayList<>();
    List<Tensor> ends = new ArrayList<>();
    for (int chain = 0; chain < 12; chain++) {
      Tensor y = x;
      for (int step = 0; step < 4; step++) {
        y = y.mul(1);
        String name = String.format("%02d.%d", chain, step);
        y.registerHook(
            g -> {
              order.add(name);
              return null;
            });
      }
      ends.add(y);
    }
    Collections.shuffle(ends, new Random(3));
    Autograd.backward(ends, Collections.nCopies(12, ones(1)), false, false);
    List<String> sorted = new ArrayList<>(order);
    sorted.sort(Comparator.reverseOrder());
    assertEquals(sorted, order);
    assertEquals(48, order.size());
    assertEquals(12, x.grad().item());
  }

  @Test
  void leaves_come_after_even_the_first_node_of_a_thread() throws Exception {
    Tensor x = leaf(1);
    Tensor w = leaf(1);
    // gives both leaves their nodes, so that the next node of the new thread is its first
    x.add(w);
    Scripted failing =
        Scripted.doubling(
            (ctx, g) -> {
              throw new IllegalStateException("stop");
            });
    Thread thread =
        new Thread(
            () -> {
              Tensor bad = Functions.apply(failing, x);
              Tensor sum = w.add(bad);
              assertThrows(IllegalStateException.class, sum::backward);
            });
    thread.start();
    thread.join();
    assertNull(w.grad());
  }

  @Test
  void a_root_inside_the_graph_of_another_waits_for_it() {
    Tensor x = leaf(2);
    Tensor y = x.mul(3);
    Tensor z = y.mul(y);
    List<Double> seen = new ArrayList<>();
    y.registerHook(
        g -> {
          seen.add(g.item());
          return null;
        });
    Autograd.backward(List.of(y, z, y), Arrays.asList(null, null, ones(1).mul(5)), false, false);
    assertEquals(List.of(1.0 + 12 + 5), seen);
    assertEquals(54, x.grad().item());
  }

  @Test
  void a_leaf_is_a_root_too() {
    Tensor x = leaf(2);
    Autograd.backward(List.of(x, x.mul(3)), Arrays.asList(null, null), false, false);
    assertEquals(4, x.grad().item());
    assertEquals(1, Autograd.grad(x, x).item());
  }

  @Test
  void small_gradients_that_meet_are_added_in_place_at_each_output() {
    Tensor x = ones(TensorOptions.withGrad(), 3, 4);
    Tensor[] parts = x.mul(1).unbind(0);
    Tensor cotangent = ones(4);
    for (Tensor part : parts) {
      Tensor two = part.sin().add(part.cos());
      Tensor three = part.sin().add(part.cos()).add(part.tanh());
      long less = allocations(() -> two.backward(cotangent, true, false));
      long more = allocations(() -> three.backward(cotangent, true, false));
      assertEquals(1, more - less);
    }
    Tensor both = parts[0].sin().add(parts[1].sin());
    Tensor again = both.add(parts[0].cos()).add(parts[1].cos());
    long less = allocations(() -> both.backward(cotangent, true, false));
    long more = allocations(() -> again.backward(cotangent, true, false));
    assertEquals(2, more - less);
  }

  @Test
  void a_small_gradient_that_two_inputs_share_is_not_added_to() {
    Tensor x = leaf(1, 2);
    Tensor w = leaf(3, 4);
    Tensor a = x.mul(1);
    Tensor b = w.mul(1);
    a.mul(2).add(b).add(a.add(b)).add(b.mul(5)).sum().backward();
    assertArrayEquals(new float[] {3, 3}, x.grad().toFloatArray());
    assertArrayEquals(new float[] {7, 7}, w.grad().toFloatArray());
  }

  @Test
  void gradients_meet_at_any_of_many_outputs() {
    int outputs = 70;
    Tensor x = leaf(1);
    Scripted many =
        new Scripted(
            (ctx, in) -> IntStream.range(0, outputs).mapToObj(in[0]::mul).toArray(Tensor[]::new),
            (ctx, g) -> {
              Tensor sum = ones(1).mul(0);
              for (int i = 0; i < outputs; i++) {
                sum = g[i] == null ? sum : sum.add(g[i].mul(i));
              }
              return new Tensor[] {sum};
            });
    Tensor[] ys = Functions.applyAll(many, x);
    Tensor total = ys[0].mul(1);
    for (int i : new int[] {0, 1, 63, 64, 69}) {
      total = total.add(ys[i].mul(2)).add(ys[i].sin().mul(0)).add(ys[i].mul(3));
    }
    total.backward();
    assertEquals(5 * (1 + 63 + 64 + 69), x.grad().item());
  }

  @Test
  void a_gradient_of_another_dtype_is_cast_and_then_the_passes_own() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(1);
    Tensor wide = y.to(DType.FLOAT64);
    y.mul(tensor(2.0, 3.0)).sum().add(wide.mul(5).sum()).add(y.sum()).backward();
    assertEquals(DType.FLOAT32, x.grad().dtype());
    assertArrayEquals(new float[] {8, 9}, x.grad().toFloatArray());
  }

  @Test
  void one_gradient_must_be_given_for_each_tensor() {
    Tensor x = leaf(1);
    assertEquals(
        "got 2 tensors and 1 gradients",
        assertThrows(
                fluxion.api.ArgumentException.class,
                () -> Autograd.backward(List.of(x, x), List.of(ones(1)), false, false))
            .getMessage());
  }

  @Test
  void unused_tensors_are_asked_for_only_where_that_is_allowed() {
    Tensor x = leaf(1);
    Tensor w = leaf(1);
    List<Tensor> found = Autograd.grad(List.of(x.mul(2)), List.of(w, x), null, false, false, true);
    assertNull(found.get(0));
    assertEquals(2, found.get(1).item());
    assertThrows(
        AutogradException.class,
        () -> Autograd.grad(List.of(x.mul(2)), List.of(x, w), null, false, false, false));
  }

  @Test
  void a_pass_that_is_recorded_or_retained_can_be_run_again_and_another_cannot() {
    Tensor x = leaf(2);
    Tensor y = x.mul(x).mul(x);
    Autograd.grad(List.of(y), List.of(x), null, false, true, false);
    Autograd.grad(List.of(y), List.of(x), null, true, false, false);
    y.backward(null, false, true);
    y.backward(null, true, false);
    y.backward();
    assertThrows(AutogradException.class, y::backward);
  }

  @Test
  void an_observer_sees_each_function_with_its_inputs_and_outputs() {
    List<Object> seen = new ArrayList<>();
    Tensor x = leaf(3);
    Scripted function = Scripted.doubling((ctx, g) -> new Tensor[] {g[0]});
    Tensor[] made = new Tensor[1];
    Functions.observing(
        (applied, inputs, outputs) -> {
          seen.add(applied);
          seen.add(inputs[0]);
          seen.add(outputs[0]);
        },
        () -> {
          Functions.observing((applied, inputs, outputs) -> {}, () -> Functions.apply(function, x));
          made[0] = Functions.apply(function, x);
        });
    Functions.apply(function, x);
    assertEquals(List.of(function, x, made[0]), seen);
  }
}
