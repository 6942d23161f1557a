package fluxion.conformance.reference;

import fluxion.api.DType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A sum of doubles and of products of doubles, rounded once at its end.
 *
 * <p>It is kept in twice the precision of a double, where n terms have a relative error of at most
 * n · 2<sup>-104</sup> of the sum of their magnitudes. Terms so large or so small that this would
 * overflow or underflow are added in decimal, without any error. It starts from +0, so that −0 and
 * −0 give 0.
 */
final class ExactSum {
  private static final double LARGE = 0x1p960;
  private static final double SMALL = 0x1p-900;

  private DoubleDouble sum = DoubleDouble.ZERO;
  private @Nullable BigDecimal extremes;

  /** The sum of the infinities and NaNs. */
  private double special;

  void add(double term) {
    if (!Double.isFinite(term)) {
      special += term;
    } else if (Math.abs(term) < LARGE) {
      sum = sum.plus(term);
    } else {
      addExactly(new BigDecimal(term));
    }
  }

  void addProduct(double a, double b) {
    double product = a * b;
    double size = Math.abs(product);
    if (!Double.isFinite(a) || !Double.isFinite(b)) {
      special += product;
    } else if ((size < LARGE && size > SMALL) || a == 0 || b == 0) {
      sum = sum.plus(DoubleDouble.product(a, b));
    } else {
      addExactly(new BigDecimal(a).multiply(new BigDecimal(b)));
    }
  }

  private void addExactly(BigDecimal term) {
    extremes = extremes == null ? term : extremes.add(term);
  }

  /** {@return the sum rounded to a floating-point dtype} */
  double rounded(DType dtype) {
    if (special != 0) { // infinite or NaN
      return special;
    }
    if (extremes == null) {
      return Precise.of(sum).round(dtype);
    }
    BigDecimal all = extremes.add(new BigDecimal(sum.high())).add(new BigDecimal(sum.low()));
    int exponent = Math.max(all.precision() - all.scale(), -300) * 10 / 3; // of about this size
    BigDecimal power = BigDecimal.TWO.pow(Math.abs(exponent));
    BigDecimal digits =
        exponent < 0
            ? all.multiply(power)
            : all.divide(power, new java.math.MathContext(all.precision() + 40));
    return Precise.of(DoubleDouble.of(digits), exponent).round(dtype);
  }
}
