package fluxion.tests.transforms;

import static fluxion.tests.transforms.Differences.assertClose;
import static fluxion.tests.transforms.Differences.numbers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.api.Transforms;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private static final int N = 20_000;

  private final Tensor weight = numbers(3, 3).requiresGrad_();

  private Tensor layer(Tensor x) {
    return x.matmul(weight).tanh().mul(x).exp().softmax(1);
  }

  private static Tensor dropout(Tensor x) {
    return Ops.call("dropout", x.exp(), 0.5, true).mul(x);
  }

  @Test
  void results_and_gradients_have_the_bits_of_a_plain_call() {
    Tensor x = numbers(2, 3).requiresGrad_();
    Tensor plain = layer(x);
    Tensor recomputed = Autograd.checkpoint(this::layer, x);
    assertArrayEquals(plain.toDoubleArray(), recomputed.toDoubleArray());
    Tensor cotangent = numbers(2, 3);
    List<Tensor> expected =
        Autograd.grad(List.of(plain), List.of(x, weight), List.of(cotangent), false, false, false);
    List<Tensor> found =
        Autograd.grad(
            List.of(recomputed), List.of(x, weight), List.of(cotangent), false, false, false);
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(expected.get(i).toDoubleArray(), found.get(i).toDoubleArray());
    }
  }

  @Test
  void gradients_accumulate_in_leaves_that_the_function_captures() {
    Tensor x = numbers(2, 3).requiresGrad_();
    layer(layer(x)).sum().mul(2).backward();
    Tensor ofInput = x.grad();
    Tensor ofWeight = weight.grad();
    x.setGrad(null);
    weight.setGrad(null);
    Autograd.checkpoint(this::layer, Autograd.checkpoint(this::layer, x)).sum().mul(2).backward();
    assertArrayEquals(ofInput.toDoubleArray(), x.grad().toDoubleArray());
    assertArrayEquals(ofWeight.toDoubleArray(), weight.grad().toDoubleArray());
  }

  @Test
  void inputs_need_not_require_gradients_if_something_captured_does() {
    Tensor x = numbers(2, 3);
    Autograd.checkpoint(this::layer, x).square().sum().backward();
    assertNotNull(weight.grad());
    assertNull(x.grad());
  }

  @Test
  void a_function_of_nothing_that_requires_gradients_is_just_called() {
    int[] calls = {0};
    UnaryOperator<Tensor> counted =
        x -> {
          calls[0]++;
          return x.exp();
        };
    assertFalse(Autograd.checkpoint(counted, numbers(2)).requiresGrad());
    try (var _ = Autograd.noGrad()) {
      assertFalse(Autograd.checkpoint(counted, numbers(2).requiresGrad_()).requiresGrad());
    }
    assertEquals(2, calls[0]);
  }

  @Test
  void a_pass_calls_the_function_once_more() {
    int[] calls = {0};
    boolean[] recording = {false};
    Tensor x = numbers(2).requiresGrad_();
    Tensor y =
        Autograd.checkpoint(
            z -> {
              calls[0]++;
              recording[0] = Autograd.isGradEnabled();
              return z.exp().sin().cos();
            },
            x);
    assertEquals(1, calls[0]);
    y.sum().backward(null, true, false);
    assertEquals(2, calls[0]);
    assertTrue(recording[0]);
    Tensor first = x.grad().clone();
    y.sum().backward();
    assertEquals(3, calls[0]);
    assertClose(first.mul(2), x.grad());
    AutogradException twice =
        assertThrows(AutogradException.class, () -> y.backward(Tensors.onesLike(y)));
    assertTrue(twice.getMessage().contains("backward through the graph a second time"));
  }

  @Test
  void dropout_draws_the_same_mask_again_and_the_generator_goes_on_as_before() {
    Tensor x = numbers(64).requiresGrad_();
    Tensors.manualSeed(7);
    Tensor plain = dropout(x);
    plain.sum().backward();
    Tensor expected = x.grad();
    Tensor next = Tensors.rand(4);

    x.setGrad(null);
    Tensors.manualSeed(7);
    Tensor recomputed = Autograd.checkpoint(CheckpointTest::dropout, x);
    assertArrayEquals(next.toDoubleArray(), Tensors.rand(4).toDoubleArray());
    Tensors.manualSeed(11);
    Tensor after = Tensors.rand(4);
    Tensors.manualSeed(11);
    recomputed.sum().backward();
    assertArrayEquals(plain.toDoubleArray(), recomputed.toDoubleArray());
    assertArrayEquals(expected.toDoubleArray(), x.grad().toDoubleArray());
    assertArrayEquals(after.toDoubleArray(), Tensors.rand(4).toDoubleArray());
  }

  @Test
  void the_generator_may_be_left_alone() {
    Tensor x = numbers(64).requiresGrad_();
    Tensors.manualSeed(7);
    Tensor y = Transforms.checkpoint(in -> List.of(dropout(in.get(0))), List.of(x), false).get(0);
    y.sum().backward();
    Tensor found = x.grad();
    x.setGrad(null);
    Tensors.manualSeed(7);
    dropout(x).sum().backward();
    assertFalse(java.util.Arrays.equals(found.toDoubleArray(), x.grad().toDoubleArray()));
  }

  @Test
  void a_checkpointed_call_can_be_differentiated_twice() {
    Tensor x = numbers(2, 3).requiresGrad_();
    List<Tensor> plain = secondDerivatives(layer(x), x);
    List<Tensor> recomputed = secondDerivatives(Autograd.checkpoint(this::layer, x), x);
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(plain.get(i).toDoubleArray(), recomputed.get(i).toDoubleArray());
    }
  }

  private List<Tensor> secondDerivatives(Tensor y, Tensor x) {
    Tensor gradient = Autograd.grad(y.square().sum(), x, true);
    return Autograd.grad(
        List.of(gradient.square().sum()), List.of(x, weight), null, false, false, false);
  }

  @Test
  void the_hessian_of_a_checkpointed_function_is_that_of_the_function() {
    Tensor x = numbers(4);
    UnaryOperator<Tensor> f = y -> y.exp().prod().mul(y.sum()).mul(1e-3);
    assertClose(Autograd.hessian(f, x), Autograd.hessian(y -> Autograd.checkpoint(f, y), x));
  }

  @Test
  void checkpoints_may_lie_in_one_another() {
    Tensor x = numbers(2, 3).requiresGrad_();
    int[] calls = {0};
    UnaryOperator<Tensor> inner =
        y -> {
          calls[0]++;
          return layer(y);
        };
    Tensor y = Autograd.checkpoint(z -> Autograd.checkpoint(inner, layer(z)).exp(), x);
    assertEquals(1, calls[0]);
    Tensor found = Autograd.grad(y.square().sum(), x);
    assertArrayEquals(
        Autograd.grad(layer(layer(x)).exp().square().sum(), x).toDoubleArray(),
        found.toDoubleArray());
    assertEquals(3, calls[0]);
  }

  @Test
  void several_inputs_and_results_work_as_in_a_plain_call() {
    Tensor x = numbers(3).requiresGrad_();
    Tensor y = numbers(3).sin().requiresGrad_();
    UnaryOperator<List<Tensor>> f =
        in -> List.of(in.get(0).mul(in.get(1)).exp(), in.get(1).square().cos());
    List<Tensor> plain = f.apply(List.of(x, y));
    List<Tensor> found = Transforms.checkpoint(f, List.of(x, y), true);
    List<Tensor> expected =
        Autograd.grad(
            List.of(plain.get(0).sum(), plain.get(1).sum()),
            List.of(x, y),
            null,
            false,
            false,
            false);
    // One result after the other: each pass recomputes what it needs.
    Tensor first = Autograd.grad(found.get(0).sum(), y, false);
    Tensor second = Autograd.grad(found.get(1).sum(), y, false);
    assertClose(expected.get(1), first.add(second));
  }

  @Test
  void a_function_may_differentiate_within_itself() {
    Tensor x = numbers(3).requiresGrad_();
    UnaryOperator<Tensor> penalty = y -> Autograd.grad(y.pow(3).sum(), y, true).square().sum();
    assertArrayEquals(
        Autograd.grad(penalty.apply(x), x).toDoubleArray(),
        Autograd.grad(Autograd.checkpoint(penalty, x), x).toDoubleArray());
  }

  @Test
  void intermediate_tensors_are_not_held() {
    List<WeakReference<Tensor>> plain = new ArrayList<>();
    List<WeakReference<Tensor>> recomputed = new ArrayList<>();
    Tensor x = numbers(4).requiresGrad_();
    Tensor held = chain(x, plain);
    Tensor freed = Autograd.checkpoint(y -> chain(y, recomputed), x);
    for (int i = 0; i < 20 && !recomputed.stream().allMatch(r -> r.get() == null); i++) {
      System.gc();
    }
    assertTrue(plain.stream().allMatch(r -> r.get() != null));
    assertTrue(recomputed.stream().allMatch(r -> r.get() == null));
    assertClose(Autograd.grad(held.sum(), x), Autograd.grad(freed.sum(), x));
  }

  private static Tensor chain(Tensor x, List<WeakReference<Tensor>> seen) {
    Tensor y = x;
    for (int i = 0; i < 5; i++) {
      y = y.sigmoid().exp();
      seen.add(new WeakReference<>(y));
    }
    return y.mul(2);
  }

  @Test
  void within_a_scope_the_memory_of_intermediate_tensors_is_free_at_once() {
    try (var _ = Memory.scope()) {
      Tensor x = Tensors.rand(N).requiresGrad_();
      Memory.trim();
      Tensor plain = x.exp().exp().sin().exp().cos();
      assertEquals(0, cached());
      Tensor y = Autograd.checkpoint(z -> z.exp().exp().sin().exp().cos(), x);
      assertEquals(4L * 4 * N, cached(), "of five results all but the last are free");
      assertArrayEquals(
          Autograd.grad(plain.sum(), x).toDoubleArray(), Autograd.grad(y.sum(), x).toDoubleArray());
    }
  }

  private static long cached() {
    return Memory.statistics(Device.CPU).cachedBytes();
  }

  @Test
  void an_input_that_was_overwritten_is_refused() {
    Tensor x = numbers(3).requiresGrad_();
    Tensor between = x.mul(2);
    Tensor y = Autograd.checkpoint(Tensor::exp, between);
    between.add_(1);
    AutogradException refused = assertThrows(AutogradException.class, () -> y.sum().backward());
    assertTrue(refused.getMessage().contains("modified by an inplace operation"));
  }

  @Test
  void a_function_that_computes_something_else_is_refused() {
    int[] calls = {0};
    Tensor x = numbers(3).requiresGrad_();
    Tensor more =
        Autograd.checkpoint(y -> calls[0]++ == 0 ? y.exp().sin() : y.exp().sin().cos(), x);
    assertTrue(
        assertThrows(AutogradException.class, () -> more.sum().backward())
            .getMessage()
            .startsWith(
                "checkpoint: A different number of tensors was saved during the original forward"
                    + " and recomputation. Number of tensors saved during forward: 2. Number of"
                    + " tensors saved during recomputation: 3."));
    calls[0] = 0;
    Tensor other = Autograd.checkpoint(y -> calls[0]++ == 0 ? y.exp() : y.narrow(0, 0, 2).exp(), x);
    assertTrue(
        assertThrows(AutogradException.class, () -> other.sum().backward())
            .getMessage()
            .startsWith(
                "checkpoint: Recomputed values for the following tensors have different metadata"
                    + " than during the forward pass. tensor at position 0"));
  }

  @Test
  void an_error_in_the_function_leaves_nothing_switched() {
    Tensor x = numbers(3).requiresGrad_();
    assertThrows(
        IllegalStateException.class,
        () ->
            Autograd.checkpoint(
                y -> {
                  throw new IllegalStateException("refused");
                },
                x));
    // Saved tensors are held again.
    WeakReference<Tensor> saved = new WeakReference<>(x.exp());
    Tensor y = saved.get().sin();
    System.gc();
    assertNotNull(saved.get());
    assertTrue(y.requiresGrad());
    assertTrue(Autograd.isGradEnabled());
  }
}
