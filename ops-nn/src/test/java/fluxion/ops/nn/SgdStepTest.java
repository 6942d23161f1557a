package fluxion.ops.nn;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import org.junit.jupiter.api.Test;

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
  void momentum_needs_a_buffer() {
    assertThrows(
        ArgumentException.class,
        () ->
            Functional.sgdStep(tensor(1.0, 2.0), GRAD, null, 0.1, 0.9, 0, 0, false, false, false));
  }

  @Test
  void the_step_can_be_called_by_name() {
    Tensor p = tensor(1.0, 2.0);
    Ops.call("sgd_step_", p, GRAD, null, 0.1);
    assertArrayEquals(new double[] {0.9, 2.2}, p.toDoubleArray(), 1e-15);
  }
}
