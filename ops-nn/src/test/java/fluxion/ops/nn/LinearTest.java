package fluxion.ops.nn;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static fluxion.ops.nn.Functional.linear;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import org.junit.jupiter.api.Test;

final class LinearTest {
  private static final Tensor WEIGHT = tensor(new double[][] {{1, 2}, {3, 4}, {5, 6}});
  private static final Tensor BIAS = tensor(0.1, 0.2, 0.3);

  @Test
  void rows_of_the_weight_meet_rows_of_the_input() {
    Tensor x = tensor(new double[][] {{1, 0}, {1, -1}});
    assertArrayEquals(new double[] {1, 3, 5, -1, -1, -1}, linear(x, WEIGHT).toDoubleArray());
    assertArrayEquals(
        new double[] {1.1, 3.2, 5.3, -0.9, -0.8, -0.7},
        linear(x, WEIGHT, BIAS).toDoubleArray(),
        1e-15);
  }

  @Test
  void vectors_and_batches_are_taken() {
    Tensor x = tensor(1.0, 0.0);
    assertArrayEquals(new double[] {1.1, 3.2, 5.3}, linear(x, WEIGHT, BIAS).toDoubleArray());
    Tensor batch = tensor(new double[2][4][2]);
    assertEquals(Shape.of(2, 4, 3), linear(batch, WEIGHT, BIAS).shape());
    assertEquals(Shape.of(4, 2, 3), linear(batch.transpose(0, 1), WEIGHT, BIAS).shape());
  }

  @Test
  void nodes_are_named_as_in_pytorch() {
    Tensor weight = WEIGHT.detach().clone().requiresGrad_();
    Tensor x = tensor(new double[4][2]);
    assertEquals("AddmmBackward0", linear(x, weight, BIAS).gradFn().name());
    assertEquals("MmBackward0", linear(x, weight).gradFn().name());
    assertEquals(
        "ViewBackward0", linear(tensor(new double[2][4][2]), weight, BIAS).gradFn().name());
    assertEquals("AddBackward0", linear(tensor(1.0, 2.0), weight, BIAS).gradFn().name());
  }

  @Test
  void shapes_that_do_not_fit_are_told_as_in_pytorch() {
    assertEquals(
        "mat1 and mat2 shapes cannot be multiplied (2x3 and 5x4)",
        assertThrows(ShapeException.class, () -> linear(ones(2, 3), ones(4, 5))).getMessage());
  }
}
