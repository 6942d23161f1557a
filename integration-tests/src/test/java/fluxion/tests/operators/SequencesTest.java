package fluxion.tests.operators;

import static fluxion.api.Tensors.emptyLike;
import static fluxion.api.Tensors.eye;
import static fluxion.api.Tensors.fullLike;
import static fluxion.api.Tensors.linspace;
import static fluxion.api.Tensors.logspace;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import org.junit.jupiter.api.Test;

/** Tensors whose elements follow from their places. */
final class SequencesTest {
  @Test
  void an_identity_need_not_be_square() {
    assertEquals(DType.FLOAT32, eye(2).dtype());
    assertArrayEquals(new double[] {1, 0, 0, 1}, eye(2).toDoubleArray());
    Tensor wide = eye(2, 3, TensorOptions.of(DType.INT64));
    assertArrayEquals(new long[] {1, 0, 0, 0, 1, 0}, wide.toLongArray());
    assertEquals(Shape.of(0, 0), eye(0).shape());
    assertEquals(
        "n must be greater or equal to 0, got -1",
        assertThrows(ArgumentException.class, () -> eye(-1)).getMessage());
  }

  @Test
  void linspace_holds_both_ends_exactly() {
    float[] values = linspace(0, 1, 11).toFloatArray();
    assertEquals(0f, values[0]);
    assertEquals(0.1f, values[1]);
    assertEquals(1f, values[10]);
    Tensor down = linspace(3, -3, 5, TensorOptions.of(DType.FLOAT64));
    assertArrayEquals(new double[] {3, 1.5, 0, -1.5, -3}, down.toDoubleArray());
  }

  @Test
  void linspace_of_integers_cuts_towards_zero() {
    Tensor x = linspace(0, 10, 5, TensorOptions.of(DType.INT64));
    assertArrayEquals(new long[] {0, 2, 5, 7, 10}, x.toLongArray());
  }

  @Test
  void linspace_of_one_is_its_start_and_of_none_is_empty() {
    assertArrayEquals(new float[] {2}, linspace(2, 5, 1).toFloatArray());
    assertEquals(0, linspace(2, 5, 0).numel());
    assertEquals(
        "number of steps must be non-negative, got -1",
        assertThrows(ArgumentException.class, () -> linspace(0, 1, -1)).getMessage());
  }

  /** The values are PyTorch's. */
  @Test
  void logspace_raises_a_base_to_even_exponents() {
    assertArrayEquals(
        new double[] {1.2589254117941673, 2.51188643150958, 5.011872336272722, 10},
        logspace(0.1, 1, 4, 10, TensorOptions.of(DType.FLOAT64)).toDoubleArray(),
        1e-15);
    assertArrayEquals(
        new float[] {1e-10f, 1e-5f, 1, 1e5f, 1e10f}, logspace(-10, 10, 5).toFloatArray());
    assertArrayEquals(
        new long[] {1, 2, 4, 8, 16, 32},
        logspace(0, 5, 6, 2, TensorOptions.of(DType.INT64)).toLongArray());
    assertEquals(100, logspace(2, 3, 1).item());
    assertEquals(
        "number of steps must be non-negative, got -1",
        assertThrows(ArgumentException.class, () -> logspace(0, 1, -1)).getMessage());
  }

  @Test
  void tensors_are_made_like_others() {
    Tensor like = tensor(new int[][] {{1, 2}});
    assertArrayEquals(new long[] {7, 7}, fullLike(like, Scalar.of(7)).toLongArray());
    assertEquals(DType.INT32, fullLike(like, Scalar.of(7.0)).dtype());
    assertEquals(like.shape(), emptyLike(like).shape());
  }
}
