package fluxion.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Numbers from the program. */
final class ScalarTest {
  @Test
  void a_scalar_has_the_widest_dtype_of_its_category() {
    assertEquals(DType.INT64, Scalar.of(2).dtype());
    assertEquals(DType.FLOAT64, Scalar.of(2.0).dtype());
    assertEquals(DType.FLOAT64, Scalar.of(2f).dtype());
    assertEquals(DType.BOOL, Scalar.of(true).dtype());
    assertTrue(Scalar.of(0.5).isFloatingPoint());
    assertFalse(Scalar.of(1).isFloatingPoint());
  }

  @Test
  void a_long_keeps_all_its_bits() {
    assertEquals(Long.MAX_VALUE, Scalar.of(Long.MAX_VALUE).toLong());
    assertEquals(Long.MIN_VALUE, Scalar.of(Long.MIN_VALUE).toLong());
  }

  @Test
  void conversions_cut_towards_zero_and_compare_with_zero() {
    assertEquals(-2, Scalar.of(-2.9).toLong());
    assertEquals(1.0, Scalar.of(true).toDouble());
    assertTrue(Scalar.of(0.1).toBoolean());
    assertTrue(Scalar.of(Double.NaN).toBoolean());
    assertFalse(Scalar.of(-0.0).toBoolean());
    assertFalse(Scalar.of(0).toBoolean());
  }

  @Test
  void numbers_of_different_categories_are_not_equal() {
    assertNotEquals(Scalar.of(1), Scalar.of(1.0));
    assertNotEquals(Scalar.of(1), Scalar.of(true));
    assertNotEquals(Scalar.of(0.0), Scalar.of(-0.0));
    assertEquals(Scalar.of(Double.NaN), Scalar.of(Double.NaN));
    assertEquals(Scalar.of(3).hashCode(), Scalar.of(3).hashCode());
  }

  @Test
  void it_prints_as_python_does() {
    assertEquals("2", Scalar.of(2).toString());
    assertEquals("0.5", Scalar.of(0.5).toString());
    assertEquals("True", Scalar.of(true).toString());
    assertEquals("False", Scalar.of(false).toString());
  }
}
