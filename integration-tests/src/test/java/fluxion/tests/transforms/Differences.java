package fluxion.tests.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.function.UnaryOperator;

/** Jacobians by central differences, and comparisons with them. */
final class Differences {
  private static final double STEP = 1e-6;

  private Differences() {}

  /** A float64 tensor of distinct numbers between 0.2 and about 2, in no order. */
  static Tensor numbers(long... size) {
    long count = Shape.of(size).numel();
    double[] values = new double[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.2 + (i * 7 % 11) * 0.15 + i * 0.01;
    }
    return Tensors.tensor(values, Shape.of(size), TensorOptions.of(DType.FLOAT64));
  }

  /** The Jacobian as rows of a matrix: an entry for each element of the result and of the input. */
  static double[][] jacobian(UnaryOperator<Tensor> f, Tensor input) {
    double[] at = input.toDoubleArray();
    int results = (int) f.apply(input).numel();
    double[][] jacobian = new double[results][at.length];
    for (int j = 0; j < at.length; j++) {
      double[] above = f.apply(moved(input, at, j, STEP)).toDoubleArray();
      double[] below = f.apply(moved(input, at, j, -STEP)).toDoubleArray();
      for (int i = 0; i < results; i++) {
        jacobian[i][j] = (above[i] - below[i]) / (2 * STEP);
      }
    }
    return jacobian;
  }

  private static Tensor moved(Tensor input, double[] at, int j, double by) {
    double[] values = at.clone();
    values[j] += by;
    return Tensors.tensor(values, input.shape(), TensorOptions.of(DType.FLOAT64));
  }

  static double[] flat(double[][] rows) {
    return java.util.Arrays.stream(rows).flatMapToDouble(java.util.Arrays::stream).toArray();
  }

  static void assertValues(Tensor actual, Shape shape, double... expected) {
    assertEquals(shape, actual.shape());
    assertArrayEquals(expected, actual.toDoubleArray(), 1e-7);
  }

  static void assertClose(Tensor expected, Tensor actual) {
    assertEquals(expected.dtype(), actual.dtype());
    assertValues(actual, expected.shape(), expected.toDoubleArray());
  }
}
