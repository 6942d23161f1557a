package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.MemoryException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.engine.spi.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a backward pass allocates, adds in place, frees and leaves. */
class PassMemoryTest {
  private static final int N = 5000;

  private static double sum(Tensor tensor) {
    return tensor.sum().item();
  }

  private static boolean isGone(Tensor tensor) {
    try {
      tensor.sum();
      return false;
    } catch (MemoryException e) {
      return true;
    }
  }

  private static void reuseEverything() {
    try (var _ = Memory.scope()) {
      for (int i = 0; i < 20; i++) {
        ones(N).mul(1000 + i);
      }
    }
  }

  private static long allocations(Runnable work) {
    long before = Memory.statistics(Device.CPU).allocations();
    work.run();
    return Memory.statistics(Device.CPU).allocations() - before;
  }

  /** A function whose backward makes a tensor besides its result and lets it be found. */
  private static Scripted leaking(boolean keeps, Supplier<Tensor> extra, List<Tensor> found) {
    return new Scripted(
        (ctx, in) -> new Tensor[] {in[0].mul(2)},
        (ctx, g) -> {
          Tensor result = g[0].mul(2);
          found.add(extra.get());
          found.add(result);
          return new Tensor[] {result};
        },
        keeps);
  }

  @Test
  void what_a_node_makes_that_keeps_nothing_is_freed_when_it_has_run() {
    List<Tensor> found = new ArrayList<>();
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor y = x.mul(1);
    Functions.apply(leaking(false, () -> ones(1024), found), y).sum().backward();
    assertTrue(isGone(found.get(0)));
    assertTrue(isGone(found.get(1)));
    assertEquals(2 * N, sum(x.grad()));
    MemoryException e = assertThrows(MemoryException.class, () -> found.get(0).sum());
    assertEquals(
        "this tensor's memory (1024 float32 elements) is not there any more: it was a temporary of"
            + " a backward pass",
        e.getMessage());
  }

  @Test
  void a_temporary_below_4096_bytes_is_the_scopes_around() {
    List<Tensor> found = new ArrayList<>();
    Tensor x = ones(TensorOptions.withGrad(), N);
    Functions.apply(leaking(false, () -> ones(1023), found), x.mul(1)).sum().backward();
    assertEquals(1023, sum(found.get(0)));
    try (var _ = Memory.scope()) {
      Functions.apply(leaking(false, () -> ones(1023), found), x.mul(1)).sum().backward();
      assertEquals(1023, sum(found.get(2)));
      assertTrue(isGone(found.get(3)));
    }
    assertTrue(isGone(found.get(2)));
    assertFalse(isGone(found.get(0)));
  }

  @Test
  void what_a_node_makes_that_may_keep_it_is_the_programs() {
    List<Tensor> found = new ArrayList<>();
    Tensor x = ones(TensorOptions.withGrad(), N);
    Functions.apply(leaking(true, () -> ones(N), found), x.mul(1)).sum().backward();
    reuseEverything();
    assertEquals(N, sum(found.get(0)));
    assertEquals(2 * N, sum(found.get(1)));
    try (var _ = Memory.scope()) {
      Functions.apply(leaking(true, () -> ones(N), found), x.mul(1)).sum().backward();
      reuseEverything();
      assertEquals(N, sum(found.get(2)));
      assertEquals(2 * N, sum(found.get(3)));
    }
    assertTrue(isGone(found.get(2)));
    assertTrue(isGone(found.get(3)));
  }

  @Test
  void a_chain_takes_one_piece_of_memory_a_node_and_gives_each_back() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor y = x;
    for (int i = 0; i < 10; i++) {
      y = y.sin();
    }
    Tensor end = y;
    Tensor cotangent = ones(N);
    Memory.trim();
    assertEquals(10, allocations(() -> end.backward(cotangent)));
    // Two pieces took turns, one of which is the gradient of x now.
    assertEquals(4 * N, Memory.statistics(Device.CPU).cachedBytes());
  }

  @Test
  void a_chain_that_many_nodes_long_is_tidied_up_on_the_way() {
    Tensor x = ones(TensorOptions.withGrad(), 2000);
    Tensor y = x;
    for (int i = 0; i < 300; i++) {
      y = y.sin();
    }
    Tensor end = y;
    Tensor cotangent = ones(2000);
    Memory.trim();
    assertEquals(300, allocations(() -> end.backward(cotangent)));
    assertEquals(4 * 2000, Memory.statistics(Device.CPU).cachedBytes());
  }

  @Test
  void gradients_that_meet_are_added_into_memory_of_the_pass() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor y = x.mul(1);
    Tensor z = y.sin().add(y.cos()).add(y.tanh()).add(y.exp());
    Tensor cotangent = ones(N);
    // a gradient for each function, and the multiplication's cotangent is handed on
    long four = allocations(() -> z.backward(cotangent, true, false));
    Tensor w = y.sin().add(y.cos()).add(y.tanh());
    long three = allocations(() -> w.backward(cotangent, true, false));
    assertEquals(1, four - three);
    double slope = Math.cos(1) - Math.sin(1) + 1 - Math.pow(Math.tanh(1), 2);
    assertEquals((2 * slope + Math.E) * N, sum(x.grad()), 0.1);
    assertEquals(N, sum(cotangent));
  }

  @Test
  void a_cotangent_that_others_see_is_not_added_to() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor y = x.mul(1);
    Tensor cotangent = ones(N).mul(3);
    Tensor z = y.add(y).add(y);
    z.backward(cotangent);
    assertEquals(3 * N, sum(cotangent));
    assertEquals(9 * N, sum(x.grad()));
    Tensor v = ones(TensorOptions.withGrad(), N);
    Tensor a = v.mul(2);
    Autograd.backward(List.of(a, a), List.of(cotangent, cotangent), false, false);
    assertEquals(3 * N, sum(cotangent));
    assertEquals(12 * N, sum(v.grad()));
  }

  @Test
  void a_gradient_handed_to_two_inputs_is_not_added_to_either() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor w = ones(TensorOptions.withGrad(), N);
    Tensor a = x.mul(1);
    Tensor b = w.mul(1);
    Tensor z = a.add(b).exp().add(a.mul(5)).add(b.mul(7));
    z.sum().backward();
    assertEquals((Math.exp(2) + 5) * N, sum(x.grad()), 0.1);
    assertEquals((Math.exp(2) + 7) * N, sum(w.grad()), 0.1);
    x.grad().zero_();
    assertEquals((Math.exp(2) + 7) * N, sum(w.grad()), 0.1);
  }

  @Test
  void a_first_gradient_is_taken_over_and_a_view_is_copied() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor y = x.sin();
    Tensor cotangent = ones(N);
    assertEquals(1, allocations(() -> y.backward(cotangent)));
    Tensor matrix = ones(TensorOptions.withGrad(), 50, 100);
    Tensor turned = matrix.t().sin();
    Tensor other = ones(100, 50);
    assertEquals(2, allocations(() -> turned.backward(other)));
    assertTrue(matrix.grad().isContiguous());
    assertEquals(Math.cos(1) * N, sum(matrix.grad()), 0.1);
    Tensor given = ones(TensorOptions.withGrad(), N);
    assertEquals(1, allocations(() -> given.backward(cotangent)));
    given.grad().zero_();
    assertEquals(N, sum(cotangent));
  }

  @Test
  void a_second_gradient_is_added_in_place() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor y = x.sin();
    Tensor cotangent = ones(N);
    y.backward(cotangent, true, false);
    Tensor first = x.grad();
    assertEquals(1, allocations(() -> y.backward(cotangent, true, false)));
    assertEquals(2 * Math.cos(1) * N, sum(first), 0.1);
    reuseEverything();
    assertEquals(2 * Math.cos(1) * N, sum(x.grad()), 0.1);
  }

  @Test
  void gradients_of_broadcast_inputs_are_memory_of_the_pass() {
    Tensor bias = ones(TensorOptions.withGrad(), 2000);
    Tensor b = bias.mul(1);
    Tensor x = ones(10, 2000);
    Tensor loss = x.add(b).exp().add(x.mul(b)).add(b.expand(10, 2000)).sum();
    loss.backward();
    reuseEverything();
    assertEquals(10 * 2000 * (Math.exp(2) + 2), sum(bias.grad()), 1);
  }

  @Test
  void a_recorded_pass_leaves_all_that_it_makes_to_the_program() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor y = x.mul(x).mul(x);
    Tensor first = Autograd.grad(y.sum(), x, true);
    reuseEverything();
    Tensor second = Autograd.grad(first.sum(), x, true);
    reuseEverything();
    assertEquals(3 * N, sum(first.detach()));
    assertEquals(6 * N, sum(second.detach()));
    assertEquals(6 * N, sum(Autograd.grad(second.sum(), x)));
  }

  @Test
  void a_pass_without_paths_to_what_is_asked_for_runs_nothing_in_vain() {
    Tensor x = tensor(2f).requiresGrad_();
    Tensor w = tensor(3f).requiresGrad_();
    List<Tensor> ran = new ArrayList<>();
    Tensor costly = Functions.apply(leaking(true, () -> ones(1), ran), w);
    Tensor y = x.mul(x).add(costly);
    List<Tensor> found = Autograd.grad(List.of(y), List.of(x, y), null, true, false, false);
    assertEquals(4, found.get(0).item());
    assertEquals(1, found.get(1).item());
    assertEquals(List.of(), ran);
    assertArrayEquals(
        new float[] {2},
        Autograd.grad(List.of(y), List.of(w), null, true, false, false).get(0).toFloatArray());
    assertEquals(2, ran.size());
  }

  @Test
  void results_that_only_another_branch_needs_are_left_out() {
    Tensor x = tensor(2f).requiresGrad_();
    Tensor w = tensor(3f).requiresGrad_();
    Tensor product = x.mul(w);
    Tensor z = product.mul(w.exp().mul(2));
    assertEquals(3 * 2 * Math.exp(3), Autograd.grad(z, x, true).item(), 1e-4);
    assertEquals(2 * 2 * Math.exp(3) * 4, Autograd.grad(z, w, true).item(), 1e-3);
  }
}
