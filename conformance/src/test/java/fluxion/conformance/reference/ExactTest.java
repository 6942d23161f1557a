package fluxion.conformance.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.engine.spi.ExprOp;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExactTest {
  private static final MathContext DIGITS = new MathContext(40);

  private static Precise at(String op, double... args) {
    return Exact.evaluate(ExprOp.valueOf(op.toUpperCase(Locale.ROOT)), 0, args);
  }

  private static double error(Precise found, BigDecimal exact) {
    return found.toBigDecimal().subtract(exact).divide(exact, DIGITS).abs().doubleValue();
  }

  /**
   * Constants from tables: Abramowitz and Stegun, table 1.1 (e, log 2, log 10, sin 1, …), 7.1
   * (erf), chapter 6 (gamma) and DLMF 4.2, 5.4, 5.15.
   */
  @ParameterizedTest
  @CsvSource({
    "exp, 1, 2.718281828459045235360287471352662498",
    "exp, -1, 0.3678794411714423215955237701614608674",
    "log, 2, 0.6931471805599453094172321214581765681",
    "log, 10, 2.302585092994045684017991454684364207601",
    "log10, 2, 0.3010299956639811952137388947244930268",
    "log2, 10, 3.321928094887362347870319429489390175865",
    "sin, 1, 0.8414709848078965066525023216302989996",
    "cos, 1, 0.5403023058681397174009366074429766037",
    "tan, 1, 1.557407724654902230506974807458360173",
    "atan, 1, 0.7853981633974483096156608458198757211",
    "acos, -1, 3.141592653589793238462643383279502884197",
    "asin, 0.5, 0.5235987755982988730771072305465838140",
    "sinh, 1, 1.175201193643801456882381850595600815",
    "cosh, 1, 1.543080634815243778477905620757061682",
    "tanh, 1, 0.7615941559557648881194582826047935904",
    "asinh, 1, 0.8813735870195430252326093249797923090",
    "acosh, 2, 1.316957896924816708625046347307968444",
    "atanh, 0.5, 0.5493061443340548456976226184612628523",
    "erf, 1, 0.8427007929497148693412206350826092593",
    "erfc, 1, 0.1572992070502851306587793649173907407",
    "erfc, 3, 0.00002209049699858544137277612958232038",
    "erfinv, 0.5, 0.4769362762044698733814183536431305598",
    "lgamma, 0.5, 0.5723649429247000870717136756765293558",
    "lgamma, 10, 12.80182748008146961120771787456670616",
    "digamma, 1, -0.5772156649015328606065120900824024310",
    "digamma, 0.5, -1.963510026021423479440976332998755567",
    "exp2, 0.5, 1.414213562373095048801688724209698079",
    "rsqrt, 2, 0.7071067811865475244008443621048490393",
    "sigmoid, 0, 0.5",
    "softplus, 0, 0.6931471805599453094172321214581765681",
    "expm1, 1, 1.718281828459045235360287471352662498",
    "log1p, 1, 0.6931471805599453094172321214581765681"
  })
  void functions_have_the_digits_of_the_tables(String op, double x, String digits) {
    double error = error(at(op, x), new BigDecimal(digits));
    assertTrue(error < 1e-29, op + "(" + x + ") errs by " + error);
  }

  /** DLMF 5.15.2: trigamma and tetragamma at 1 are ζ(2) and −2 ζ(3); 5.15.3 at ½. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1.644934066848226436472415166646025189",
    "2, 1, -2.404113806319188570799476323022899982",
    "3, 1, 6.493939402266829149096022179247007417",
    "1, 0.5, 4.934802200544679309417245499938075567",
    "1, -0.5, 8.934802200544679309417245499938075567"
  })
  void polygamma_has_the_digits_of_the_tables(int order, double x, String digits) {
    Precise found = Exact.evaluate(ExprOp.POLYGAMMA, order, x);
    assertTrue(error(found, new BigDecimal(digits)) < 1e-29, found.toBigDecimal().toString());
  }

  /** By identities in decimal, in which nothing of the functions' own series is used. */
  @Test
  void exponential_and_logarithm_agree_with_decimal_powers() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 200; i++) {
      double x = random.nextDouble(-30, 30);
      // e^x = (e^(x / 2^20))^(2^20) with four terms of the series
      BigDecimal small = new BigDecimal(x).divide(new BigDecimal(1 << 20), new MathContext(60));
      BigDecimal power = BigDecimal.ONE;
      BigDecimal term = BigDecimal.ONE;
      for (int n = 1; n < 9; n++) {
        term = term.multiply(small).divide(BigDecimal.valueOf(n), new MathContext(60));
        power = power.add(term);
      }
      for (int n = 0; n < 20; n++) {
        power = power.multiply(power, new MathContext(60));
      }
      assertTrue(error(at("exp", x), power) < 1e-29, "exp " + x);
      // and back: log of the double nearest to that power, corrected to first order
      double nearest = power.doubleValue();
      BigDecimal rest = new BigDecimal(nearest).divide(power, DIGITS).subtract(BigDecimal.ONE);
      BigDecimal log =
          new BigDecimal(x).add(rest).subtract(rest.multiply(rest).divide(BigDecimal.TWO));
      assertTrue(error(at("log", nearest), log) < 1e-28, "log " + nearest);
    }
  }

  @Test
  void inverse_functions_are_inverse() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 300; i++) {
      double x = random.nextDouble(0.3, 0.9);
      for (List<String> pair :
          List.of(
              List.of("sin", "asin"),
              List.of("cos", "acos"),
              List.of("tan", "atan"),
              List.of("sinh", "asinh"),
              List.of("tanh", "atanh"),
              List.of("erf", "erfinv"),
              List.of("expm1", "log1p"))) {
        // f⁻¹(f(x)) from the double nearest to f(x), with the slope of f⁻¹ by a difference
        Precise y = at(pair.get(0), x);
        double nearest = y.round(DType.FLOAT64);
        Precise back = at(pair.get(1), nearest);
        double step = 1e-6;
        double slope =
            (at(pair.get(1), nearest + step).high() - at(pair.get(1), nearest - step).high())
                / (2 * step);
        BigDecimal rest = y.toBigDecimal().subtract(new BigDecimal(nearest));
        BigDecimal again = back.toBigDecimal().add(rest.multiply(new BigDecimal(slope)));
        double error = error(Precise.of(again), new BigDecimal(x));
        assertTrue(error < 1e-23, pair + " at " + x + " err by " + error);
      }
    }
  }

  /** Sine and cosine of large angles: that of 10^22 is from W. Kahan's test, rounded. */
  @Test
  void angles_of_any_size_are_reduced() {
    assertEquals(-0.8522008497671888, at("sin", 1e22).round(DType.FLOAT64));
    assertEquals(0.523214785395139, at("cos", 1e22).round(DType.FLOAT64));
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 100; i++) {
      double x = Math.scalb(random.nextDouble(1, 2), random.nextInt(10, 1000));
      BigDecimal s = at("sin", x).toBigDecimal();
      BigDecimal c = at("cos", x).toBigDecimal();
      BigDecimal one = s.multiply(s).add(c.multiply(c));
      assertTrue(one.subtract(BigDecimal.ONE).abs().doubleValue() < 1e-30, "at " + x);
      // Java's own reduction is exact, its result good to one unit
      assertTrue(Distance.ulps(StrictMath.sin(x), at("sin", x), DType.FLOAT64) < 1, "at " + x);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1.5, 3.75, 8.5, 23.5, -0.75, -3.3, -17.1})
  void gamma_functions_keep_their_recurrences(double x) {
    BigDecimal at = at("lgamma", x).toBigDecimal();
    BigDecimal next = at("lgamma", x + 1).toBigDecimal();
    BigDecimal log = at("log", Math.abs(x)).toBigDecimal();
    assertEquals(0, next.subtract(at).subtract(log).doubleValue(), 1e-28 * (1 + Math.abs(x)));
    BigDecimal step = at("digamma", x + 1).toBigDecimal().subtract(at("digamma", x).toBigDecimal());
    assertEquals(
        0, step.subtract(BigDecimal.ONE.divide(new BigDecimal(x), DIGITS)).doubleValue(), 1e-28);
    for (int order : new int[] {1, 2, 5}) {
      BigDecimal here = Exact.evaluate(ExprOp.POLYGAMMA, order, x).toBigDecimal();
      BigDecimal there = Exact.evaluate(ExprOp.POLYGAMMA, order, x + 1).toBigDecimal();
      BigDecimal term = BigDecimal.ONE;
      for (int i = 1; i <= order; i++) {
        term = term.multiply(BigDecimal.valueOf(-i));
      }
      term = term.divide(new BigDecimal(x).pow(order + 1), DIGITS);
      double error = there.subtract(here).subtract(term).divide(here, DIGITS).abs().doubleValue();
      assertTrue(error < 1e-27, "polygamma " + order + " of " + x + " errs by " + error);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pow, 1, NaN, 1",
    "pow, NaN, 0, 1",
    "pow, -1, Infinity, 1",
    "pow, -8, 0.5, NaN",
    "pow, -2, 3, -8",
    "pow, 0, -1, Infinity",
    "pow, -0.0, -3, -Infinity",
    "pow, 2, 2000, Infinity",
    "pow, 2, -2000, 0",
    "pow, -2, -2001, -0.0",
    "pow, 3, 2, 9",
    "pow, 2, -1074, 4.9e-324",
    "atan2, 0.0, -1, 3.141592653589793",
    "atan2, -0.0, -1, -3.141592653589793",
    "atan2, 0.0, 1, 0.0",
    "atan2, -0.0, 1, -0.0",
    "atan2, Infinity, -Infinity, 2.356194490192345",
    "atan2, 1, 0.0, 1.5707963267948966",
    "atan2, 1, -Infinity, 3.141592653589793",
    "atan2, 1e-300, 1e300, 0",
    "atan2, 3e-320, 1, 3e-320",
    "hypot, Infinity, NaN, Infinity",
    "hypot, 3e300, 4e300, 5e300",
    "hypot, 1e308, 1e308, 1.4142135623730951e308",
    "hypot, 0, -2, 2",
    "xlogy, 0, 0, 0",
    "xlogy, 0, NaN, NaN",
    "xlogy, 1, 0, -Infinity",
    "xlogy, 2, 1, 0",
    "xlogy, 1, -1, NaN",
    "remainder, -1, 3, 2",
    "remainder, 1, -3, -2",
    "remainder, -1, Infinity, Infinity",
    "fmod, -7, 3, -1",
    "copysign, 3, -0.0, -3",
    "min, 0.0, -0.0, -0.0",
    "max, NaN, 1, NaN",
    "fmax, NaN, 1, 1",
    "add, 1e308, 1e308, Infinity",
    "mul, 1e-200, 1e-124, 1e-324"
  })
  void functions_of_two_have_C99s_special_values(String op, double a, double b, double expected) {
    assertEquals(expected, at(op, a, b).round(DType.FLOAT64));
  }

  @ParameterizedTest
  @CsvSource({
    "exp, 710, Infinity",
    "exp, -746, 0",
    "exp, -745, 4.9e-324",
    "exp, -Infinity, 0",
    "exp, NaN, NaN",
    "exp2, 1024, Infinity",
    "exp2, -1074, 4.9e-324",
    "expm1, -0.0, -0.0",
    "expm1, -Infinity, -1",
    "expm1, 4.9e-324, 4.9e-324",
    "log, -0.0, -Infinity",
    "log, -1, NaN",
    "log, 1, 0",
    "log, 4.9e-324, -744.4400719213812",
    "log1p, -1, -Infinity",
    "log1p, -0.0, -0.0",
    "log2, 8, 3",
    "log2, 4.9e-324, -1074",
    "log10, 1000, 3",
    "sin, -0.0, -0.0",
    "sin, Infinity, NaN",
    "cos, 0, 1",
    "asin, 1.5, NaN",
    "acos, 1, 0",
    "atan, -Infinity, -1.5707963267948966",
    "sinh, 711, Infinity",
    "sinh, 710.4, 1.6663642832806496e308",
    "cosh, -Infinity, Infinity",
    "tanh, -Infinity, -1",
    "tanh, 400, 1",
    "asinh, 1e308, 709.889355822726",
    "acosh, 0.5, NaN",
    "acosh, 1, 0",
    "atanh, -1, -Infinity",
    "atanh, 2, NaN",
    "erf, Infinity, 1",
    "erf, -0.0, -0.0",
    "erf, 1e-320, 1.1283e-320",
    "erfc, -Infinity, 2",
    "erfc, 27, 5.23704643935e-319",
    "erfc, 30, 0",
    "erfinv, -1, -Infinity",
    "erfinv, 1.5, NaN",
    "lgamma, -3, Infinity",
    "lgamma, 0, Infinity",
    "lgamma, 1, 0",
    "lgamma, 2, 0",
    "lgamma, -Infinity, Infinity",
    "lgamma, 1e306, 7.0359e308",
    "digamma, 0.0, -Infinity",
    "digamma, -0.0, Infinity",
    "digamma, -2, NaN",
    "polygamma, -2, -Infinity",
    "polygamma, Infinity, -0.0",
    "sigmoid, -Infinity, 0",
    "sigmoid, 800, 1",
    "sigmoid, -745, 4.9e-324",
    "softplus, 800, 800",
    "softplus, -Infinity, 0",
    "logsigmoid, Infinity, -0.0",
    "logsigmoid, -800, -800",
    "sqrt, -0.0, -0.0",
    "sqrt, -1, NaN",
    "rsqrt, -0.0, -Infinity",
    "rsqrt, Infinity, 0",
    "reciprocal, -0.0, -Infinity",
    "trunc, -0.5, -0.0",
    "round, 2.5, 2"
  })
  void functions_have_their_special_values(String op, double x, double expected) {
    Precise found = Exact.evaluate(ExprOp.valueOf(op.toUpperCase(Locale.ROOT)), 2, x);
    assertEquals(expected, found.round(DType.FLOAT64));
  }

  /** Against Java's own functions, which err by at most two units. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exp",
        "expm1",
        "log",
        "log10",
        "log1p",
        "sin",
        "cos",
        "tan",
        "asin",
        "acos",
        "atan",
        "sinh",
        "cosh",
        "tanh",
        "rsqrt",
        "sigmoid",
        "softplus",
        "logsigmoid",
        "erf"
      })
  void float32_functions_are_those_of_the_exact_value(String name) {
    ExprOp op = ExprOp.valueOf(name.toUpperCase(Locale.ROOT));
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 2000; i++) {
      float x =
          i % 2 == 0 ? (float) random.nextDouble(-4, 4) : Float.intBitsToFloat(random.nextInt());
      assertEquals(
          Exact.evaluate(op, 0, x).round(DType.FLOAT32),
          Singles.evaluate(op, 0, x, 0),
          name + "(" + x + ")");
    }
  }

  @Test
  void what_is_no_function_of_floats_is_refused() {
    ArgumentException e =
        assertThrows(ArgumentException.class, () -> Exact.evaluate(ExprOp.LT, 0, 1, 2));
    assertEquals("'lt' is no function of floats with a float for its value", e.getMessage());
    assertThrows(ArithmeticException.class, () -> Precise.of(Double.NaN).toBigDecimal());
  }
}
