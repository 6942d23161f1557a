package fluxion.nn;

import static fluxion.api.Tensors.ones;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import org.junit.jupiter.api.Test;

final class LinearTest {
  /**
   * {@code torch.empty(10).uniform_(-2, 3)} after {@code torch.manual_seed(0)}, in PyTorch 1.13.
   */
  private static final int[] UNIFORM = {
    0x3ef66ab8, 0x3feba976, 0xbfc75fdc, 0xbfab8020, 0xbeecff62,
    0x3f95cf74, 0x3ee6a39e, 0x401edcc1, 0x3e8e685a, 0x3f94ad10
  };

  @Test
  void parameters_start_uniformly_on_pytorchs_stream() {
    Tensors.manualSeed(0);
    Linear layer = new Linear(4, 2);
    float[] weight = layer.weight().toFloatArray();
    float[] bias = layer.bias().orElseThrow().toFloatArray();
    for (int i = 0; i < 10; i++) {
      // From the interval [-2, 3) to [-1/2, 1/2).
      float expected = (Float.intBitsToFloat(UNIFORM[i]) - 0.5f) / 5;
      assertEquals(expected, i < 8 ? weight[i] : bias[i - 8], 1e-6f);
    }
  }

  @Test
  void the_map_is_weight_and_bias() {
    Linear layer = new Linear(2, 3, true, TensorOptions.of(DType.FLOAT64));
    Tensor y = layer.forward(ones(TensorOptions.of(DType.FLOAT64), 1, 2));
    double[] w = layer.weight().toDoubleArray();
    double[] b = layer.bias().orElseThrow().toDoubleArray();
    assertArrayEquals(
        new double[] {w[0] + w[1] + b[0], w[2] + w[3] + b[1], w[4] + w[5] + b[2]},
        y.toDoubleArray(),
        1e-15);
    assertEquals("AddmmBackward0", y.gradFn().name());
  }

  @Test
  void empty_layers_can_be_made() {
    assertEquals(Shape.of(3, 0), new Linear(0, 3).weight().shape());
    assertArrayEquals(new double[3], new Linear(0, 3).bias().orElseThrow().toDoubleArray());
  }

  @Test
  void an_input_of_another_size_is_told_as_in_pytorch() {
    assertEquals(
        "mat1 and mat2 shapes cannot be multiplied (2x4 and 3x2)",
        assertThrows(ShapeException.class, () -> new Linear(3, 2).forward(ones(2, 4)))
            .getMessage());
  }
}
