package fluxion.engine.expr;

import fluxion.engine.spi.Expr;

/**
 * Logarithms and log1p.
 *
 * <p>{@code log x = k ln 2 + log(1 + f)} with {@code x = 2^k (1 + f)}. In float32, f lies in [-⅓,
 * ⅓] and {@code log(1 + f) = f − f²/2 + f³ P(f)}. In float64, 1 + f lies in [√½, √2] and, with
 * {@code s = f / (2 + f)}, {@code log(1 + f) = f − f²/2 + s (f²/2 + s² P(s²))}, the form of
 * fdlibm's e_log.c (Sun Microsystems, 1993). The polynomials are minimax approximations of the
 * relative error, found as those of {@link LoweredExponentials}.
 */
final class LoweredLogarithms {
  private static final double LN2 = 0x1.62e42fefa39efp-1;
  private static final double LN2_REST = 0x1.abc9e3b39803fp-56;

  /** The powers of two that make subnormal numbers normal. */
  private static final int UP_SINGLE = 24;

  private static final int UP_DOUBLE = 54;

  /** P of float32, relative error of the logarithm 2^-27.6. */
  private static final double[] LOG_SINGLE = {
    0.33333197,
    -0.2499992,
    0.20011432,
    -0.16674443,
    0.13989262,
    -0.12274927,
    0.1406621,
    -0.12470229,
  };

  /** P of float64, relative error 2^-58.5. */
  private static final double[] LOG_DOUBLE = {
    0.6666666666666734,
    0.3999999999941665,
    0.2857142874202457,
    0.2222219860547258,
    0.18183562829035166,
    0.1531408540180883,
    0.14795627902274427,
  };

  /** P of float32 for s to ⅓, relative error 2^-34.3. */
  private static final double[] WIDE_SINGLE = {
    0.6666668, 0.39998502, 0.28626204, 0.21334249, 0.24629025,
  };

  /** P of float64 for s to ⅓, relative error 2^-63.5. */
  private static final double[] WIDE_DOUBLE = {
    0.6666666666666667,
    0.3999999999999536,
    0.28571428572338314,
    0.22222222136610184,
    0.18181822773311368,
    0.15384462416974315,
    0.13336639569928602,
    0.11717659419050862,
    0.10961583048093713,
    0.07034375190942861,
    0.16404031088150609,
  };

  /** A logarithm's base: 1 / ln b and log_b 2, each in two parts for each format. */
  private enum Base {
    TWO(
        new double[] {0x1.715476p0, 0x1.4ae0c0p-26, 1, 0},
        new double[] {0x1.71547652b82fep0, 0x1.777d0ffda0d24p-56, 1, 0}),
    TEN(
        new double[] {0x1.bcb7b2p-2, -0x1.5b235ep-27, 0x1.344136p-2, -0x1.ec10c0p-27},
        new double[] {
          0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57, 0x1.34413509f79ffp-2, -0x1.9dc1da994fd21p-59
        });

    final double[] single;
    final double[] twice;

    Base(double[] single, double[] twice) {
      this.single = single;
      this.twice = twice;
    }
  }

  private LoweredLogarithms() {}

  /** A number taken apart: {@code 2^k (1 + f)}, and the exponent of 2^k in its place. */
  private record Parts(Expr exponent, Expr f) {
    /** Takes a positive normal number apart. */
    static Parts of(Expr x) {
      Format format = Format.of(x);
      // The bits of ⅔ and of √½, the least 1 + f.
      long least = format == Format.SINGLE ? 0x3F2AAAAB : 0x3FE6A09E667F3BCDL;
      Expr bits = x.bits();
      Expr exponent = bits.sub(least).and(format.word(-1L << format.fraction));
      return new Parts(exponent, bits.sub(exponent).fromBits().sub(1.0));
    }

    /** k, less what made a subnormal number normal. */
    Expr k(Expr subnormal) {
      Format format = Format.of(f);
      Expr offset =
          Expr.select(
              subnormal,
              format.literal(format.pick(-UP_SINGLE, format.magic + UP_DOUBLE)),
              format.literal(format.pick(0, format.magic)));
      if (format == Format.SINGLE) {
        return exponent.cast(format.type).fma(format.literal(0x1p-23), offset);
      }
      // The bits of 1.5 · 2^52 + k: many processors have no vector conversion from int64.
      long magic = Double.doubleToLongBits(format.magic);
      return exponent.shr(format.word(format.fraction)).add(magic).fromBits().sub(offset);
    }
  }

  static Expr log(Expr x) {
    Scaled scaled = Scaled.of(x);
    return defined(x, 0, withExponent(scaled.f, scaled.k));
  }

  static Expr log2(Expr x) {
    return toBase(x, Base.TWO);
  }

  static Expr log10(Expr x) {
    return toBase(x, Base.TEN);
  }

  /** k and f of any positive number; a subnormal is made normal first. */
  private record Scaled(Expr k, Expr f) {
    static Scaled of(Expr x) {
      Format format = Format.of(x);
      Expr subnormal = x.lt(format.pick(Float.MIN_NORMAL, Double.MIN_NORMAL));
      Expr up = x.mul(Math.scalb(1.0, (int) format.pick(UP_SINGLE, UP_DOUBLE)));
      Parts parts = Parts.of(Expr.select(subnormal, up, x));
      return new Scaled(parts.k(subnormal), parts.f);
    }
  }

  /** {@code log(1 + x)}: what rounding {@code u = 1 + x} lost is added to f of u, scaled. */
  static Expr log1p(Expr x) {
    Format format = Format.of(x);
    Expr u = x.add(1.0);
    Expr back = u.sub(1.0);
    Expr lost = format.literal(1).sub(u.sub(back)).add(x.sub(back));
    Parts parts = Parts.of(u);
    // 2^(1 - k): 0 for the greatest k, where what was lost does not count.
    Expr scale = format.word(format.one + (1L << format.fraction)).sub(parts.exponent).fromBits();
    Expr f = lost.mul(0.5).fma(scale, parts.f);
    Expr y = defined(x, -1, withExponent(f, parts.k(Expr.literal(false))));
    return Expr.select(x.abs().lt(format.pick(0x1p-26, 0x1p-54)), x, y);
  }

  /** {@code max(x, 0) + log(1 + e^−|x|)}. */
  static Expr softplus(Expr x) {
    Format format = Format.of(x);
    Expr positive = Expr.select(x.gt(0.0), x, format.literal(0));
    return positive.add(log1pOfUnit(LoweredExponentials.expOfMinusAbs(x)));
  }

  /** {@code log(1 + e)} for e in [0, 1]: {@code e − s (e − s² P(s²))} with s = e / (2 + e). */
  private static Expr log1pOfUnit(Expr e) {
    Format format = Format.of(e);
    Expr s = e.div(e.add(2.0));
    Expr square = s.mul(s);
    double[] c = format == Format.SINGLE ? WIDE_SINGLE : WIDE_DOUBLE;
    return s.fma(format.polynomial(square, c).mul(square).sub(e), e);
  }

  /** {@code k ln 2 + log(1 + f)}. */
  private static Expr withExponent(Expr f, Expr k) {
    Format format = Format.of(f);
    if (format == Format.SINGLE) {
      return k.fma(format.literal(LN2), bend(f).fma(f.mul(f), f));
    }
    Expr s = f.div(f.add(2.0));
    Expr half = f.mul(0.5).mul(f);
    Expr rest = s.fma(half.add(curve(s)), k.mul(LN2_REST));
    return k.fma(format.literal(LN2), f.sub(half.sub(rest)));
  }

  /** {@code −½ + f P(f)}, in float32. */
  private static Expr bend(Expr f) {
    return Format.SINGLE.polynomial(f, LOG_SINGLE).fma(f, Format.SINGLE.literal(-0.5));
  }

  /** {@code s² P(s²)}, in float64. */
  private static Expr curve(Expr s) {
    Expr square = s.mul(s);
    return Format.DOUBLE.polynomial(square, LOG_DOUBLE).mul(square);
  }

  /** {@code k log_b 2 + (high + low) / ln b} with {@code high + low = log(1 + f)}. */
  private static Expr toBase(Expr x, Base base) {
    Format format = Format.of(x);
    double[] c = format == Format.SINGLE ? base.single : base.twice;
    Scaled scaled = Scaled.of(x);
    Expr f = scaled.f;
    Expr high;
    Expr low;
    if (format == Format.SINGLE) {
      high = f;
      low = bend(f).mul(f.mul(f));
    } else {
      Expr s = f.div(f.add(2.0));
      Expr half = f.mul(0.5).mul(f);
      high = f.sub(half);
      low = s.fma(half.add(curve(s)), f.sub(high).sub(half));
    }
    Expr small = low.fma(format.literal(c[0]), high.mul(c[1]));
    if (c[3] != 0) {
      small = scaled.k.fma(format.literal(c[3]), small);
    }
    Expr fractional = high.fma(format.literal(c[0]), small);
    Expr y = c[2] == 1 ? scaled.k.add(fractional) : scaled.k.fma(format.literal(c[2]), fractional);
    return defined(x, 0, y);
  }

  /** A logarithm where it is finite; −∞ at the domain's end, NaN below it, ∞ at ∞. */
  private static Expr defined(Expr x, double end, Expr y) {
    Format format = Format.of(x);
    Expr below =
        Expr.select(
            x.eq(end), format.literal(Double.NEGATIVE_INFINITY), format.literal(Double.NaN));
    return Expr.select(x.gt(end), Expr.select(x.lt(Double.POSITIVE_INFINITY), y, x), below);
  }
}
