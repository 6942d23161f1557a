package fluxion.conformance.reference;

import fluxion.api.DType;

/**
 * Two elements of one dtype combined. A sum and a product of floats are rounded to the dtype, which
 * is the same as rounding once: a float64 has more than twice the bits of the narrower floats
 * (Figueroa, "When is double rounding innocuous?", 1995).
 */
final class Arithmetic {
  private Arithmetic() {}

  static long add(DType dtype, long a, long b) {
    if (dtype == DType.BOOL) {
      return a | b;
    }
    return dtype.isFloatingPoint()
        ? Element.of(Rounding.nearest(Element.toDouble(a) + Element.toDouble(b), dtype))
        : Element.wrap(a + b, dtype);
  }

  static long multiply(DType dtype, long a, long b) {
    return dtype.isFloatingPoint()
        ? Element.of(Rounding.nearest(Element.toDouble(a) * Element.toDouble(b), dtype))
        : Element.wrap(a * b, dtype);
  }

  /** {@return the smaller; NaN if either is, and −0 below 0} */
  static long min(DType dtype, long a, long b) {
    return dtype.isFloatingPoint()
        ? Element.of(Math.min(Element.toDouble(a), Element.toDouble(b)))
        : Math.min(a, b);
  }

  /** {@return the larger; NaN if either is, and −0 below 0} */
  static long max(DType dtype, long a, long b) {
    return dtype.isFloatingPoint()
        ? Element.of(Math.max(Element.toDouble(a), Element.toDouble(b)))
        : Math.max(a, b);
  }

  /** {@return the order of two numbers, −0 equal to 0 and NaN above all others} */
  static int compare(DType dtype, long a, long b) {
    if (!dtype.isFloatingPoint()) {
      return Long.compare(a, b);
    }
    // + 0.0 takes −0 to 0
    return Double.compare(Element.toDouble(a) + 0.0, Element.toDouble(b) + 0.0);
  }
}
