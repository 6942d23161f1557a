package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How values reach the program. */
class ValuesTest {
  @Test
  void single_elements_of_every_dtype_are_read_and_printed() {
    Map<DType, String> printed =
        Map.of(
            DType.FLOAT32, "tensor([-2.,  3.])",
            DType.FLOAT64, "tensor([-2.,  3.], dtype=torch.float64)",
            DType.FLOAT16, "tensor([-2.,  3.], dtype=torch.float16)",
            DType.BFLOAT16, "tensor([-2.,  3.], dtype=torch.bfloat16)",
            DType.INT64, "tensor([-2,  3])",
            DType.INT32, "tensor([-2,  3], dtype=torch.int32)",
            DType.INT16, "tensor([-2,  3], dtype=torch.int16)",
            DType.INT8, "tensor([-2,  3], dtype=torch.int8)");
    Tensor x = tensor(new float[] {-2, 3});
    printed.forEach(
        (dtype, text) -> {
          Tensor cast = x.to(dtype);
          assertEquals(text, cast.toString());
          assertEquals(-2, cast.get(0).item(), dtype::toString);
          assertEquals(3, cast.get(1).item(), dtype::toString);
        });
    Tensor bytes = tensor(new float[] {3, 200}).to(DType.UINT8);
    assertEquals(200, bytes.get(1).item());
    assertEquals("tensor([  3, 200], dtype=torch.uint8)", bytes.toString());
    Tensor truths = tensor(false, true);
    assertEquals("tensor([False,  True])", truths.toString());
    assertTrue(truths.get(1).isTrue());
    assertFalse(truths.get(0).isTrue());
  }

  @Test
  void elements_of_views_are_found_where_they_lie() {
    Tensor x = tensor(new int[][] {{1, 2, 3}, {4, 5, 6}});
    Tensor turned = x.t().slice(0, 1, 3);
    assertEquals("tensor([[2, 5],\n        [3, 6]], dtype=torch.int32)", turned.toString());
    assertArrayEquals(new long[] {2, 5, 3, 6}, turned.toLongArray());
    assertArrayEquals(new double[] {2, 5, 3, 6}, turned.toDoubleArray());
    assertArrayEquals(new float[] {4, 5, 6}, x.get(1).toFloatArray());
    assertArrayEquals(new long[] {4, 5, 6}, x.to(DType.INT64).get(1).toLongArray());
  }

  @Test
  void nothing_is_read_of_an_empty_tensor() {
    assertArrayEquals(new float[0], zeros(0).toFloatArray());
    assertArrayEquals(new long[0], zeros(2, 0).toLongArray());
  }

  @Test
  void what_is_cast_for_the_program_gives_its_memory_back() {
    Tensor x = ones(5000);
    Memory.trim();
    assertEquals(5000, x.toDoubleArray().length);
    assertEquals(8 * 5000, Memory.statistics(Device.CPU).cachedBytes());
    Memory.trim();
    assertEquals(5000, x.toFloatArray().length);
    assertEquals(0, Memory.statistics(Device.CPU).cachedBytes());
  }

  @Test
  void more_elements_than_an_array_holds_are_an_error() {
    Tensor x = ones(1).expand(1L << 31);
    assertEquals(
        "a tensor of 2147483648 elements does not fit a Java array, which holds 2^31 - 9",
        assertThrows(ShapeException.class, x::toFloatArray).getMessage());
    Tensor y = ones(1).expand((1L << 31) - 8);
    assertThrows(ShapeException.class, y::toFloatArray);
  }
}
