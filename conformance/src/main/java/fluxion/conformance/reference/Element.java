package fluxion.conformance.reference;

import fluxion.api.DType;
import fluxion.api.Scalar;

/**
 * An element of any dtype in a {@code long}: an integer or a truth value (0 or 1) as itself, a
 * floating-point number as the bits of the double that it equals.
 */
final class Element {
  private Element() {}

  static long of(double value) {
    return Double.doubleToRawLongBits(value);
  }

  static double toDouble(long element) {
    return Double.longBitsToDouble(element);
  }

  /** {@return whether an element is not zero; NaN is not} */
  static boolean isTrue(DType dtype, long element) {
    return dtype.isFloatingPoint() ? toDouble(element) != 0 : element != 0;
  }

  /** {@return whether an element is NaN} */
  static boolean isNan(DType dtype, long element) {
    return dtype.isFloatingPoint() && Double.isNaN(toDouble(element));
  }

  /**
   * {@return a number of a program as an element}
   *
   * @param value the number
   * @param dtype the element's dtype
   */
  static long of(Scalar value, DType dtype) {
    return value.isFloatingPoint()
        ? cast(of(value.toDouble()), DType.FLOAT64, dtype)
        : cast(value.toLong(), DType.INT64, dtype);
  }

  /**
   * {@return an element converted to another dtype}
   *
   * <p>To a float: the nearest, ties to even. A float to an integer: cut towards zero to an int64
   * (NaN gives 0, what is beyond the range its ends), then wrapped. Between integers: wrapped. To
   * bool: whether it differs from zero.
   *
   * @param element the element
   * @param from its dtype
   * @param to the other dtype
   */
  static long cast(long element, DType from, DType to) {
    if (from == to) {
      return element;
    }
    if (to == DType.BOOL) {
      return isTrue(from, element) ? 1 : 0;
    }
    if (to.isFloatingPoint()) {
      return of(
          from.isFloatingPoint()
              ? Rounding.nearest(toDouble(element), to)
              : Rounding.nearest(element, to));
    }
    // Java's own conversion saturates and takes NaN to 0
    return wrap(from.isFloatingPoint() ? (long) toDouble(element) : element, to);
  }

  /** {@return the value of an integer dtype that is congruent to an integer; its lowest bit} */
  static long wrap(long value, DType dtype) {
    return switch (dtype) {
      case BOOL -> value & 1;
      case UINT8 -> value & 0xFF;
      case INT8 -> (byte) value;
      case INT16 -> (short) value;
      case INT32 -> (int) value;
      default -> value;
    };
  }
}
