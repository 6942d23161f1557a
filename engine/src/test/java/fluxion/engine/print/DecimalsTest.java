package fluxion.engine.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The expected texts are Python's. */
class DecimalsTest {
  @Test
  void fixedRoundsTheExactValueToEven() {
    assertEquals("0", Decimals.fixed(0.5, 0));
    assertEquals("2", Decimals.fixed(1.5, 0));
    assertEquals("2", Decimals.fixed(2.5, 0));
    assertEquals("0.0312", Decimals.fixed(0.03125, 4));
    assertEquals("0.0938", Decimals.fixed(0.09375, 4));
    assertEquals("1.0000", Decimals.fixed(0.99995, 4));
    assertEquals("1.1235", Decimals.fixed(1.12345, 4));
    assertEquals("-0.0000", Decimals.fixed(-1e-9, 4));
    assertEquals("-0", Decimals.fixed(-0.0, 0));
    assertEquals("100000000000000000000", Decimals.fixed(1e20, 0));
  }

  @Test
  void fixedIsTheSameForSmallAndForBigNumbers() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      int digits = 1 + i % 8;
      double drawn = random.nextDouble() * Math.pow(10, random.nextInt(14) - 4);
      double value =
          switch (i % 3) {
            case 0 -> (float) drawn;
            case 1 -> Math.rint(drawn * 1024) / 1024; // often halfway between two decimals
            default -> drawn;
          };
      BigDecimal expected = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
      assertEquals(expected.toPlainString(), Decimals.fixed(value, digits));
      assertEquals("-" + expected.toPlainString(), Decimals.fixed(-value, digits));
    }
    assertEquals("0.1", Decimals.fixed(Math.nextUp(0.05), 1));
    assertEquals("0.1", Decimals.fixed(Math.nextDown(0.15), 1));
    assertEquals("10.0", Decimals.fixed(9.96, 1));
    assertEquals("0.0", Decimals.fixed(Double.MIN_VALUE, 1));
  }

  @Test
  void scientificHasTwoDigitsOfExponentOrMore() {
    assertEquals("0.0000e+00", Decimals.scientific(0, 4));
    assertEquals("-0.0000e+00", Decimals.scientific(-0.0, 4));
    assertEquals("5.0000e-01", Decimals.scientific(0.5, 4));
    assertEquals("1.0000e+05", Decimals.scientific(99999.9, 4));
    assertEquals("4.9407e-324", Decimals.scientific(Double.MIN_VALUE, 4));
    assertEquals("1.7977e+308", Decimals.scientific(Double.MAX_VALUE, 4));
    assertEquals("2e+00", Decimals.scientific(2.5, 0));
    assertEquals("1.2000e+01", Decimals.scientific(12, 4));
  }

  @Test
  void nonFiniteNumbersAreWords() {
    assertEquals("nan", Decimals.fixed(Double.NaN, 4));
    assertEquals("inf", Decimals.scientific(Double.POSITIVE_INFINITY, 4));
    assertEquals("-inf", Decimals.fixed(Double.NEGATIVE_INFINITY, 0));
  }
}
