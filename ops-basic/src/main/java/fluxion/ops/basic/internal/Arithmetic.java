package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Arithmetic of two tensors, or of a tensor and a number. */
final class Arithmetic {
  private static final PointwiseFunction ADD =
      PointwiseFunction.binary("add", PROMOTE, Arithmetic::sum);
  private static final PointwiseFunction ADD_SCALED =
      PointwiseFunction.of("add", 2, 1, PROMOTE, (x, s) -> sum(x[0], product(s[0], x[1])));
  private static final PointwiseFunction MUL =
      PointwiseFunction.binary("mul", PROMOTE, Arithmetic::product);
  private static final PointwiseFunction DIV =
      PointwiseFunction.binary("div", INT_TO_FLOAT, Expr::div);

  /** Apart, so that a program that subtracts nothing does not make these at its start. */
  private static final class Difference {
    static final PointwiseFunction SUB = PointwiseFunction.binary("sub", PROMOTE, Expr::sub);
    static final PointwiseFunction SCALED =
        PointwiseFunction.of("sub", 2, 1, PROMOTE, (x, s) -> x[0].sub(s[0].mul(x[1])));
    static final PointwiseFunction REVERSED =
        PointwiseFunction.of("rsub", 2, 1, PROMOTE, (x, s) -> x[1].sub(s[0].mul(x[0])));
    static final PointwiseFunction REVERSED_SCALAR = REVERSED.node("RsubBackward1");

    private Difference() {}
  }

  /** Divisions whose quotient is rounded. */
  private static final class Rounded {
    static final PointwiseFunction TRUNC =
        flat(PointwiseFunction.binary("div", PROMOTE, (x, y) -> x.div(y).trunc()))
            .checking(Refusals.ofBool("div_trunc_cpu"));
    static final PointwiseFunction FLOOR =
        flat(PointwiseFunction.binary("div", PROMOTE, Arithmetic::floorDivide))
            .checking(Refusals.ofBool("div_floor_cpu"));

    private Rounded() {}
  }

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("add")) {
        t.add(
            named("add")
                .overload(
                    "(Tensor self, Tensor other, *, Scalar alpha=1)",
                    Call.Scaled.class,
                    Arithmetic::add)
                .overload(
                    "(Tensor self, Scalar other, *, Scalar alpha=1)",
                    Call.ScaledScalar.class,
                    Arithmetic::add)
                .samples(s -> Samples.binary(s, -2, 2, -2, 2)));
      }
      if (t.has("add_")) {
        t.add(
            named("add_")
                .overload(
                    "(Tensor self, Tensor other, *, Scalar alpha=1)",
                    Call.Scaled.class,
                    Arithmetic::addInPlace)
                .overload(
                    "(Tensor self, Scalar other, *, Scalar alpha=1)",
                    Call.ScaledScalar.class,
                    Arithmetic::addInPlace));
      }
      if (t.has("sub")) {
        t.add(
            named("sub")
                .overload(
                    "(Tensor self, Tensor other, *, Scalar alpha=1)",
                    Call.Scaled.class,
                    Arithmetic::sub)
                .overload(
                    "(Tensor self, Scalar other, *, Scalar alpha=1)",
                    Call.ScaledScalar.class,
                    Arithmetic::sub)
                .samples(s -> Samples.binary(s, -2, 2, -2, 2)));
      }
      if (t.has("sub_")) {
        t.add(
            named("sub_")
                .overload(
                    "(Tensor self, Tensor other, *, Scalar alpha=1)",
                    Call.Scaled.class,
                    Arithmetic::subInPlace)
                .overload(
                    "(Tensor self, Scalar other, *, Scalar alpha=1)",
                    Call.ScaledScalar.class,
                    Arithmetic::subInPlace));
      }
      if (t.has("rsub")) {
        t.add(
            named("rsub")
                .overload(
                    "(Tensor self, Tensor other, *, Scalar alpha=1)",
                    Call.Scaled.class,
                    Arithmetic::rsub)
                .overload(
                    "(Tensor self, Scalar other, *, Scalar alpha=1)",
                    Call.ScaledScalar.class,
                    Arithmetic::rsub)
                .samples(s -> Samples.binary(s, -2, 2, -2, 2)));
      }
      if (t.has("mul")) {
        t.add(Operator.binary(MUL).samples(s -> Samples.binary(s, -2, 2, -2, 2)));
      }
      if (t.has("mul_")) {
        t.add(Operator.binaryInPlace(MUL));
      }
      if (t.has("div")) {
        t.add(division("div"));
      }
      if (t.has("true_divide")) {
        t.add(division("true_divide"));
      }
      if (t.has("div_")) {
        t.add(divisionInPlace("div_"));
      }
      if (t.has("true_divide_")) {
        t.add(divisionInPlace("true_divide_"));
      }
    }
  }

  private Arithmetic() {}

  private static Operator division(String name) {
    return named(name)
        .overload(
            "(Tensor self, Tensor other, *, str? rounding_mode=None)",
            Call.Division.class,
            Arithmetic::div)
        .overload(
            "(Tensor self, Scalar other, *, str? rounding_mode=None)",
            Call.DivisionScalar.class,
            Arithmetic::div)
        .samples(s -> Samples.binary(s, -2, 2, 0.5, 2));
  }

  private static Operator divisionInPlace(String name) {
    return named(name)
        .overload(
            "(Tensor self, Tensor other, *, str? rounding_mode=None)",
            Call.Division.class,
            Arithmetic::divInPlace)
        .overload(
            "(Tensor self, Scalar other, *, str? rounding_mode=None)",
            Call.DivisionScalar.class,
            Arithmetic::divInPlace);
  }

  /** A rounded division, whose gradients are 0 everywhere. */
  private static PointwiseFunction flat(PointwiseFunction division) {
    return division
        .node("DivBackward2")
        .gradient(0, (x, s, out, g) -> null)
        .gradient(1, (x, s, out, g) -> null);
  }

  // ---- formulas

  static Expr sum(Expr x, Expr y) {
    return x.type() == DType.BOOL ? x.or(y) : x.add(y);
  }

  private static Expr product(Expr x, Expr y) {
    return x.type() == DType.BOOL ? x.and(y) : x.mul(y);
  }

  /**
   * Division rounded down. For floats this is PyTorch's {@code div_floor}: it starts from the
   * remainder, so that the result fits it exactly.
   */
  private static Expr floorDivide(Expr x, Expr y) {
    if (!x.type().isFloatingPoint()) {
      Expr quotient = x.div(y);
      Expr inexact = x.ne(quotient.mul(y));
      Expr negative = x.lt(0L).xor(y.lt(0L));
      return Expr.select(inexact.and(negative), quotient.sub(1L), quotient);
    }
    Expr mod = x.fmod(y);
    Expr cut = x.sub(mod).div(y);
    Expr borrow = mod.ne(0.0).and(y.lt(0.0).xor(mod.lt(0.0)));
    Expr quotient = Expr.select(borrow, cut.sub(1.0), cut);
    Expr floor = quotient.floor();
    Expr rounded = Expr.select(quotient.sub(floor).gt(0.5), floor.add(1.0), floor);
    Expr zero = Expr.literal(x.type(), 0.0).copysign(x.div(y));
    return Expr.select(y.eq(0.0), x.div(y), Expr.select(quotient.ne(0.0), rounded, zero));
  }

  // ---- calls

  private static boolean isOne(Scalar alpha) {
    return alpha.toDouble() == 1 && !alpha.isFloatingPoint();
  }

  /** Refuses factors that the result's dtype cannot take. */
  private static void checkAlpha(Tensor self, @Nullable Tensor other, Scalar number, Scalar alpha) {
    boolean floats =
        self.dtype().isFloatingPoint()
            || (other == null ? number.isFloatingPoint() : other.dtype().isFloatingPoint());
    boolean bools =
        self.dtype() == DType.BOOL
            && (other == null ? number.dtype() : other.dtype()) == DType.BOOL;
    if (alpha.dtype() == DType.BOOL && !bools) {
      throw new DTypeException("Boolean alpha only supported for Boolean results.");
    }
    if (alpha.isFloatingPoint() && !floats) {
      throw new DTypeException(
          "For integral input tensors, argument alpha must not be a floating point number.");
    }
  }

  private static final Scalar NONE = Scalar.of(false);

  static Tensor add(Tensor self, Tensor other, Scalar alpha) {
    checkAlpha(self, other, NONE, alpha);
    return isOne(alpha) ? ADD.call(self, other) : ADD_SCALED.call(self, other, alpha);
  }

  static Tensor add(Tensor self, Scalar other, Scalar alpha) {
    checkAlpha(self, null, other, alpha);
    return isOne(alpha) ? ADD.callScalar(self, other) : ADD_SCALED.callScalar(self, other, alpha);
  }

  static Tensor addInPlace(Tensor self, Tensor other, Scalar alpha) {
    checkAlpha(self, other, NONE, alpha);
    return isOne(alpha) ? ADD.callInPlace(self, other) : ADD_SCALED.callInPlace(self, other, alpha);
  }

  static Tensor addInPlace(Tensor self, Scalar other, Scalar alpha) {
    checkAlpha(self, null, other, alpha);
    return isOne(alpha)
        ? ADD.callInPlaceScalar(self, other)
        : ADD_SCALED.callInPlaceScalar(self, other, alpha);
  }

  private static void checkSub(DType self, DType other) {
    if (self == DType.BOOL && other == DType.BOOL) {
      throw new DTypeException(
          "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or"
              + " `logical_xor()` operator instead.");
    }
    if (self == DType.BOOL || other == DType.BOOL) {
      throw new DTypeException(
          "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to"
              + " invert a mask, use the `~` or `logical_not()` operator instead.");
    }
  }

  static Tensor sub(Tensor self, Tensor other, Scalar alpha) {
    checkSub(self.dtype(), other.dtype());
    checkAlpha(self, other, NONE, alpha);
    return isOne(alpha)
        ? Difference.SUB.call(self, other)
        : Difference.SCALED.call(self, other, alpha);
  }

  static Tensor sub(Tensor self, Scalar other, Scalar alpha) {
    checkSub(self.dtype(), other.dtype());
    checkAlpha(self, null, other, alpha);
    return isOne(alpha)
        ? Difference.SUB.callScalar(self, other)
        : Difference.SCALED.callScalar(self, other, alpha);
  }

  static Tensor subInPlace(Tensor self, Tensor other, Scalar alpha) {
    checkSub(self.dtype(), other.dtype());
    checkAlpha(self, other, NONE, alpha);
    return isOne(alpha)
        ? Difference.SUB.callInPlace(self, other)
        : Difference.SCALED.callInPlace(self, other, alpha);
  }

  static Tensor subInPlace(Tensor self, Scalar other, Scalar alpha) {
    checkSub(self.dtype(), other.dtype());
    checkAlpha(self, null, other, alpha);
    return isOne(alpha)
        ? Difference.SUB.callInPlaceScalar(self, other)
        : Difference.SCALED.callInPlaceScalar(self, other, alpha);
  }

  static Tensor rsub(Tensor self, Tensor other, Scalar alpha) {
    checkSub(self.dtype(), other.dtype());
    checkAlpha(self, other, NONE, alpha);
    return Difference.REVERSED.call(self, other, alpha);
  }

  static Tensor rsub(Tensor self, Scalar other, Scalar alpha) {
    checkSub(self.dtype(), other.dtype());
    checkAlpha(self, null, other, alpha);
    return Difference.REVERSED_SCALAR.callScalar(self, other, alpha);
  }

  private static PointwiseFunction rounded(@Nullable String roundingMode) {
    if (roundingMode == null) {
      return DIV;
    }
    return switch (roundingMode) {
      case "trunc" -> Rounded.TRUNC;
      case "floor" -> Rounded.FLOOR;
      default ->
          throw new ArgumentException(
              "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '"
                  + roundingMode.toLowerCase(Locale.ROOT)
                  + "'");
    };
  }

  /** Integer division by zero is an error; it is found before anything is computed. */
  private static void checkDivisor(Tensor self, Tensor other, @Nullable String roundingMode) {
    boolean integers = !DType.promote(self.dtype(), other.dtype()).isFloatingPoint();
    if (roundingMode != null
        && integers
        && !Checks.all(Comparisons.NE.callScalar(other, Scalar.of(0)).all())) {
      throw new ArgumentException("ZeroDivisionError: integer division by zero");
    }
  }

  private static void checkDivisor(Tensor self, Scalar other, @Nullable String roundingMode) {
    boolean integers = !self.dtype().isFloatingPoint() && !other.isFloatingPoint();
    if (roundingMode != null && integers && other.toLong() == 0) {
      throw new ArgumentException("ZeroDivisionError: integer division by zero");
    }
  }

  static Tensor div(Tensor self, Tensor other, @Nullable String roundingMode) {
    PointwiseFunction division = rounded(roundingMode);
    checkDivisor(self, other, roundingMode);
    return division.call(self, other);
  }

  static Tensor div(Tensor self, Scalar other, @Nullable String roundingMode) {
    PointwiseFunction division = rounded(roundingMode);
    checkDivisor(self, other, roundingMode);
    return division.callScalar(self, other);
  }

  static Tensor divInPlace(Tensor self, Tensor other, @Nullable String roundingMode) {
    PointwiseFunction division = rounded(roundingMode);
    checkDivisor(self, other, roundingMode);
    return division.callInPlace(self, other);
  }

  static Tensor divInPlace(Tensor self, Scalar other, @Nullable String roundingMode) {
    PointwiseFunction division = rounded(roundingMode);
    checkDivisor(self, other, roundingMode);
    return division.callInPlaceScalar(self, other);
  }
}
