package fluxion.ops.nn;

import static fluxion.api.Tensors.tensor;
import static fluxion.ops.nn.Functional.logSoftmax;
import static fluxion.ops.nn.Functional.softmax;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import org.junit.jupiter.api.Test;

final class SoftmaxTest {
  private static final Tensor POINT = tensor(new double[][] {{0.5, -1, 2}, {3, 0.1, -0.4}});

  @Test
  void rows_of_softmax_sum_to_one() {
    double[] y = softmax(tensor(new double[][] {{0, Math.log(3)}, {5, 5}}), 1).toDoubleArray();
    assertArrayEquals(new double[] {0.25, 0.75, 0.5, 0.5}, y, 1e-15);
  }

  @Test
  void any_dimension_can_be_taken() {
    Tensor columns = softmax(POINT.transpose(0, 1), -2);
    assertArrayEquals(
        softmax(POINT, 1).toDoubleArray(), columns.transpose(0, 1).toDoubleArray(), 1e-15);
  }

  @Test
  void large_numbers_do_not_overflow() {
    Tensor x = tensor(1e4, 1e4 + 1);
    double log = Math.log1p(Math.E);
    assertArrayEquals(new double[] {-log, 1 - log}, logSoftmax(x, 0).toDoubleArray(), 1e-12);
    assertArrayEquals(
        new double[] {Math.exp(-log), Math.exp(1 - log)}, softmax(x, 0).toDoubleArray(), 1e-12);
  }

  @Test
  void a_tensor_without_dimensions_has_softmax_one() {
    assertEquals(1, softmax(tensor(3.0), 0).item());
    assertEquals(0, logSoftmax(tensor(3.0), -1).item());
    assertEquals(Shape.SCALAR, softmax(tensor(3.0), 0).shape());
  }

  @Test
  void empty_tensors_stay_empty() {
    Tensor x = Tensors.zeros(0, 3).requiresGrad_();
    Tensor y = logSoftmax(x, 1);
    assertEquals(Shape.of(0, 3), y.shape());
    y.sum().backward();
    assertEquals(Shape.of(0, 3), x.grad().shape());
    assertEquals(Shape.of(3, 0), softmax(Tensors.zeros(3, 0), 1).shape());
  }

  @Test
  void nodes_are_named_as_in_pytorch() {
    Tensor x = POINT.detach().requiresGrad_();
    assertEquals("SoftmaxBackward0", softmax(x, 1).gradFn().name());
    assertEquals("LogSoftmaxBackward0", logSoftmax(x, 0).gradFn().name());
  }

  @Test
  void integers_need_a_dtype() {
    Tensor x = tensor(0L, 0L);
    DTypeException refused = assertThrows(DTypeException.class, () -> logSoftmax(x, 0));
    assertEquals(
        "\"log_softmax_lastdim_kernel_impl\" not implemented for 'Long'", refused.getMessage());
    Tensor y = softmax(x, 0, DType.FLOAT64);
    assertEquals(DType.FLOAT64, y.dtype());
    assertArrayEquals(new double[] {0.5, 0.5}, y.toDoubleArray());
  }

  @Test
  void sixteen_bits_are_computed_in_thirty_two() {
    Tensor x = tensor(new float[] {1, 2, 3}, TensorOptions.of(DType.BFLOAT16));
    Tensor y = logSoftmax(x, 0);
    assertEquals(DType.BFLOAT16, y.dtype());
    assertArrayEquals(new double[] {-2.4076, -1.4076, -0.4076}, y.toDoubleArray(), 1e-2);
  }

  @Test
  void a_dimension_that_is_not_there_is_an_error() {
    IndexException missing = assertThrows(IndexException.class, () -> softmax(POINT, 2));
    assertEquals(
        "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
        missing.getMessage());
  }

  @Test
  void second_derivatives_agree_with_differences() {
    Derivatives.check(x -> softmax(x, 1), POINT);
    Derivatives.check(x -> softmax(x, 0), POINT);
    Derivatives.check(x -> logSoftmax(x, 1), POINT);
    Derivatives.check(x -> logSoftmax(x, 0), POINT);
  }
}
