package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.DType;
import fluxion.api.Ops;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import org.junit.jupiter.api.Test;

/** A tensor's bits as another dtype; the bits are Java's own. */
final class BitViewsTest {
  private static Tensor view(Tensor x, DType dtype) {
    return Ops.call("view", x, dtype);
  }

  private static void assertRefused(String message, Tensor x, DType dtype) {
    assertEquals(message, assertThrows(ShapeException.class, () -> view(x, dtype)).getMessage());
  }

  @Test
  void floats_show_their_bits_and_bits_the_floats() {
    float[] floats = {1, -0f, 3.5f, Float.POSITIVE_INFINITY, Float.MIN_VALUE};
    long[] bits = new long[floats.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(floats[i]);
    }
    Tensor words = view(tensor(floats).requiresGrad_(), DType.INT32);
    assertEquals(DType.INT32, words.dtype());
    assertFalse(words.requiresGrad());
    assertArrayEquals(bits, words.toLongArray());
    assertArrayEquals(floats, view(words, DType.FLOAT32).toFloatArray());
  }

  @Test
  void every_float16_and_every_bfloat16_is_its_bits() {
    Tensor words = Tensors.arange(1 << 16).to(DType.INT16);
    float[] halves = view(words, DType.FLOAT16).toFloat().toFloatArray();
    float[] brains = view(words, DType.BFLOAT16).toFloat().toFloatArray();
    for (int i = 0; i < halves.length; i++) {
      assertEquals(Float.float16ToFloat((short) i), halves[i], "float16 " + i);
      assertEquals(Float.intBitsToFloat(i << 16), brains[i], "bfloat16 " + i);
    }
    for (DType dtype : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
      Tensor numbers = view(words, dtype);
      Tensor there = numbers.isnan().logicalNot();
      Tensor same = view(numbers, DType.INT16).eq(words).logicalOr(there.logicalNot());
      assertEquals(1, same.all().item());
    }
  }

  @Test
  void a_smaller_dtype_makes_the_last_dimension_longer_and_a_larger_one_shorter() {
    Tensor x = tensor(new long[][] {{0x0102030405060708L, -1}, {255, 1L << 40}});
    Tensor bytes = view(x, DType.UINT8);
    assertArrayEquals(new long[] {2, 16}, bytes.shape().toArray());
    assertArrayEquals(
        new long[] {8, 7, 6, 5, 4, 3, 2, 1}, bytes.get(0).narrow(0, 0, 8).toLongArray());
    assertArrayEquals(new long[] {255, 0, 0, 256}, view(x, DType.INT32).get(1).toLongArray());
    for (DType dtype : new DType[] {DType.INT8, DType.INT16, DType.FLOAT32, DType.UINT8}) {
      assertArrayEquals(x.toLongArray(), view(view(x, dtype), DType.INT64).toLongArray());
    }
    assertArrayEquals(
        new double[] {Math.PI},
        view(view(tensor(new double[] {Math.PI}), DType.INT16), DType.FLOAT64).toDoubleArray());
    assertArrayEquals(
        new boolean[] {true, false}, view(tensor(new byte[] {3, 0}), DType.BOOL).toBooleanArray());
  }

  @Test
  void the_own_dtype_is_the_tensor_itself() {
    Tensor x = tensor(1f, 2f).requiresGrad_();
    assertSame(x, view(x, DType.FLOAT32));
  }

  @Test
  void lines_that_cannot_be_cut_so_are_refused() {
    TensorOptions bytes = TensorOptions.of(DType.INT8);
    assertRefused(
        "self.dim() cannot be 0 to view Float as Double (different element sizes)",
        tensor(1f),
        DType.FLOAT64);
    assertRefused(
        "self.size(-1) must be divisible by 4 to view Char as Int (different element sizes), but"
            + " got 6",
        zeros(bytes, 6),
        DType.INT32);
    assertRefused(
        "self.stride(-1) must be 1 to view Float as Short (different element sizes), but got 3",
        zeros(2, 3).t(),
        DType.INT16);
    assertRefused(
        "self.storage_offset() must be divisible by 2 to view Char as Short (different element"
            + " sizes), but got 1",
        zeros(bytes, 5).narrow(0, 1, 4),
        DType.INT16);
    assertRefused(
        "self.stride(0) must be divisible by 2 to view Char as Short (different element sizes),"
            + " but got 3",
        zeros(bytes, 2, 3).narrow(1, 0, 2),
        DType.INT16);
  }
}
