package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.DTypeException;

/**
 * The elements of one array, read and written as float64 or int64 with the casts of the framework.
 *
 * <p>Written as float64, a value rounds once to a narrower float, is cut towards zero to an integer
 * (saturating at int64, NaN to 0, then wrapping to a narrower integer), and is true unless it is
 * zero. Written as int64, it rounds once to a float, wraps to a narrower integer, and is true
 * unless it is zero.
 *
 * <p>A run is {@code n} elements at {@code at, at + step, at + 2·step, …}.
 */
abstract class Elements {
  private final DType dtype;
  private final int length;

  Elements(DType dtype, int length) {
    this.dtype = dtype;
    this.length = length;
  }

  /** {@return the dtype of the elements} */
  final DType dtype() {
    return dtype;
  }

  /** {@return how many there are} */
  final int length() {
    return length;
  }

  /** {@return the array} */
  abstract Object array();

  /** {@return an element as float64} */
  abstract double getDouble(int at);

  /** {@return an element as int64} */
  abstract long getLong(int at);

  /** Writes an element from float64. */
  abstract void setDouble(int at, double value);

  /** Writes an element from int64. */
  abstract void setLong(int at, long value);

  /** Reads a run as float64 into {@code to[start …]}. */
  void read(int at, int step, double[] to, int start, int n) {
    for (int i = 0; i < n; i++) {
      to[start + i] = getDouble(at + i * step);
    }
  }

  /** Reads a run as int64 into {@code to[start …]}. */
  void read(int at, int step, long[] to, int start, int n) {
    for (int i = 0; i < n; i++) {
      to[start + i] = getLong(at + i * step);
    }
  }

  /** Writes a run from float64 in {@code from[start …]}. */
  void write(int at, int step, double[] from, int start, int n) {
    for (int i = 0; i < n; i++) {
      setDouble(at + i * step, from[start + i]);
    }
  }

  /** Writes a run from int64 in {@code from[start …]}. */
  void write(int at, int step, long[] from, int start, int n) {
    for (int i = 0; i < n; i++) {
      setLong(at + i * step, from[start + i]);
    }
  }

  /**
   * {@return new elements, all zero}
   *
   * @param dtype their dtype
   * @param n how many
   */
  static Elements allocate(DType dtype, int n) {
    return switch (dtype) {
      case BOOL, UINT8, INT8 -> of(dtype, new byte[n]);
      case INT16, FLOAT16, BFLOAT16 -> of(dtype, new short[n]);
      case INT32 -> of(dtype, new int[n]);
      case INT64 -> of(dtype, new long[n]);
      case FLOAT32 -> of(dtype, new float[n]);
      case FLOAT64 -> of(dtype, new double[n]);
    };
  }

  /**
   * {@return the elements of an array}
   *
   * @param dtype their dtype
   * @param array an array of the kind that stores the dtype
   * @throws DTypeException if it is of another kind
   */
  static Elements of(DType dtype, Object array) {
    return switch (dtype) {
      case BOOL -> made(new IntegralElements.Bool(expect(dtype, array, byte[].class)));
      case UINT8 -> made(new IntegralElements.Uint8(expect(dtype, array, byte[].class)));
      case INT8 -> made(new IntegralElements.Int8(expect(dtype, array, byte[].class)));
      case INT16 -> made(new IntegralElements.Int16(expect(dtype, array, short[].class)));
      case INT32 -> made(new IntegralElements.Int32(expect(dtype, array, int[].class)));
      case INT64 -> made(new IntegralElements.Int64(expect(dtype, array, long[].class)));
      case FLOAT16 -> made(new FloatingElements.Float16(expect(dtype, array, short[].class)));
      case BFLOAT16 -> made(new FloatingElements.Bfloat16(expect(dtype, array, short[].class)));
      case FLOAT32 -> made(new FloatingElements.Float32(expect(dtype, array, float[].class)));
      case FLOAT64 -> made(new FloatingElements.Float64(expect(dtype, array, double[].class)));
    };
  }

  /**
   * Takes any object, as the verifier would load the classes of all dtypes to see that they fit.
   */
  private static Elements made(Object elements) {
    return (Elements) elements;
  }

  private static <A> A expect(DType dtype, Object array, Class<A> kind) {
    if (kind.isInstance(array)) {
      return kind.cast(array);
    }
    throw new DTypeException(
        dtype.shortName()
            + " is stored as "
            + kind.getSimpleName()
            + ", but the array is a "
            + array.getClass().getSimpleName());
  }
}
