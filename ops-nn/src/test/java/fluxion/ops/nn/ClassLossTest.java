package fluxion.ops.nn;

import static fluxion.api.Tensors.tensor;
import static fluxion.ops.nn.Functional.crossEntropy;
import static fluxion.ops.nn.Functional.nllLoss;
import static fluxion.ops.nn.LossReduction.MEAN;
import static fluxion.ops.nn.LossReduction.NONE;
import static fluxion.ops.nn.LossReduction.SUM;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClassLossTest {
  private static final Tensor LOGS = tensor(new double[][] {{-1, -2, -3}, {-4, -5, -6}});
  private static final Tensor TARGET = tensor(2L, 0L);
  private static final Tensor WEIGHT = tensor(0.5, 1.0, 2.0);

  @Test
  void each_loss_is_that_of_its_target() {
    assertArrayEquals(new double[] {3, 4}, nllLoss(LOGS, TARGET, null, -100, NONE).toDoubleArray());
    assertEquals(7, nllLoss(LOGS, TARGET, null, -100, SUM).item());
    assertEquals(3.5, nllLoss(LOGS, TARGET).item());
  }

  @Test
  void the_mean_is_divided_by_the_weights_that_count() {
    assertArrayEquals(
        new double[] {6, 2}, nllLoss(LOGS, TARGET, WEIGHT, -100, NONE).toDoubleArray());
    assertEquals(8 / 2.5, nllLoss(LOGS, TARGET, WEIGHT, -100, MEAN).item(), 1e-15);
    assertEquals(4, nllLoss(LOGS, TARGET, WEIGHT, 2, MEAN).item(), 1e-15);
  }

  @Test
  void what_is_ignored_has_neither_loss_nor_gradient() {
    Tensor x = LOGS.detach().clone().requiresGrad_();
    Tensor losses = nllLoss(x, tensor(-100L, 1L), null, -100, NONE);
    assertArrayEquals(new double[] {0, 5}, losses.toDoubleArray());
    losses.backward(tensor(10.0, 20.0));
    assertArrayEquals(new double[] {0, 0, 0, 0, -20, 0}, x.grad().toDoubleArray());
  }

  @Test
  void a_mean_of_nothing_is_nan() {
    assertTrue(Double.isNaN(nllLoss(LOGS, tensor(1L, 1L), null, 1, MEAN).item()));
    Tensor none = Tensors.zeros(0, 3);
    Tensor targets = tensor(new long[0]);
    assertTrue(Double.isNaN(nllLoss(none, targets).item()));
    assertEquals(0, nllLoss(none, targets, null, -100, SUM).item());
  }

  @Test
  void one_sample_needs_no_batch() {
    assertEquals(2, nllLoss(tensor(-1.0, -2.0), tensor(1L), null, -100, NONE).item());
    assertEquals(Shape.SCALAR, nllLoss(tensor(-1.0, -2.0), tensor(1L), null, -100, NONE).shape());
  }

  @Test
  void further_dimensions_are_samples_too() {
    Tensor x = tensor(new double[][][] {{{-1, -2}, {-3, -4}}}).requiresGrad_();
    Tensor target = tensor(new long[][] {{0, 1}});
    Tensor losses = nllLoss(x, target, null, -100, NONE);
    assertEquals(Shape.of(1, 2), losses.shape());
    assertArrayEquals(new double[] {1, 4}, losses.toDoubleArray());
    assertEquals("ViewBackward0", losses.gradFn().name());
    Tensor mean = nllLoss(x, target);
    assertEquals("NllLoss2DBackward0", mean.gradFn().name());
    mean.backward();
    assertArrayEquals(new double[] {-0.5, 0, 0, -0.5}, x.grad().toDoubleArray());
  }

  @Test
  void a_class_that_is_not_there_is_an_error() {
    assertEquals(
        "Target 5 is out of bounds.",
        assertThrows(IndexException.class, () -> nllLoss(LOGS, tensor(0L, 5L))).getMessage());
    assertEquals(
        "Target -1 is out of bounds.",
        assertThrows(IndexException.class, () -> crossEntropy(LOGS, tensor(-1L, 7L))).getMessage());
  }

  @Test
  void wrong_arguments_are_told_as_in_pytorch() {
    assertEquals(
        "Expected input batch_size (2) to match target batch_size (3).",
        assertThrows(ShapeException.class, () -> nllLoss(LOGS, tensor(0L, 1L, 1L))).getMessage());
    assertEquals(
        "Dimension specified as 0 but tensor has no dimensions",
        assertThrows(IndexException.class, () -> nllLoss(LOGS, tensor(0L))).getMessage());
    assertEquals(
        "expected scalar type Long but found Int",
        assertThrows(DTypeException.class, () -> nllLoss(LOGS, TARGET.to(DType.INT32)))
            .getMessage());
    assertEquals(
        "weight tensor should be defined either for all 3 classes or no classes but got weight"
            + " tensor of shape: [2]",
        assertThrows(
                ShapeException.class, () -> nllLoss(LOGS, TARGET, tensor(1.0, 1.0), -100, MEAN))
            .getMessage());
    Tensor weight = WEIGHT.detach().clone().requiresGrad_();
    assertEquals(
        "The function 'nll_loss_forward' is not differentiable with respect to argument 'weight'."
            + " This input cannot have requires_grad True.",
        assertThrows(AutogradException.class, () -> nllLoss(LOGS, TARGET, weight, -100, MEAN))
            .getMessage());
    assertThrows(
        ArgumentException.class,
        () -> Ops.call("nll_loss", List.of(LOGS, TARGET), Map.of("reduction", "all")));
  }

  @Test
  void cross_entropy_of_indices_is_log_softmax_and_nll_loss() {
    Tensor x = tensor(new double[][] {{0, Math.log(3)}}).requiresGrad_();
    Tensor loss = crossEntropy(x, tensor(new long[] {1}));
    assertEquals("NllLossBackward0", loss.gradFn().name());
    assertEquals(-Math.log(0.75), loss.item(), 1e-15);
    loss.backward();
    assertArrayEquals(new double[] {0.25, -0.25}, x.grad().toDoubleArray(), 1e-15);
  }

  @Test
  void cross_entropy_takes_probabilities() {
    Tensor x = tensor(new double[][] {{0, Math.log(3)}, {0, 0}}).requiresGrad_();
    Tensor target = tensor(new double[][] {{0.5, 0.5}, {1, 0}});
    double first = -(Math.log(0.25) + Math.log(0.75)) / 2;
    Tensor losses = crossEntropy(x, target, NONE);
    assertEquals("NegBackward0", losses.gradFn().name());
    assertArrayEquals(new double[] {first, Math.log(2)}, losses.toDoubleArray(), 1e-15);
    Tensor mean = crossEntropy(x, target);
    assertEquals("DivBackward1", mean.gradFn().name());
    assertEquals((first + Math.log(2)) / 2, mean.item(), 1e-15);
    assertThrows(ArgumentException.class, () -> crossEntropy(x, target, null, 0, MEAN, 0));
  }

  @Test
  void label_smoothing_is_a_mixture_with_the_uniform_distribution() {
    Tensor x = tensor(new double[][] {{1, 2, 3}, {0, 0, 1}});
    Tensor hot = tensor(new double[][] {{0, 0, 1}, {1, 0, 0}});
    for (LossReduction reduction : LossReduction.values()) {
      assertArrayEquals(
          crossEntropy(x, hot, null, -100, reduction, 0.3).toDoubleArray(),
          crossEntropy(x, TARGET, null, -100, reduction, 0.3).toDoubleArray(),
          1e-14);
    }
    assertEquals(
        "label_smoothing must be between 0.0 and 1.0. Got: 1.5",
        assertThrows(ArgumentException.class, () -> crossEntropy(x, TARGET, null, -100, MEAN, 1.5))
            .getMessage());
  }

  @Test
  void smoothing_leaves_out_what_is_ignored() {
    Tensor x = tensor(new double[][] {{1, 2, 3}, {0, 0, 1}});
    Tensor second = tensor(new double[][] {{0, 0, 1}});
    assertEquals(
        crossEntropy(second, tensor(new long[] {1}), WEIGHT, -100, MEAN, 0.2).item(),
        crossEntropy(x, tensor(0L, 1L), WEIGHT, 0, MEAN, 0.2).item(),
        1e-14);
  }

  @Test
  void second_derivatives_agree_with_differences() {
    Tensor at = tensor(new double[][] {{0.5, -1, 2}, {3, 0.1, -0.4}});
    Tensor target = tensor(new double[][] {{0.2, 0.3, 0.5}, {0.6, 0.4, 0}});
    for (LossReduction reduction : LossReduction.values()) {
      Derivatives.check(x -> crossEntropy(x, TARGET, WEIGHT, -100, reduction, 0.1), at);
      Derivatives.check(x -> crossEntropy(x, TARGET, null, 0, reduction, 0), at);
      Derivatives.check(x -> crossEntropy(x, target, WEIGHT, -100, reduction, 0.1), at);
      Derivatives.check(x -> nllLoss(x.mul(x), TARGET, WEIGHT, -100, reduction), at);
    }
  }
}
