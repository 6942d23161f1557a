package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
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
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Gradients that share memory: with each other, with a saved value, with an outer scope. */
class SharedGradientsTest {
  private static final int N = 2000;

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

  private static long allocations(Runnable work) {
    long before = Memory.statistics(Device.CPU).allocations();
    work.run();
    return Memory.statistics(Device.CPU).allocations() - before;
  }

  /** The sum of two tensors, of which the gradients are one tensor that a function makes. */
  private static Tensor join(Tensor a, Tensor b, UnaryOperator<Tensor> gradient) {
    return Functions.apply(
        new Scripted(
            (ctx, in) -> new Tensor[] {in[0].add(in[1])},
            (ctx, g) -> {
              Tensor shared = gradient.apply(g[0]);
              return new Tensor[] {shared, shared};
            },
            false),
        a,
        b);
  }

  @Test
  void a_gradient_that_a_function_gives_to_two_inputs_is_not_added_to_and_is_freed() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor w = ones(TensorOptions.withGrad(), N);
    Tensor a = x.mul(1);
    Tensor b = w.mul(1);
    Tensor older = a.mul(5);
    List<Tensor> found = new ArrayList<>();
    Tensor joined =
        join(
            a,
            b,
            g -> {
              found.add(g.mul(2));
              return found.get(0);
            });
    joined.add(older).sum().backward();
    assertEquals(7 * N, sum(x.grad()));
    assertEquals(2 * N, sum(w.grad()));
    assertTrue(isGone(found.get(0)));
  }

  @Test
  void a_gradient_that_a_function_made_for_one_input_is_added_to() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Scripted alone =
        new Scripted(
            (ctx, in) -> new Tensor[] {in[0].mul(2)},
            (ctx, g) -> new Tensor[] {g[0].mul(2)},
            false);
    Tensor a = x.mul(1);
    Tensor older = a.mul(5);
    Tensor cotangent = ones(N);
    Tensor one = Functions.apply(alone, a);
    Tensor both = Functions.apply(alone, a).add(older);
    long less = allocations(() -> one.backward(cotangent, true, false));
    long more = allocations(() -> both.backward(cotangent, true, false));
    assertEquals(1, more - less);
  }

  @Test
  void an_expanded_gradient_is_not_added_to() {
    Tensor x = ones(TensorOptions.withGrad(), 3, N);
    Tensor a = x.mul(1);
    Tensor older = a.mul(5);
    Scripted expanding =
        new Scripted(
            (ctx, in) -> new Tensor[] {in[0].mul(2)},
            (ctx, g) -> new Tensor[] {g[0].sum(new int[] {0}, true).expand(3, N)},
            false);
    Functions.apply(expanding, a).add(older).sum().backward();
    assertEquals(3 * N * (3 + 5), sum(x.grad()));
    Tensor turned = ones(TensorOptions.withGrad(), 40, 50);
    Tensor b = turned.mul(1);
    Tensor before = b.mul(5);
    Scripted turning =
        new Scripted(
            (ctx, in) -> new Tensor[] {in[0].mul(2)},
            (ctx, g) -> new Tensor[] {g[0].t().mul(2).t()},
            false);
    Functions.apply(turning, b).add(before).sum().backward();
    assertEquals(N * 7, sum(turned.grad()));
  }

  @Test
  void a_small_gradient_that_an_addition_hands_to_both_inputs_is_not_added_to() {
    Tensor x = tensor(0f, 0f).requiresGrad_();
    Tensor w = tensor(0f, 0f).requiresGrad_();
    Tensor a = x.mul(1);
    Tensor b = w.mul(1);
    Tensor older = a.mul(5);
    Tensor laterB = b.mul(7);
    a.add(b).exp().add(older).add(laterB).sum().backward();
    assertArrayEquals(new float[] {6, 6}, x.grad().toFloatArray());
    assertArrayEquals(new float[] {8, 8}, w.grad().toFloatArray());
    Tensor c = x.mul(1);
    Tensor olderC = c.mul(5);
    x.setGrad(null);
    c.add(c).exp().add(olderC).sum().backward();
    assertArrayEquals(new float[] {7, 7}, x.grad().toFloatArray());
  }

  @Test
  void a_small_gradient_that_is_handed_on_alone_is_added_to() {
    Tensor x = tensor(0f, 0f).requiresGrad_();
    Tensor cotangent = ones(2);
    Tensor a = x.mul(1);
    Tensor older = a.sin();
    Tensor end = a.add(1).exp().add(older);
    // exp's, sin's, and the multiplication's, which becomes the gradient of x
    assertEquals(3, allocations(() -> end.backward(cotangent, true, false)));
    Tensor given = a.add(1).add(older);
    long passedOn = allocations(() -> given.backward(cotangent, true, false));
    // sin's, a sum apart from the caller's cotangent, and the multiplication's
    assertEquals(3, passedOn);
    assertArrayEquals(new float[] {1, 1}, cotangent.toFloatArray());
  }

  @Test
  void small_sums_over_broadcast_dimensions_are_added_in_place() {
    Tensor bias = ones(TensorOptions.withGrad(), 4);
    Tensor b = bias.mul(1);
    Tensor cotangent = ones(3, 4);
    Tensor m = ones(3, 4);
    Tensor one = m.add(b);
    Tensor two = m.add(b).add(b);
    long less = allocations(() -> one.backward(cotangent, true, false));
    long more = allocations(() -> two.backward(cotangent, true, false));
    assertEquals(1, more - less);
    assertArrayEquals(new float[] {9, 9, 9, 9}, bias.grad().toFloatArray());
  }

  @Test
  void a_recorded_pass_adds_nothing_in_place() {
    Tensor x = tensor(0f, 0f).requiresGrad_();
    Tensor a = x.mul(1);
    Tensor older = a.sin();
    Tensor y = a.exp().add(older).add(a.mul(a));
    Tensor first = Autograd.grad(y.sum(), x, true);
    assertArrayEquals(new float[] {2, 2}, first.toFloatArray());
    assertArrayEquals(new float[] {3, 3}, Autograd.grad(first.sum(), x).toFloatArray());
  }

  @Test
  void a_gradient_that_lies_in_a_saved_value_becomes_the_programs_when_it_is_seen() {
    for (boolean keeps : new boolean[] {false, true}) {
      List<Tensor> found = new ArrayList<>();
      Tensor x = ones(TensorOptions.withGrad(), N);
      Tensor y;
      try (var scope = Memory.scope()) {
        y =
            scope.keep(
                Functions.apply(
                    new Scripted(
                        (ctx, in) -> {
                          ctx.saveIntermediate(in[0].mul(3));
                          return new Tensor[] {in[0].mul(2)};
                        },
                        (ctx, g) -> {
                          found.add(ctx.intermediate(0));
                          return new Tensor[] {ctx.intermediate(0)};
                        },
                        keeps),
                    x));
      }
      Tensor gradient = Autograd.grad(y.sum(), x);
      try (var _ = Memory.scope()) {
        ones(N).mul(7);
        ones(N).mul(8);
      }
      assertEquals(3 * N, sum(gradient));
      assertEquals(3 * N, sum(found.get(0)));
    }
  }

  @Test
  void a_gradient_in_a_saved_value_that_a_function_may_keep_outlives_the_graph() {
    List<Tensor> found = new ArrayList<>();
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor y;
    try (var scope = Memory.scope()) {
      y =
          scope.keep(
              Functions.apply(
                  new Scripted(
                      (ctx, in) -> {
                        ctx.saveIntermediate(in[0].mul(3));
                        return new Tensor[] {in[0].mul(2)};
                      },
                      (ctx, g) -> {
                        found.add(ctx.intermediate(0));
                        return new Tensor[] {ctx.intermediate(0)};
                      }),
                  x.mul(1)));
    }
    y.sum().backward();
    assertEquals(3 * N, sum(found.get(0)));
    assertEquals(3 * N, sum(x.grad()));
  }

  @Test
  void what_a_failed_pass_leaves_is_the_scopes_around() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    List<Tensor> found = new ArrayList<>();
    Scripted failing =
        new Scripted(
            (ctx, in) -> new Tensor[] {in[0].mul(2)},
            (ctx, g) -> {
              found.add(g[0].mul(4));
              throw new IllegalStateException("stop");
            },
            false);
    try (var _ = Memory.scope()) {
      Tensor loss = Functions.apply(failing, x).sum();
      assertThrows(IllegalStateException.class, loss::backward);
      assertEquals(4 * N, sum(found.get(0)));
    }
    assertTrue(isGone(found.get(0)));
  }

  @Test
  void a_node_hook_sees_the_cotangent_whatever_the_function_does_to_its_array() {
    Tensor x = tensor(2f).requiresGrad_();
    Tensor y =
        Functions.apply(
            Scripted.doubling(
                (ctx, g) -> {
                  Tensor gradient = g[0].mul(2);
                  g[0] = null;
                  return new Tensor[] {gradient};
                }),
            x);
    List<Tensor> seen = new ArrayList<>();
    y.gradFn()
        .registerHook(
            (results, gradients) -> {
              seen.addAll(gradients);
              return null;
            });
    y.backward();
    assertEquals(1, seen.get(0).item());
    assertEquals(2, x.grad().item());
  }

  @Test
  void an_innermost_scope_cannot_keep_what_an_outer_one_made() {
    try (var _ = Memory.scope()) {
      Tensor made = ones(N);
      try (var _ = Memory.scope()) {
        try (var inner = Memory.scope()) {
          assertSame(made, inner.keep(made));
        }
      }
      assertEquals(N, sum(made));
    }
  }

  @Test
  void a_tensor_whose_scope_is_over_may_be_closed_before_its_graph_is_walked() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor hidden;
    Tensor loss;
    try (var scope = Memory.scope()) {
      hidden = x.mul(3);
      loss = scope.keep(hidden.mul(hidden).sum());
    }
    hidden.close();
    ones(N).mul(7);
    loss.backward();
    assertEquals(18 * N, sum(x.grad()));
  }

  @Test
  void a_gradient_set_in_a_scope_and_taken_away_in_another_goes_with_that() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor made;
    try (var _ = Memory.scope()) {
      made = ones(N).mul(4);
      x.setGrad(made);
    }
    assertEquals(4 * N, sum(made));
    try (var _ = Memory.scope()) {
      x.setGrad(null);
      assertEquals(4 * N, sum(made));
    }
    assertTrue(isGone(made));
  }

  @Test
  void a_tensor_is_unscoped_with_its_gradient() {
    Tensor x;
    Tensor gradient;
    try (var _ = Memory.scope()) {
      x = ones(TensorOptions.withGrad(), N);
      x.mul(2).sum().backward();
      gradient = x.grad();
      assertSame(x, Memory.unscoped(x));
    }
    assertFalse(isGone(x));
    assertEquals(2 * N, sum(gradient));
  }
}
