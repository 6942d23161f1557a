package fluxion.backend.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.api.Scalar;
import org.junit.jupiter.api.Test;

class ScalarsTest {
  @Test
  void a_number_is_cast_to_the_register_of_its_dtype() {
    assertEquals(1, Scalars.register(Scalar.of(0.5), DType.BOOL));
    assertEquals((byte) 44, Scalars.register(Scalar.of(300), DType.INT8));
    assertEquals((short) -1, Scalars.register(Scalar.of(65535), DType.INT16));
    assertEquals(-2, Scalars.register(Scalar.of(-2.9), DType.INT32));
    assertEquals(1L << 40, Scalars.register(Scalar.of(1L << 40), DType.INT64));
    assertEquals(0.1f, Scalars.register(Scalar.of(0.1), DType.FLOAT32));
    // rounded once: by way of a double it would be even
    assertEquals(
        (float) 0x4000_0020_0000_0001L,
        Scalars.register(Scalar.of(0x4000_0020_0000_0001L), DType.FLOAT32));
  }

  @Test
  void a_number_is_stored_as_the_bits_of_its_dtype() {
    assertEquals(0x3C00, Scalars.bits(Scalar.of(1), DType.FLOAT16));
    assertEquals(0x3F80, Scalars.bits(Scalar.of(1.0), DType.BFLOAT16));
    assertEquals(0x3F80, Scalars.bits(Scalar.of(true), DType.BFLOAT16));
    assertEquals(0x3F800000, Scalars.bits(Scalar.of(true), DType.FLOAT32));
    assertEquals(1, Scalars.bits(Scalar.of(-7), DType.BOOL));
    assertEquals(Double.doubleToLongBits(0.1), Scalars.bits(Scalar.of(0.1), DType.FLOAT64));
    // just above the middle between two float16, by less than a float32 can tell
    assertEquals(0x3C01, Scalars.bits(Scalar.of(1 + 0x1p-11 + 0x1p-40), DType.FLOAT16));
  }
}
