package fluxion.ops.nn;

import static fluxion.api.Tensors.tensor;
import static fluxion.ops.nn.Functional.binaryCrossEntropyWithLogits;
import static fluxion.ops.nn.LossReduction.MEAN;
import static fluxion.ops.nn.LossReduction.NONE;
import static fluxion.ops.nn.LossReduction.SUM;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.AutogradException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import org.junit.jupiter.api.Test;

final class LogitsLossTest {
  private static final Tensor AT = tensor(new double[][] {{0.5, -1, 2}, {3, 0.1, -0.4}});
  private static final Tensor TARGET = tensor(new double[][] {{0, 1, 0.5}, {0.9, 0.2, 1}});
  private static final Tensor WEIGHT = tensor(0.5, 1.0, 2.0);
  private static final Tensor POSITIVE = tensor(3.0, 1.0, 0.25);

  @Test
  void the_loss_neither_overflows_nor_cancels() {
    Tensor x = tensor(1000.0, -1000.0, 40.0, 0.0);
    Tensor target = tensor(0.0, 1.0, 1.0, 0.5);
    assertArrayEquals(
        new double[] {1000, 1000, Math.exp(-40), Math.log(2)},
        binaryCrossEntropyWithLogits(x, target, null, null, NONE).toDoubleArray(),
        1e-25 + 1e-15);
  }

  @Test
  void weights_multiply_the_loss_and_its_positive_part() {
    Tensor losses = binaryCrossEntropyWithLogits(AT, TARGET, WEIGHT, POSITIVE, NONE);
    double[] x = AT.toDoubleArray();
    double[] t = TARGET.toDoubleArray();
    double[] expected = new double[x.length];
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double p = 1 / (1 + Math.exp(-x[i]));
      double positive = POSITIVE.toDoubleArray()[i % 3] * t[i] * Math.log(p);
      expected[i] = -WEIGHT.toDoubleArray()[i % 3] * (positive + (1 - t[i]) * Math.log(1 - p));
      sum += expected[i];
    }
    assertArrayEquals(expected, losses.toDoubleArray(), 1e-14);
    assertEquals(
        sum, binaryCrossEntropyWithLogits(AT, TARGET, WEIGHT, POSITIVE, SUM).item(), 1e-14);
    assertEquals(
        sum / 6, binaryCrossEntropyWithLogits(AT, TARGET, WEIGHT, POSITIVE, MEAN).item(), 1e-14);
  }

  @Test
  void the_whole_is_one_node() {
    Tensor x = AT.detach().clone().requiresGrad_();
    Tensor loss = binaryCrossEntropyWithLogits(x, TARGET);
    assertEquals("BinaryCrossEntropyWithLogitsBackward0", loss.gradFn().name());
  }

  @Test
  void a_mean_of_nothing_is_nan() {
    Tensor none = Tensors.zeros(0);
    assertTrue(Double.isNaN(binaryCrossEntropyWithLogits(none, none).item()));
  }

  @Test
  void wrong_arguments_are_told_as_in_pytorch() {
    assertEquals(
        "Target size (torch.Size([3])) must be the same as input size (torch.Size([2, 3]))",
        assertThrows(ShapeException.class, () -> binaryCrossEntropyWithLogits(AT, WEIGHT))
            .getMessage());
    Tensor weight = WEIGHT.detach().clone().requiresGrad_();
    assertEquals(
        "The function 'binary_cross_entropy_with_logits' is not differentiable with respect to"
            + " argument 'pos_weight'. This input cannot have requires_grad True.",
        assertThrows(
                AutogradException.class,
                () -> binaryCrossEntropyWithLogits(AT, TARGET, null, weight, MEAN))
            .getMessage());
  }

  @Test
  void second_derivatives_agree_with_differences() {
    for (LossReduction reduction : LossReduction.values()) {
      for (Tensor w : new Tensor[] {null, WEIGHT}) {
        for (Tensor p : new Tensor[] {null, POSITIVE}) {
          Derivatives.check(x -> binaryCrossEntropyWithLogits(x, TARGET, w, p, reduction), AT);
          Derivatives.check(t -> binaryCrossEntropyWithLogits(AT, t, w, p, reduction), TARGET);
          Derivatives.check(x -> binaryCrossEntropyWithLogits(x, x.sigmoid(), w, p, reduction), AT);
        }
      }
    }
  }
}
