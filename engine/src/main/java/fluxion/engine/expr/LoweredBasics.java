package fluxion.engine.expr;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;

/** Roundings, signs and classes of numbers in comparisons, selections and bits. */
final class LoweredBasics {
  private LoweredBasics() {}

  /** -1, 0 or 1 by the sign; 0 for NaN. */
  static Expr sign(Expr x) {
    Expr zero = Expr.literal(x.type(), 0);
    Expr one = Expr.literal(x.type(), 1);
    if (x.type() == DType.UINT8) {
      return x.min(one);
    }
    return Expr.select(x.gt(zero), one, Expr.select(x.lt(zero), Expr.literal(x.type(), -1), zero));
  }

  /** The smaller; the other one where one is NaN. */
  static Expr fmin(Expr a, Expr b) {
    return a.type().isFloatingPoint() ? unlessNan(a, b, a.min(b)) : a.min(b);
  }

  /** The larger; the other one where one is NaN. */
  static Expr fmax(Expr a, Expr b) {
    return a.type().isFloatingPoint() ? unlessNan(a, b, a.max(b)) : a.max(b);
  }

  private static Expr unlessNan(Expr a, Expr b, Expr both) {
    return Expr.select(isnan(a), b, Expr.select(isnan(b), a, both));
  }

  static Expr isnan(Expr x) {
    return x.ne(x);
  }

  static Expr isinf(Expr x) {
    return x.abs().eq(Double.POSITIVE_INFINITY);
  }

  static Expr isfinite(Expr x) {
    return x.abs().lt(Double.POSITIVE_INFINITY);
  }

  /** The first magnitude with the sign of the second, a NaN counting as positive. */
  static Expr copysign(Expr magnitude, Expr sign) {
    Expr positive = magnitude.abs();
    return Expr.select(isnan(sign), positive, withSign(positive, sign));
  }

  /** A number that is not negative with the sign of another; the sign of NaN is left open. */
  static Expr withSign(Expr positive, Expr sign) {
    Expr mask = Format.of(sign).word(Format.of(sign).minus());
    return positive.bits().or(sign.bits().and(mask)).fromBits();
  }

  /** The nearest integer, ties to even: what adding 2^23 (2^52) leaves. */
  static Expr round(Expr x) {
    double large = x.type() == DType.FLOAT32 ? 0x1p23 : 0x1p52;
    Expr a = x.abs();
    return Expr.select(a.lt(large), withSign(a.add(large).sub(large), x), x);
  }

  /** The largest integer not above. */
  static Expr floor(Expr x) {
    Expr rounded = round(x);
    return Expr.select(rounded.gt(x), rounded.sub(1), rounded);
  }

  /** The smallest integer not below; −0 above −1, as {@code −floor(−x)} has it. */
  static Expr ceil(Expr x) {
    return floor(x.neg()).neg();
  }

  /** The integer part, cut towards zero. */
  static Expr trunc(Expr x) {
    return withSign(floor(x.abs()), x);
  }

  /** x log(y); 0 where x is 0, unless y is NaN. */
  static Expr xlogy(Expr x, Expr y, Expr logY) {
    Expr product = Expr.select(x.eq(0), Expr.literal(x.type(), 0), x.mul(logY));
    return Expr.select(isnan(y), y, product);
  }
}
