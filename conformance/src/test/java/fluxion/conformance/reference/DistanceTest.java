package fluxion.conformance.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.engine.spi.ExprOp;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class DistanceTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void a_distance_is_in_units_of_the_exact_value() {
    assertEquals(0, Distance.ulps(1, 1, DType.FLOAT32));
    assertEquals(1, Distance.ulps(1 + 0x1p-23, 1, DType.FLOAT32));
    assertEquals(1, Distance.ulps(1 + 0x1p-52, 1, DType.FLOAT64));
    assertEquals(1, Distance.ulps(1 + 0x1p-10, 1, DType.FLOAT16));
    assertEquals(1, Distance.ulps(1 + 0x1p-7, 1, DType.BFLOAT16));
    assertEquals(0x1p29, Distance.ulps(1 + 0x1p-23, 1, DType.FLOAT64));
    assertEquals(2, Distance.ulps(3 * Float.MIN_VALUE, Float.MIN_VALUE, DType.FLOAT32));
  }

  @Test
  void fractions_of_a_unit_are_seen_in_float64() {
    BigDecimal third = BigDecimal.ONE.add(new BigDecimal(0x1p-53 / 2));
    assertEquals(0.25, Distance.ulps(1, Precise.of(third), DType.FLOAT64), 1e-12);
    double e = Math.E;
    double distance = Distance.ulps(e, Exact.evaluate(ExprOp.EXP, 0, 1), DType.FLOAT64);
    // e is 2.71828182845904523536028747135…, the double 2.718281828459045090795598…
    assertEquals(1.4456468917292502e-16 / Math.ulp(e), distance, 1e-9);
  }

  @Test
  void nan_only_meets_nan_and_zeros_have_signs() {
    for (DType dtype : new DType[] {DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64}) {
      assertEquals(0, Distance.ulps(Double.NaN, Double.NaN, dtype));
      assertEquals(INFINITY, Distance.ulps(Double.NaN, 1, dtype));
      assertEquals(INFINITY, Distance.ulps(1, Double.NaN, dtype));
      assertEquals(0, Distance.ulps(-INFINITY, -INFINITY, dtype));
      assertEquals(INFINITY, Distance.ulps(INFINITY, -INFINITY, dtype));
      assertEquals(INFINITY, Distance.ulps(1, INFINITY, dtype));
      assertEquals(0, Distance.ulps(-0.0, -0.0, dtype));
      assertEquals(INFINITY, Distance.ulps(0.0, -0.0, dtype));
    }
    assertEquals(INFINITY, Distance.ulps(0.0, -1e-60, DType.FLOAT32));
    assertEquals(1e-60 / Float.MIN_VALUE, Distance.ulps(-0.0, -1e-60, DType.FLOAT32), 1e-18);
  }

  @Test
  void an_overflow_counts_as_the_first_number_beyond_the_range() {
    assertEquals(1, Distance.ulps(INFINITY, Float.MAX_VALUE, DType.FLOAT32));
    assertEquals(1, Distance.ulps(INFINITY, Double.MAX_VALUE, DType.FLOAT64));
    assertEquals(1, Distance.ulps(Float.MAX_VALUE, 0x1p128, DType.FLOAT32));
    assertEquals(0, Distance.ulps(INFINITY, 0x1p128, DType.FLOAT32));
  }
}
