package fluxion.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class PythonNumbersTest {
  private static String text(double value) {
    return Scalar.of(value).toString();
  }

  @Test
  void numbers_are_written_as_in_python() {
    assertEquals("-1", Scalar.of(-1).toString());
    assertEquals("True", Scalar.of(true).toString());
    assertEquals("0.01", text(0.01));
    assertEquals("0.0", text(0.0));
    assertEquals("-0.0", text(-0.0));
    assertEquals("0.0001", text(1e-4));
    assertEquals("1e-05", text(1e-5));
    assertEquals("-2.5e-07", text(-2.5e-7));
    assertEquals("10000000.0", text(1e7));
    assertEquals("123456789012345.6", text(123456789012345.6));
    assertEquals("1e+16", text(1e16));
    assertEquals("1.5e+300", text(1.5e300));
    assertEquals("inf", text(Double.POSITIVE_INFINITY));
    assertEquals("nan", text(Double.NaN));
  }
}
