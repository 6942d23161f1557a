package fluxion.ops.nn;

import static fluxion.api.Tensors.arange;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class SgdStepTest {
  private static final Tensor GRAD = tensor(1.0, -2.0);

  private static Tensor step(
      Tensor p, Tensor buffer, double decay, boolean nesterov, boolean maximize, boolean first) {
    double momentum = buffer == null ? 0 : 0.5;
    return Functional.sgdStep(
        p, GRAD, buffer, 0.1, momentum, 0.25, decay, nesterov, maximize, first);
  }

  @Test
  void a_plain_step_goes_down_the_gradient() {
    Tensor p = tensor(1.0, 2.0).requiresGrad_();
    assertSame(p, step(p, null, 0, false, false, false));
    assertArrayEquals(new double[] {0.9, 2.2}, p.toDoubleArray(), 1e-15);
    assertTrue(p.isLeaf(), "nothing is recorded");
    assertEquals(1, p.version());
  }

  @Test
  void weight_decay_adds_the_parameter_and_maximize_turns_the_gradient() {
    Tensor p = step(tensor(1.0, 2.0), null, 0.5, false, true, false);
    assertArrayEquals(new double[] {1.05, 1.7}, p.toDoubleArray(), 1e-15);
  }

  @Test
  void the_first_step_sets_the_buffer_whatever_it_held() {
    Tensor buffer = tensor(Double.NaN, Double.NaN);
    Tensor p = step(tensor(1.0, 2.0), buffer, 0, false, false, true);
    assertArrayEquals(GRAD.toDoubleArray(), buffer.toDoubleArray());
    assertArrayEquals(new double[] {0.9, 2.2}, p.toDoubleArray(), 1e-15);
  }

  @Test
  void later_steps_gather_momentum() {
    Tensor buffer = tensor(4.0, 4.0);
    Tensor p = step(tensor(1.0, 2.0), buffer, 0.5, false, false, false);
    assertArrayEquals(new double[] {3.125, 1.25}, buffer.toDoubleArray(), 1e-15);
    assertArrayEquals(new double[] {0.6875, 1.875}, p.toDoubleArray(), 1e-15);
  }

  @Test
  void nesterov_looks_ahead() {
    Tensor buffer = tensor(4.0, 4.0);
    Tensor p = step(tensor(1.0, 2.0), buffer, 0, true, false, false);
    assertArrayEquals(new double[] {2.75, 0.5}, buffer.toDoubleArray(), 1e-15);
    assertArrayEquals(new double[] {0.7625, 2.175}, p.toDoubleArray(), 1e-15);
  }

  @Test
  void parameter_and_buffer_change_in_one_pass() {
    Tensor p = tensor(1.0, 2.0);
    Tensor buffer = tensor(4.0, 4.0);
    step(p, buffer, 0.5, true, true, false);
    assertEquals(1, p.version());
    assertEquals(1, buffer.version());
  }

  @Test
  void strides_do_not_matter() {
    Tensor p = arange(6).toDouble().reshape(2, 3).transpose(0, 1);
    Tensor grad = ones(2, 3).toDouble().transpose(0, 1);
    Tensor buffer = ones(3, 2).toDouble();
    Functional.sgdStep(p, grad, buffer, 0.5, 1, 0, 0, false, false, false);
    assertArrayEquals(new double[] {-1, 2, 0, 3, 1, 4}, p.toDoubleArray());
    assertArrayEquals(new double[] {2, 2, 2, 2, 2, 2}, buffer.toDoubleArray());
  }

  @Test
  void narrow_floats_move_by_the_buffer_as_it_is_stored() {
    Tensor p = tensor(1f).to(DType.BFLOAT16);
    Tensor grad = tensor(1f).to(DType.BFLOAT16);
    Tensor buffer = tensor(1f).to(DType.BFLOAT16);
    // 0.99 · 1 + 1 = 1.99 is 1.9921875 in bfloat16; p - 0.5 · that is 0.00390625.
    Functional.sgdStep(p, grad, buffer, 0.5, 0.99, 0, 0, false, false, false);
    assertEquals(1.9921875, buffer.item());
    assertEquals(0.00390625, p.item());
  }

  @Test
  void an_empty_parameter_is_left() {
    Tensor p = ones(0, 3);
    assertSame(p, Functional.sgdStep(p, ones(0, 3), null, 0.1, 0, 0, 0, false, false, false));
  }

  private static void refused(
      Class<? extends FluxionException> type,
      String message,
      Tensor p,
      Tensor grad,
      @Nullable Tensor buffer,
      double momentum,
      boolean nesterov) {
    Executable call =
        () -> Functional.sgdStep(p, grad, buffer, 0.1, momentum, 0, 0, nesterov, false, false);
    assertEquals(message, assertThrows(type, call).getMessage());
  }

  @Test
  void momentum_needs_a_buffer() {
    Tensor p = tensor(1.0, 2.0);
    refused(
        ArgumentException.class,
        "sgd_step_: momentum needs a momentum buffer",
        p,
        GRAD,
        null,
        0.9,
        false);
    refused(
        ArgumentException.class,
        "sgd_step_: nesterov needs a momentum buffer",
        p,
        GRAD,
        null,
        0,
        true);
  }

  @Test
  void gradient_and_buffer_are_like_the_parameter() {
    Tensor p = tensor(1.0, 2.0);
    refused(
        ShapeException.class,
        "sgd_step_: expected a gradient of the parameter's shape [2], found [1]",
        p,
        tensor(new double[] {1}),
        null,
        0,
        false);
    refused(
        DTypeException.class,
        "sgd_step_: expected a gradient of the parameter's dtype torch.float64, found"
            + " torch.float32",
        p,
        ones(2),
        null,
        0,
        false);
    refused(
        ShapeException.class,
        "sgd_step_: expected a momentum buffer of the parameter's shape [2], found [2, 1]",
        p,
        GRAD,
        GRAD.unsqueeze(1),
        0.9,
        false);
    refused(
        DTypeException.class,
        "sgd_step_: expected a momentum buffer of the parameter's dtype torch.float64, found"
            + " torch.float32",
        p,
        GRAD,
        ones(2),
        0.9,
        false);
    refused(
        DTypeException.class,
        "sgd_step_: expected a parameter of floating-point numbers, found torch.int64",
        tensor(1L),
        tensor(1L),
        null,
        0,
        false);
  }

  @Test
  void the_buffer_lies_in_memory_of_its_own() {
    Tensor p = tensor(1.0, 2.0);
    refused(
        ArgumentException.class,
        "sgd_step_: written-to tensors 0 and 1 share memory; clone() one",
        p,
        GRAD,
        p.detach(),
        0.9,
        false);
    assertEquals(0, p.version());
  }

  @Test
  void the_step_can_be_called_by_name() {
    Tensor p = tensor(1.0, 2.0);
    Ops.call("sgd_step_", p, GRAD, null, 0.1);
    assertArrayEquals(new double[] {0.9, 2.2}, p.toDoubleArray(), 1e-15);
  }
}
