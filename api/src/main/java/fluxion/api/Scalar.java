package fluxion.api;

/**
 * A single number from the program: integral, floating-point or a truth value.
 *
 * <p>A scalar is <em>weak</em> in type promotion: it widens a tensor's category (integers to
 * floating point) but never its width.
 */
public final class Scalar {
  private static final Scalar TRUE = new Scalar(DType.BOOL, 1, 1);
  private static final Scalar FALSE = new Scalar(DType.BOOL, 0, 0);

  private final DType dtype;
  private final long integer;
  private final double floating;

  private Scalar(DType dtype, long integer, double floating) {
    this.dtype = dtype;
    this.integer = integer;
    this.floating = floating;
  }

  /**
   * {@return an integral scalar}
   *
   * @param value its value
   */
  public static Scalar of(long value) {
    return new Scalar(DType.INT64, value, value);
  }

  /**
   * {@return a floating-point scalar}
   *
   * @param value its value
   */
  public static Scalar of(double value) {
    return new Scalar(DType.FLOAT64, (long) value, value);
  }

  /**
   * {@return a truth value}
   *
   * @param value its value
   */
  public static Scalar of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** {@return {@code BOOL}, {@code INT64} or {@code FLOAT64}: the widest dtype of its category} */
  public DType dtype() {
    return dtype;
  }

  /** {@return whether this is a floating-point number} */
  public boolean isFloatingPoint() {
    return dtype == DType.FLOAT64;
  }

  /** {@return the value as an integer; a floating-point value is cut towards zero} */
  public long toLong() {
    return integer;
  }

  /** {@return the value as a float64} */
  public double toDouble() {
    return floating;
  }

  /** {@return whether the value differs from zero} */
  public boolean toBoolean() {
    return isFloatingPoint() ? floating != 0 : integer != 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scalar that
        && dtype == that.dtype
        && integer == that.integer
        && Double.doubleToLongBits(floating) == Double.doubleToLongBits(that.floating);
  }

  @Override
  public int hashCode() {
    return 31 * dtype.hashCode() + Double.hashCode(floating);
  }

  /** {@return the value as Python prints it: {@code 2}, {@code 0.5}, {@code True}} */
  @Override
  public String toString() {
    return switch (dtype) {
      case BOOL -> integer != 0 ? "True" : "False";
      case INT64 -> Long.toString(integer);
      default -> PythonNumbers.text(floating);
    };
  }
}
