package fluxion.backend.cpu;

import fluxion.api.DType;

/**
 * Turns elements into integers of the same order, in which −0 equals 0 and all NaNs are equal and
 * the largest. The complement of a key reverses the order and keeps equality, so that descending
 * sorts are stable too.
 */
final class SortKeys {
  private SortKeys() {}

  /** {@return whether the keys of a dtype fit 32 bits} */
  static boolean narrow(DType dtype) {
    return dtype.bytes() <= 4;
  }

  /** {@return the key of a float} */
  static int key(float value) {
    // adding 0 takes −0 to 0; floatToIntBits makes all NaNs one, above infinity
    int bits = Float.floatToIntBits(value + 0.0f);
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }

  /** {@return the key of a double} */
  static long key(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  /**
   * Writes the keys of contiguous elements of a narrow dtype, each in the upper half of a long over
   * its index.
   */
  static void narrow(Elements line, boolean descending, long[] to, int n) {
    int flip = descending ? -1 : 0;
    if (line.array() instanceof float[] floats) {
      for (int i = 0; i < n; i++) {
        to[i] = (long) (key(floats[i]) ^ flip) << 32 | i;
      }
    } else if (line.dtype().isFloatingPoint()) {
      for (int i = 0; i < n; i++) {
        to[i] = (long) (key((float) line.getDouble(i)) ^ flip) << 32 | i;
      }
    } else {
      for (int i = 0; i < n; i++) {
        to[i] = (long) ((int) line.getLong(i) ^ flip) << 32 | i;
      }
    }
  }

  /** Writes the keys of contiguous elements of a wide dtype. */
  static void wide(Elements line, boolean descending, long[] to, int n) {
    long flip = descending ? -1 : 0;
    if (line.array() instanceof double[] doubles) {
      for (int i = 0; i < n; i++) {
        to[i] = key(doubles[i]) ^ flip;
      }
    } else {
      for (int i = 0; i < n; i++) {
        to[i] = line.getLong(i) ^ flip;
      }
    }
  }
}
