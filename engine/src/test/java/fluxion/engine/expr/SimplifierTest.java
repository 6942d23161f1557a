package fluxion.engine.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class SimplifierTest {
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -2.5,
    3,
    1e300,
    -1e-310,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    Math.PI
  };
  private static final Expr X = Expr.input(0, DType.FLOAT64);
  private static final Expr N = Expr.input(0, DType.INT8);

  private static Expr f64(double value) {
    return Expr.literal(DType.FLOAT64, value);
  }

  private static double at(Expr e, double... inputs) {
    Scalar[] scalars = new Scalar[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      scalars[i] = Scalar.of(inputs[i]);
    }
    return Kernel.of(e).evaluate(scalars).get(0).toDouble();
  }

  @Test
  void simplifiedFloatsHaveTheBitsOfUnsimplifiedOnes() throws Exception {
    for (DType type : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      Expr x = Expr.input(0, type);
      Expr y = Expr.input(1, type);
      for (Method method : ExprMethods.binaries()) {
        Expr plain = (Expr) method.invoke(x, y);
        for (double special : SPECIAL) {
          Expr literal = Expr.literal(type, special);
          Expr left = (Expr) method.invoke(literal, x);
          Expr right = (Expr) method.invoke(x, literal);
          Expr negated = (Expr) method.invoke(x, y.neg());
          Expr both = (Expr) method.invoke(x.neg(), y.neg());
          Expr same = (Expr) method.invoke(x, x);
          for (double v : SPECIAL) {
            String what = method.getName() + " " + special + " " + v;
            assertEquals(at(plain, special, v), at(left, v), what);
            assertEquals(at(plain, v, special), at(right, v), what);
            assertEquals(at(plain, v, -special), at(negated, v, special), what);
            assertEquals(at(plain, -v, -special), at(both, v, special), what);
            assertEquals(at(plain, v, v), at(same, v), what);
            Expr folded = (Expr) method.invoke(Expr.literal(type, v), literal);
            assertEquals(ExprOp.LITERAL, folded.op());
            assertEquals(at(plain, v, special), folded.doubleValue(), what);
          }
        }
      }
    }
  }

  @Test
  void simplifiedIntegersHaveTheBitsOfUnsimplifiedOnes() throws Exception {
    Expr m = Expr.input(1, DType.INT8);
    for (String name :
        new String[] {
          "add",
          "sub",
          "mul",
          "div",
          "fmod",
          "remainder",
          "pow",
          "min",
          "max",
          "and",
          "or",
          "xor",
          "shl",
          "shr",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge"
        }) {
      Method method = Expr.class.getMethod(name, Expr.class);
      method.setAccessible(true);
      Expr plain = (Expr) method.invoke(N, m);
      Expr same = (Expr) method.invoke(N, N);
      for (int a = -128; a < 128; a += 5) {
        for (int b : new int[] {-128, -127, -2, -1, 0, 1, 2, 7, 8, 127}) {
          Expr right = (Expr) method.invoke(N, Expr.literal(DType.INT8, b));
          Expr left = (Expr) method.invoke(Expr.literal(DType.INT8, b), N);
          String what = name + " " + a + " " + b;
          assertEquals(at(plain, a, b), at(right, a), what);
          assertEquals(at(plain, b, a), at(left, a), what);
          assertEquals(at(plain, a, a), at(same, a), what);
        }
      }
    }
  }

  @Test
  void neutralOperandsVanish() {
    assertSame(X, X.mul(1));
    assertSame(X, f64(1).mul(X));
    assertSame(X, X.div(1));
    assertSame(X, X.add(-0.0));
    assertSame(X, X.sub(0.0));
    assertSame(X, X.neg().neg());
    assertSame(X, X.cast(DType.FLOAT64));
    assertSame(N, N.add(0));
    assertSame(Expr.literal(DType.INT8, 0), N.mul(0));
  }

  @Test
  void whatWouldLoseNanInfinityOrMinusZeroStays() {
    assertNotSame(X, X.add(0.0));
    assertNotSame(X, X.sub(-0.0));
    assertEquals(ExprOp.MUL, X.mul(0.0).op());
    assertEquals(ExprOp.SUB, X.sub(X).op());
    assertEquals(ExprOp.DIV, X.div(X).op());
    assertEquals(ExprOp.EQ, X.eq(X).op());
    assertEquals(ExprOp.SUB, f64(0.0).sub(X).op());
  }

  @Test
  void selectsAreDecidedWhereTheyCanBe() {
    Expr c = X.gt(0);
    Expr y = Expr.input(1, DType.FLOAT64);
    assertSame(X, Expr.select(c, X, X));
    assertSame(X, Expr.select(Expr.literal(true), X, y));
    assertSame(Expr.select(c, X, y), Expr.select(c.not(), y, X));
    assertSame(Expr.select(c, X, y), Expr.select(c, Expr.select(c, X, f64(3)), y));
    assertSame(Expr.select(c, X, y), Expr.select(c, X, Expr.select(c, f64(3), y)));
  }

  @Test
  void wideningCastsAreTransparentAndNarrowingOnesAreNot() {
    Expr half = Expr.input(0, DType.FLOAT16);
    assertSame(half, half.cast(DType.FLOAT32).cast(DType.FLOAT16));
    assertSame(half.cast(DType.FLOAT64), half.cast(DType.FLOAT32).cast(DType.FLOAT64));
    assertSame(N, N.cast(DType.INT64).cast(DType.INT8));
    assertNotSame(X, X.cast(DType.FLOAT32).cast(DType.FLOAT64));
    Expr wide = Expr.input(0, DType.INT64);
    assertNotSame(wide, wide.cast(DType.FLOAT64).cast(DType.INT64));
  }
}
