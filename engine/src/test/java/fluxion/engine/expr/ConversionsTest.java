package fluxion.engine.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConversionsTest {
  private static double value(DType type, int pattern) {
    return type == DType.FLOAT16
        ? Float.float16ToFloat((short) pattern)
        : Float.intBitsToFloat(pattern << 16);
  }

  @Test
  void all16BitPatternsSurviveTheRoundTrip() {
    for (DType type : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
      Kernel there = Kernel.of(Expr.input(0, DType.FLOAT64).cast(type));
      for (int pattern = 0; pattern < 65536; pattern++) {
        double value = value(type, pattern);
        assertEquals(value, Conversions.roundTo(type, value));
        if (pattern % 97 == 0) {
          assertEquals(value, there.evaluate(Scalar.of(value)).get(0).toDouble());
        }
      }
    }
  }

  @Test
  void float64RoundsOnceToTheNearestEven16BitFloat() {
    for (DType type : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
      int infinity = type == DType.FLOAT16 ? 0x7C00 : 0x7F80;
      for (int low = 0; low + 1 < infinity; low++) {
        double a = value(type, low);
        double b = value(type, low + 1);
        double middle = a + (b - a) / 2;
        assertEquals(low % 2 == 0 ? a : b, Conversions.roundTo(type, middle));
        // By way of float32 these two would be ties.
        assertEquals(a, Conversions.roundTo(type, Math.nextDown(middle)));
        assertEquals(b, Conversions.roundTo(type, Math.nextUp(middle)));
        assertEquals(-b, Conversions.roundTo(type, -Math.nextUp(middle)));
      }
    }
    double max = 65504;
    assertEquals(max, Conversions.roundTo(DType.FLOAT16, Math.nextDown(65520.0)));
    assertEquals(Double.POSITIVE_INFINITY, Conversions.roundTo(DType.FLOAT16, 65520));
    assertEquals(Double.NEGATIVE_INFINITY, Conversions.roundTo(DType.BFLOAT16, -1e300));
    assertEquals(-0.0, Conversions.roundTo(DType.BFLOAT16, -1e-300));
    assertEquals(Double.NaN, Conversions.roundTo(DType.FLOAT16, Double.NaN));
  }

  @Test
  void int64RoundsOnce() {
    assertEquals(
        (double) (1L << 62) + 0x1p55,
        Conversions.toFloating(DType.BFLOAT16, (1L << 62) + (1L << 54) + 1));
    assertEquals(0x1p62, Conversions.toFloating(DType.BFLOAT16, (1L << 62) + (1L << 54)));
    assertEquals(-0x1p63, Conversions.toFloating(DType.BFLOAT16, Long.MIN_VALUE));
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long v = random.nextLong() >> random.nextInt(63);
      assertEquals(BigInteger.valueOf(v).floatValue(), Conversions.toFloating(DType.FLOAT32, v));
    }
  }

  @Test
  void floatsToIntegersAreCutThenWrapped() {
    Expr x = Expr.input(0, DType.FLOAT64);
    assertEquals(-3, one(x.cast(DType.INT8), -3.9));
    assertEquals(253, one(x.cast(DType.UINT8), -3.9));
    assertEquals(44, one(x.cast(DType.INT8), 300));
    assertEquals(0, one(x.cast(DType.INT32), Double.NaN));
    assertEquals(Long.MAX_VALUE, one(x.cast(DType.INT64), 1e30));
    assertEquals(1, one(x.cast(DType.BOOL), Double.NaN));
    assertEquals(0, one(x.cast(DType.BOOL), -0.0));
  }

  private static long one(Expr e, double x) {
    return Kernel.of(e).evaluate(Scalar.of(x)).get(0).toLong();
  }
}
