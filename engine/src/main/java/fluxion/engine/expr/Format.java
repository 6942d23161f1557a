package fluxion.engine.expr;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;

/** A binary float format: its constants and the steps that lowered functions share. */
enum Format {
  /** float32. */
  SINGLE(DType.FLOAT32, DType.INT32, 23),
  /** float64. */
  DOUBLE(DType.FLOAT64, DType.INT64, 52);

  /** The dtype of the floats. */
  final DType type;

  /** The integer dtype of the same width. */
  final DType word;

  /** The number of bits after the point. */
  final int fraction;

  /** 1.5 · 2^fraction. A sum with it is rounded to an integer, which is the low bits of the sum. */
  final double magic;

  /** The bits of 1. */
  final long one;

  Format(DType type, DType word, int fraction) {
    this.type = type;
    this.word = word;
    this.fraction = fraction;
    this.magic = Math.scalb(1.5, fraction);
    this.one = fraction == 23 ? Float.floatToIntBits(1) : Double.doubleToLongBits(1);
  }

  static Format of(Expr x) {
    return x.type() == DType.FLOAT32 ? SINGLE : DOUBLE;
  }

  /** The first of two numbers for float32, the second for float64. */
  double pick(double single, double twice) {
    return this == SINGLE ? single : twice;
  }

  Expr literal(double value) {
    return Expr.literal(type, value);
  }

  Expr word(long value) {
    return Expr.literal(word, value);
  }

  /** {@code c[0] + x (c[1] + x (c[2] + …))}, by fused multiply-adds. */
  Expr polynomial(Expr x, double[] c) {
    Expr sum = literal(c[c.length - 1]);
    for (int i = c.length - 2; i >= 0; i--) {
      sum = sum.fma(x, literal(c[i]));
    }
    return sum;
  }

  /** {@code 1 + x (1 + x (c[0] + x (c[1] + …)))}. */
  Expr afterOnes(Expr x, double[] c) {
    return polynomial(x, c).fma(x, literal(1)).fma(x, literal(1));
  }

  /** x, or a bound that it exceeds; NaN stays. */
  Expr atMost(Expr x, double bound) {
    return Expr.select(x.gt(bound), literal(bound), x);
  }

  /** x, or a bound that it falls short of; NaN stays. */
  Expr atLeast(Expr x, double bound) {
    return Expr.select(x.lt(bound), literal(bound), x);
  }

  /** An integer moved from the lowest bits to the exponent's place; what is above drops out. */
  Expr toExponent(Expr integer) {
    return integer.shl(word(fraction));
  }

  /** {@code 2^(n + shift)} of {@code magic + n}, for exponents of normal numbers. */
  Expr power(Expr magicPlusN, int shift) {
    return toExponent(magicPlusN.bits()).add(word(one + ((long) shift << fraction))).fromBits();
  }
}
