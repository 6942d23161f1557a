package fluxion.ops.nn;

import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DTypeException;
import fluxion.api.Ops;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DifferenceLossTest {
  @Test
  void the_mean_of_squares_is_one_node() {
    Tensor x = tensor(1.0, 2, 4).requiresGrad_();
    Tensor loss = Functional.mseLoss(x, tensor(1.0, 1, 1));
    assertEquals(10.0 / 3, loss.item(), 1e-15);
    assertEquals("MseLossBackward0", loss.gradFn().name());
    loss.backward();
    assertArrayEquals(new double[] {0, 2.0 / 3, 2}, x.grad().toDoubleArray(), 1e-15);
  }

  @Test
  void losses_broadcast_and_the_target_has_a_gradient_too() {
    Tensor x = zeros(2, 3).requiresGrad_();
    Tensor t = tensor(1f).reshape(1).requiresGrad_();
    Functional.mseLoss(x, t, LossReduction.SUM).backward();
    assertArrayEquals(new float[] {-2, -2, -2, -2, -2, -2}, x.grad().toFloatArray());
    assertArrayEquals(new float[] {12}, t.grad().toFloatArray());
  }

  @Test
  void the_absolute_difference_has_slope_zero_at_zero() {
    Tensor x = tensor(-1.0, 0, 3).requiresGrad_();
    Functional.l1Loss(x, tensor(0.0, 0, 0), LossReduction.SUM).backward();
    assertArrayEquals(new double[] {-1, 0, 1}, x.grad().toDoubleArray());
  }

  @Test
  void smooth_and_huber_losses_are_squares_near_zero_and_lines_beyond() {
    Tensor x = tensor(0.5, 3);
    Tensor zero = tensor(0.0, 0);
    assertArrayEquals(
        new double[] {0.0625, 2},
        Functional.smoothL1Loss(x, zero, LossReduction.NONE, 2).toDoubleArray());
    assertArrayEquals(
        new double[] {0.125, 4},
        Functional.huberLoss(x, zero, LossReduction.NONE, 2).toDoubleArray());
    assertArrayEquals(
        new double[] {0.5, 3},
        Functional.smoothL1Loss(x, zero, LossReduction.NONE, 0).toDoubleArray());
  }

  @Test
  void wrong_arguments_are_named() {
    Tensor x = tensor(1.0, 2);
    assertEquals(
        "huber_loss does not support non-positive values for delta.",
        assertThrows(
                ArgumentException.class, () -> Functional.huberLoss(x, x, LossReduction.MEAN, 0))
            .getMessage());
    assertEquals(
        "smooth_l1_loss does not support negative values for beta.",
        assertThrows(
                ArgumentException.class,
                () -> Functional.smoothL1Loss(x, x, LossReduction.MEAN, -1))
            .getMessage());
    assertEquals(
        "abc is not a valid value for reduction; take 'none', 'mean' or 'sum'",
        assertThrows(
                ArgumentException.class,
                () -> Ops.call("l1_loss", List.of(x, x), Map.of("reduction", "abc")))
            .getMessage());
    assertEquals(
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
        assertThrows(ShapeException.class, () -> Functional.mseLoss(x, zeros(3))).getMessage());
    assertEquals(
        "mse_loss(): \"mse_cpu\" not implemented for 'Long'; give floating-point tensors",
        assertThrows(DTypeException.class, () -> Functional.mseLoss(tensor(1), tensor(2)))
            .getMessage());
  }
}
