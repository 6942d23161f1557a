package fluxion.engine.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprProgram;
import fluxion.engine.spi.Kernel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds of the errors of the functions that are written out, in units of the last place. */
class ElementaryErrorTest {
  private static final double LN_2 = 0.6931471805599453;
  private static final int BLOCK = 1024;

  /** References for float32: each is good to 1e-15, which is 1e-8 of its units. */
  private static final Map<String, DoubleUnaryOperator> REFERENCES =
      Map.ofEntries(
          Map.entry("exp", Math::exp),
          Map.entry("exp2", x -> Math.pow(2, x)),
          Map.entry("expm1", Math::expm1),
          Map.entry("sinh", Math::sinh),
          Map.entry("cosh", Math::cosh),
          Map.entry("tanh", Math::tanh),
          Map.entry("sigmoid", ElementaryErrorTest::sigmoid),
          Map.entry("softplus", ElementaryErrorTest::softplus),
          Map.entry("logsigmoid", x -> -softplus(-x)),
          Map.entry("log", Math::log),
          Map.entry("log2", x -> x == 1 ? 0 : Math.log(x) / LN_2),
          Map.entry("log10", Math::log10),
          Map.entry("log1p", Math::log1p),
          Map.entry("erf", ErrorFunctions::erf),
          Map.entry("sin", Math::sin),
          Map.entry("cos", Math::cos));

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** The worst error and where it is. */
  private record Worst(double error, double at) {}

  private static ExprProgram program(String name, DType type) {
    try {
      return ExprProgram.compile(
          Kernel.of((Expr) ExprMethods.unary(name).invoke(Expr.input(0, type))));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  /** The worst error over float32 patterns, in units of the last place of the exact value. */
  private static Worst worst(String name, long first, long past, long step) {
    DoubleUnaryOperator reference = REFERENCES.get(name);
    ExprProgram program = program(name, DType.FLOAT32);
    ExprProgram.Frame frame = program.newFrame(BLOCK);
    double[] x = new double[BLOCK];
    double worst = 0;
    double at = 0;
    for (long pattern = first; pattern < past; ) {
      int n = 0;
      for (; n < BLOCK && pattern < past; pattern += step) {
        x[n++] = Float.intBitsToFloat((int) pattern);
      }
      System.arraycopy(x, 0, frame.floatInput(0), 0, n);
      program.run(frame, n);
      double[] y = frame.floatOutput(0);
      for (int i = 0; i < n; i++) {
        double exact = reference.applyAsDouble(x[i]);
        boolean rounded = y[i] == (float) exact && y[i] != 0; // errs by a half at most
        double error = rounded && worst >= 0.5 ? 0 : error(y[i], exact);
        if (error > worst) {
          worst = error;
          at = x[i];
        }
      }
    }
    return new Worst(worst, at);
  }

  private static double error(double y, double exact) {
    if (Double.isNaN(exact) || Double.isNaN(y)) {
      return Double.isNaN(exact) && Double.isNaN(y) ? 0 : Double.POSITIVE_INFINITY;
    }
    float rounded = (float) exact;
    if (rounded == 0 && y == 0) {
      // A zero has the sign of the exact value.
      return 1 / y == 1 / rounded ? Math.abs(exact) / ulp(exact) : Double.POSITIVE_INFINITY;
    }
    if (Float.isInfinite(rounded) && y == rounded) {
      return 0;
    }
    // An overflow counts as the first number beyond the range.
    double finite = Double.isInfinite(y) ? Math.copySign(0x1p128, y) : y;
    return Math.abs(finite - exact) / ulp(exact);
  }

  private static double ulp(double exact) {
    return Math.scalb(1.0, Math.max(Math.getExponent(exact), -126) - 23);
  }

  @ParameterizedTest
  @CsvSource({
    "exp, 0.92",
    "exp2, 0.85",
    "expm1, 1.55",
    "sinh, 1.65",
    "cosh, 1.35",
    "tanh, 0.97",
    "sigmoid, 0.91",
    "softplus, 1.75",
    "logsigmoid, 1.75",
    "log, 0.95",
    "log2, 1.5",
    "log10, 1.4",
    "log1p, 1.55",
    "erf, 0.99",
    "sin, 0.51",
    "cos, 0.51"
  })
  void float32ErrorsStayBelowTheirBounds(String name, double bound) {
    Worst worst = worst(name, 0, 1L << 32, 32749);
    assertTrue(worst.error() <= bound, name + " errs by " + worst);
  }

  /**
   * Every float32, and the table of it. Logarithms of negative numbers are NaN, and where the sign
   * is taken apart the positive half tells all.
   */
  @ParameterizedTest
  @Tag("full")
  @CsvSource({
    "exp, 32, 1",
    "sigmoid, 32, 1",
    "log, 31, 1",
    "tanh, 31, 1",
    "erf, 31, 1",
    "sin, 31, 1",
    "cos, 31, 1",
    "exp2, 32, 2",
    "expm1, 32, 2",
    "sinh, 31, 2",
    "cosh, 31, 2",
    "softplus, 32, 2",
    "log2, 31, 2",
    "log10, 31, 2",
    "log1p, 32, 2"
  })
  void everyFloat32IsWithinItsBound(String name, int bits, double bound) {
    int chunks = 256;
    long size = (1L << bits) / chunks;
    Worst worst =
        LongStream.range(0, chunks)
            .parallel()
            .mapToObj(c -> worst(name, c * size, (c + 1) * size, 1))
            .max(Comparator.comparingDouble(Worst::error))
            .orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%-8s %,13d float32 inputs: at most %.4f ULP, at %s (bound %.0f)%n",
        name,
        1L << bits,
        worst.error(),
        (float) worst.at(),
        bound);
    assertTrue(worst.error() <= bound, name + " errs by " + worst);
  }

  @ParameterizedTest
  @CsvSource({
    "exp, 709, 1",
    "exp2, 1020, 1",
    "expm1, 709, 1.8",
    "sinh, 710, 1.65",
    "cosh, 710, 1.35",
    "tanh, 20, 1",
    "sigmoid, 745, 1",
    "softplus, 745, 1.75",
    "logsigmoid, 745, 1.75",
    "log, 10, 0.9",
    "log2, 10, 0.95",
    "log10, 10, 0.95",
    "log1p, 10, 1.5",
    "erf, 6, 1.15"
  })
  void float64ErrorsStayBelowTheirBounds(String name, double range, double bound) {
    ExprProgram program = program(name, DType.FLOAT64);
    ExprProgram.Frame frame = program.newFrame(1);
    Random random = new Random(11);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      double x =
          switch (i % 3) {
            case 0 -> (random.nextDouble() * 2 - 1) * range;
            case 1 -> random.nextDouble() * 3 - 1.5;
            default -> Math.scalb(random.nextDouble() * 2 - 1, random.nextInt(58) - 55);
          };
      if (name.equals("log") || name.equals("log2") || name.equals("log10")) {
        x = i % 3 == 2 ? Math.scalb(Math.abs(x), random.nextInt(2000) - 1000) : Math.abs(x);
      } else if (name.equals("log1p")) {
        x = x > -1 ? x : -1 / x - 1;
      }
      frame.floatInput(0)[0] = x;
      program.run(frame, 1);
      double y = frame.floatOutput(0)[0];
      BigDecimal exact = Exact.at(name, x);
      BigDecimal ulp = new BigDecimal(Math.ulp(exact.doubleValue()));
      double error =
          new BigDecimal(y).subtract(exact).abs().divide(ulp, MathContext.DECIMAL32).doubleValue();
      if (!(error <= bound)) {
        wrong.add(name + "(" + x + ") = " + y + " errs by " + error);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void theReferencesThemselvesAreRight() {
    assertEquals(Math.E, Exact.at("exp", 1).doubleValue());
    assertEquals(LN_2, Exact.at("log", 2).doubleValue());
    assertEquals(0.8427007929497149, Exact.at("erf", 1).doubleValue());
    assertEquals(
        5.395865611607901e-176,
        Exact.at("exp", Math.log(5.395865611607901e-176)).doubleValue(),
        1e-188);
    assertEquals(9.999999995e-10, Exact.at("log1p", 1e-9).doubleValue());
  }
}
