package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.MemoryException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Transforms;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a checkpoint saves for a later call, and when it lets go of it. */
class CheckpointMemoryTest {
  private static final int N = 5000;

  private static Tensor leaf() {
    return ones(TensorOptions.withGrad(), N);
  }

  private static boolean isGone(Tensor tensor) {
    try {
      tensor.sum();
      return false;
    } catch (MemoryException e) {
      return true;
    }
  }

  @Test
  void inputs_are_held_until_the_last_node_has_run() {
    Tensor x = leaf();
    Tensor input;
    List<Tensor> y;
    try (Memory.Scope scope = Memory.scope()) {
      input = x.mul(2);
      y =
          Transforms.checkpoint(
              in -> List.of(in.get(0).sin(), in.get(0).cos()), List.of(input), true);
      y.forEach(scope::keep);
    }
    y.get(0).sum().backward();
    assertFalse(isGone(input));
    y.get(1).sum().backward();
    assertTrue(isGone(input));
    assertEquals(2 * (Math.cos(2) - Math.sin(2)), x.grad().select(0, 0).item(), 1e-5);
  }

  @Test
  void what_the_function_captures_is_let_go_of_when_the_pass_is_over() {
    for (boolean retain : new boolean[] {false, true}) {
      Tensor captured;
      try (var _ = Memory.scope()) {
        captured = ones(N).mul(3);
        Tensor y = Autograd.checkpoint(z -> z.mul(captured), leaf());
        y.sum().backward(null, retain, false);
      }
      assertTrue(isGone(captured), "retained: " + retain);
    }
  }

  @Test
  void what_is_computed_again_is_let_go_of_with_the_nodes_that_needed_it() {
    List<WeakReference<Tensor>> made = new ArrayList<>();
    boolean[] held = {true};
    Tensor x = leaf().mul(1);
    x.registerHook(
        g -> {
          for (int i = 0; i < 20 && made.get(1).get() != null; i++) {
            System.gc();
          }
          held[0] = made.get(1).get() != null;
          return g;
        });
    Tensor y =
        Autograd.checkpoint(
            z -> {
              Tensor between = z.exp();
              made.add(new WeakReference<>(between));
              return between.sin();
            },
            x);
    y.sum().backward();
    assertFalse(held[0]);
  }

  @Test
  void tensors_that_the_function_shows_when_it_is_called_again_are_the_programs() {
    List<Tensor> seen = new ArrayList<>();
    Tensor y =
        Autograd.checkpoint(
            z -> {
              Tensor between = z.mul(2);
              seen.add(between);
              return between.add(1).exp();
            },
            leaf());
    y.sum().backward();
    assertEquals(2, seen.size());
    assertEquals(2 * N, seen.get(1).sum().item());
  }

  @Test
  void what_a_node_makes_after_a_second_call_is_freed_by_the_pass() {
    Tensor x = leaf();
    Memory.trim();
    Autograd.checkpoint(z -> z.mul(2).exp(), x.neg()).sum().backward();
    // A gradient on the way, whose memory the next but one took; what was computed again is the
    // garbage collector's.
    assertEquals(4 * N, Memory.statistics(Device.CPU).cachedBytes());
  }

  @Test
  void a_function_that_saves_less_when_it_is_called_within_itself_is_refused() {
    int[] calls = {0};
    UnaryOperator<Tensor> f =
        y -> calls[0]++ == 1 ? y.exp() : Autograd.grad(y.exp().sin().sum(), y, true);
    String message =
        assertThrows(AutogradException.class, () -> Autograd.checkpoint(f, leaf())).getMessage();
    assertTrue(
        message.startsWith(
            "checkpoint: A different number of tensors was saved during the original forward and"
                + " recomputation."),
        message);
    assertTrue(message.contains("saved during recomputation: 1."), message);
  }

  @Test
  void batches_within_a_checkpoint_are_those_of_the_first_call() {
    Tensor x = ones(TensorOptions.withGrad(), 2, 3);
    UnaryOperator<Tensor> f =
        y -> {
          Tensor sines = Transforms.vmap(row -> row.sin()).apply(y);
          return Transforms.vmap(column -> column.exp()).apply(sines.t());
        };
    assertArrayEquals(
        Autograd.grad(f.apply(x).sum(), x).toDoubleArray(),
        Autograd.grad(Autograd.checkpoint(f, x).sum(), x).toDoubleArray());
  }

  @Test
  void a_batch_where_there_was_none_is_refused() {
    int[] calls = {0};
    Tensor x = ones(TensorOptions.withGrad(), 2, 3);
    UnaryOperator<Tensor> f =
        y -> calls[0]++ == 0 ? y.exp() : Transforms.vmap(row -> row.exp()).apply(y);
    Tensor sum = Autograd.checkpoint(f, x).sum();
    assertTrue(
        assertThrows(AutogradException.class, sum::backward)
            .getMessage()
            .startsWith("checkpoint: Recomputed values for the following tensors have different"));
  }

  @Test
  void a_checkpoint_in_a_batch_differentiates_inside_when_it_is_called_again() {
    Tensor w = ones(TensorOptions.withGrad(), 3);
    Tensor x = ones(2, 3).cumsum(0);
    UnaryOperator<Tensor> f =
        y -> {
          Tensor own = w.mul(1);
          return Autograd.grad(y.mul(own).pow(3).sum(), own, true).square();
        };
    Tensor plain = Transforms.vmap(f).apply(x).sum();
    Tensor recomputed = Transforms.vmap(y -> Autograd.checkpoint(f, y)).apply(x).sum();
    assertArrayEquals(
        Autograd.grad(plain, w).toDoubleArray(), Autograd.grad(recomputed, w).toDoubleArray());
  }

  @Test
  void a_pass_leaves_recording_switched_off_where_it_was() {
    Tensor x = leaf();
    Tensor y = x.exp().sum();
    try (var _ = Autograd.noGrad()) {
      Autograd.grad(y, x);
      assertFalse(Autograd.isGradEnabled());
    }
    assertTrue(Autograd.isGradEnabled());
  }
}
