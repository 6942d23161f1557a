package fluxion.engine.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class GradientTest {
  private static final Expr X = Expr.input(0, DType.FLOAT64);
  private static final Expr Y = Expr.input(1, DType.FLOAT64);
  private static final Expr G = Expr.input(2, DType.FLOAT64);
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double COTANGENT = -1.75;

  private static double at(Expr e, double x, double y, double g) {
    return Kernel.of(e).evaluate(Scalar.of(x), Scalar.of(y), Scalar.of(g)).get(0).toDouble();
  }

  private static Expr gradient(Expr e, int input) {
    return assertNotNull(e.gradient(input, G), e.toString());
  }

  private static <T> T assertNotNull(T value, String message) {
    org.junit.jupiter.api.Assertions.assertNotNull(value, message);
    return value;
  }

  /** Fourth-order central difference. */
  private static double slope(UnaryOperator<Double> f, double x) {
    double h = 1e-3 * Math.max(Math.abs(x), 0.1);
    return (8 * (f.apply(x + h) - f.apply(x - h)) - (f.apply(x + 2 * h) - f.apply(x - 2 * h)))
        / (12 * h);
  }

  private static void compare(String what, double actual, double expected, List<String> wrong) {
    if (!(Math.abs(actual - expected) <= 2e-8 * Math.max(1, Math.abs(expected)))) {
      wrong.add(what + ": " + actual + " against a difference of " + expected);
    }
  }

  private static double[] points(String name) {
    return switch (name) {
      case "acosh" -> new double[] {1.3, 2.7, 9};
      case "asin", "acos", "atanh", "erfinv" -> new double[] {-0.7, -0.2, 0.15, 0.6};
      case "log", "log2", "log10", "sqrt", "rsqrt" -> new double[] {0.3, 1.2, 7.5};
      case "log1p" -> new double[] {-0.6, 0.3, 4};
      case "lgamma", "digamma" -> new double[] {-1.45, 0.35, 1.3, 4.4};
      case "tan" -> new double[] {-1.1, -0.35, 0.45, 1.2};
      default -> new double[] {-1.6, -0.35, 0.45, 1.7};
    };
  }

  private static void check(String what, Expr f, int input, double x, double y, List<String> bad) {
    UnaryOperator<Double> plain = t -> input == 0 ? at(f, t, y, 0) : at(f, x, t, 0);
    double expected = COTANGENT * slope(plain, input == 0 ? x : y);
    Expr d = f.gradient(input, G);
    compare(what + " by " + input, d == null ? 0 : at(d, x, y, COTANGENT), expected, bad);
    for (int again = 0; again < 2 && d != null; again++) {
      int by = again;
      UnaryOperator<Double> first = t -> by == 0 ? at(d, t, y, COTANGENT) : at(d, x, t, COTANGENT);
      Expr dd = d.gradient(by, Expr.literal(DType.FLOAT64, 0.5));
      compare(
          what + " by " + input + " and " + by,
          dd == null ? 0 : at(dd, x, y, COTANGENT),
          0.5 * slope(first, by == 0 ? x : y),
          bad);
    }
  }

  @Test
  void unaryDerivativesOfFirstAndSecondOrderMatchDifferences() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Method method : ExprMethods.unaries()) {
      Expr f = (Expr) method.invoke(X);
      for (double x : points(method.getName())) {
        check(f + " at " + x, f, 0, x, 0, wrong);
      }
    }
    for (int order = 1; order <= 3; order++) {
      for (double x : new double[] {-1.45, 0.9, 2.2}) {
        // Away from the poles; high orders grow fast, so they are scaled.
        check("polygamma " + order + " at " + x, X.polygamma(order).mul(1e-3), 0, x, 0, wrong);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void binaryDerivativesOfFirstAndSecondOrderMatchDifferences() throws Exception {
    List<String> wrong = new ArrayList<>();
    double[][] points = {{0.7, 1.9}, {2.3, 0.8}, {1.1, 3.4}};
    for (Method method : ExprMethods.binaries()) {
      Expr f = (Expr) method.invoke(X, Y);
      for (double[] p : points) {
        for (int input = 0; input < 2; input++) {
          check(f + " at " + p[0] + ", " + p[1], f, input, p[0], p[1], wrong);
        }
      }
    }
    Expr fma = X.fma(Y, X.mul(Y));
    check("fma", fma, 0, 0.7, 1.9, wrong);
    check("fma", fma, 1, 0.7, 1.9, wrong);
    Expr chain = X.mul(Y).sin().add(X.exp().mul(Y)).tanh().div(Y.add(X.sigmoid()));
    check("chain", chain, 0, 0.7, 1.9, wrong);
    check("chain", chain, 1, 0.7, 1.9, wrong);
    assertEquals(List.of(), wrong);
  }

  @Test
  void maximumAndMinimumHalveAtTies() {
    assertEquals(1.5, at(gradient(X.max(Y), 0), 2, 2, 3));
    assertEquals(1.5, at(gradient(X.min(Y), 1), 2, 2, 3));
    assertEquals(0, at(gradient(X.max(Y), 0), 1, 2, INF));
    assertEquals(3, at(gradient(X.fmax(Y), 0), 2, 2, 3));
    assertEquals(0, at(gradient(X.fmax(Y), 1), 2, 2, 3));
    assertEquals(3, at(gradient(X.fmin(Y), 1), Double.NaN, 2, 3));
  }

  @Test
  void kinksFollowTheConventions() {
    assertEquals(0, at(gradient(X.abs(), 0), 0, 0, 3));
    assertEquals(0, at(gradient(X.pow(Y), 0), 0, 0, 3));
    assertEquals(0, at(gradient(X.pow(Y), 1), 0, 2, 3));
    assertEquals(0, at(gradient(X.pow(2), 0), 0, 0, 3));
    assertEquals(0, at(gradient(X.xlogy(Y), 0), 0, 0, 3));
    assertEquals(INF, at(gradient(X.sqrt(), 0), 0, 0, 3));
    assertEquals(0, at(gradient(X.copysign(Y), 0), 0, -1, 3));
    assertEquals(INF, at(gradient(X.remainder(Y), 1), -1, 0, 3));
  }

  @Test
  void selectDropsWhatTheOtherBranchMakesOfTheCotangent() {
    Expr zero = Expr.literal(DType.FLOAT64, 0);
    Expr inside = Expr.select(X.gt(0), X.sqrt(), zero);
    assertEquals(0, at(gradient(inside, 0), 0, 0, 3));
    Expr outside = Expr.select(X.gt(0), X, zero).sqrt();
    assertEquals(0, at(gradient(outside, 0), -1, 0, 3));
    Expr relu = Expr.select(X.gt(0), X, zero);
    assertSame(Expr.select(X.gt(0), G, zero), relu.gradient(0, G));
    assertEquals(0, at(gradient(relu, 0), -1, 0, Double.NaN));
    Expr both = Expr.select(X.gt(1), X.log(), X.mul(X).mul(3));
    assertSame(Expr.select(X.gt(1), G.div(X), gradient(X.mul(X).mul(3), 0)), both.gradient(0, G));
    assertEquals(0, at(gradient(both, 0), 0, 0, 3));
    Expr withOutside = both.add(X);
    assertEquals(3, at(gradient(withOutside, 0), 0, 0, 3));
  }

  @Test
  void nestedAndSharedSelectsMatchDifferences() {
    List<String> wrong = new ArrayList<>();
    Expr t = X.mul(Y).exp();
    Expr inner = Expr.select(X.gt(1), t.log1p(), t.mul(X).sin());
    Expr f = Expr.select(Y.gt(1), inner.mul(inner).add(t), inner.sub(Y).mul(X)).mul(t);
    for (double x : new double[] {0.3, 1.4}) {
      for (double y : new double[] {0.6, 1.2}) {
        check("nested " + x + " " + y, f, 0, x, y, wrong);
        check("nested " + x + " " + y, f, 1, x, y, wrong);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void chainOfSelectsStaysLinear() {
    Expr f = X;
    for (int i = 0; i < 500; i++) {
      f = Expr.select(Y.gt(i), f.mul(1.001), f.sin());
    }
    Expr d = gradient(f, 0);
    assertTrue(Kernel.of(d).nodes().size() < 20_000, "grew to " + Kernel.of(d).nodes().size());
    double h = 1e-6;
    double expected = (at(f, 0.5 + h, 250.5, 0) - at(f, 0.5 - h, 250.5, 0)) / (2 * h);
    assertEquals(expected, at(d, 0.5, 250.5, 1), 1e-7);
  }

  @Test
  void structuralZerosAreNull() {
    assertNull(Y.exp().gradient(0, G));
    assertNull(X.floor().gradient(0, G));
    assertNull(X.sign().add(X.round()).gradient(0, G));
    assertNull(X.gt(0).cast(DType.FLOAT64).gradient(0, G));
    assertNull(X.cast(DType.INT32).cast(DType.FLOAT64).gradient(0, G));
    assertNull(Y.copysign(X).gradient(0, G));
    assertSame(G, X.floor().add(X).gradient(0, G));
  }

  @Test
  void castsBringTheCotangentBack() {
    Expr half = Expr.input(0, DType.FLOAT16);
    Expr g = Expr.input(1, DType.FLOAT64);
    Expr d = half.cast(DType.FLOAT32).mul(2).cast(DType.FLOAT64).gradient(0, g);
    assertSame(g.cast(DType.FLOAT32).mul(2).cast(DType.FLOAT16), d);
    Expr twice = half.cast(DType.FLOAT32).cast(DType.FLOAT64).add(half.cast(DType.FLOAT64));
    assertEquals(DType.FLOAT16, assertNotNull(twice.gradient(0, g), "two ways").type());
    assertThrows(DTypeException.class, () -> X.exp().gradient(0, Expr.input(1, DType.FLOAT32)));
  }

  @Test
  void derivativeInTermsOfTheOutputNeedsOnlyTheOutput() {
    for (Expr f : List.of(X.exp(), X.tanh(), X.sigmoid(), X.sqrt(), X.rsqrt(), X.reciprocal())) {
      Expr d = gradient(f, 0).replace(f, Expr.input(1, DType.FLOAT64));
      assertEquals(Set.of(1, 2), d.inputsUsed(), f.toString());
      assertFalse(d.mentions(X));
    }
  }
}
