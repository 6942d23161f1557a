package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.engine.spi.Backend;

/** The Java arrays that {@link Backend#upload} and {@link Backend#download} take. */
final class Memories {
  private Memories() {}

  /** A new array for a dtype. */
  static Object array(DType dtype, int length) {
    return switch (dtype) {
      case FLOAT32 -> new float[length];
      case FLOAT64 -> new double[length];
      case INT64 -> new long[length];
      case INT32 -> new int[length];
      case INT16, FLOAT16, BFLOAT16 -> new short[length];
      case INT8, UINT8, BOOL -> new byte[length];
    };
  }

  /** Puts a float that the dtype can hold. */
  static void put(Object array, int place, DType dtype, double value) {
    switch (array) {
      case float[] floats -> floats[place] = (float) value;
      case double[] doubles -> doubles[place] = value;
      case short[] shorts -> shorts[place] = Numbers.toBits(dtype, value);
      default -> throw new IllegalStateException("no floats: " + array.getClass());
    }
  }

  /** Puts an integer that the dtype can hold. */
  static void put(Object array, int place, long value) {
    switch (array) {
      case long[] longs -> longs[place] = value;
      case int[] ints -> ints[place] = (int) value;
      case short[] shorts -> shorts[place] = (short) value;
      case byte[] bytes -> bytes[place] = (byte) value;
      default -> throw new IllegalStateException("no integers: " + array.getClass());
    }
  }

  /** A float. */
  static double real(Object array, int place, DType dtype) {
    return switch (array) {
      case float[] floats -> floats[place];
      case double[] doubles -> doubles[place];
      case short[] shorts -> Numbers.fromBits(dtype, shorts[place]);
      default -> throw new IllegalStateException("no floats: " + array.getClass());
    };
  }

  /** An integer, or the byte of a truth value as it is. */
  static long whole(Object array, int place, DType dtype) {
    return switch (array) {
      case long[] longs -> longs[place];
      case int[] ints -> ints[place];
      case short[] shorts -> shorts[place];
      case byte[] bytes -> dtype == DType.INT8 ? bytes[place] : bytes[place] & 0xFF;
      default -> throw new IllegalStateException("no integers: " + array.getClass());
    };
  }

  /** Whether two arrays hold the same at a place; all NaNs are the same. */
  static boolean same(Object a, Object b, int place, DType dtype) {
    return dtype.isFloatingPoint()
        ? Double.compare(real(a, place, dtype), real(b, place, dtype)) == 0
        : whole(a, place, dtype) == whole(b, place, dtype);
  }
}
