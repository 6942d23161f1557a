package fluxion.backend.cpu.interpret;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.HalfFloats;

/**
 * Conversions between registers, a loop each: to a float rounded once to nearest, ties to even; to
 * an integer cut towards zero, saturating at int64, NaN giving 0, then wrapped; to a truth value
 * compared with 0.
 */
final class CastLoops {
  private CastLoops() {}

  /**
   * Converts {@code a[from … to − 1]} into {@code r}, which may be {@code a}.
   *
   * @param type the dtype of the result
   * @param r its register
   * @param a the source's register
   * @param from the first index
   * @param to the index behind the last
   */
  static void run(DType type, Object r, Object a, int from, int to) {
    if (r instanceof float[] floats) {
      if (type == DType.FLOAT32) {
        toFloat(floats, a, from, to);
      } else {
        toHalf(type == DType.FLOAT16, floats, a, from, to);
      }
    } else if (r instanceof double[] doubles) {
      toDouble(doubles, a, from, to);
    } else if (r instanceof long[] longs) {
      toLong(longs, a, from, to);
    } else if (type == DType.BOOL) {
      toBool((int[]) r, a, from, to);
    } else {
      toInt((int[]) r, a, from, to);
      wrap(type, (int[]) r, from, to);
    }
  }

  /** Wraps integers in place to a dtype of up to 32 bits; of a truth value the lowest bit stays. */
  static void wrap(DType type, int[] r, int from, int to) {
    if (type == DType.BOOL) {
      for (int i = from; i < to; i++) {
        r[i] &= 1;
      }
    } else if (type == DType.UINT8) {
      for (int i = from; i < to; i++) {
        r[i] &= 0xff;
      }
    } else if (type == DType.INT8) {
      for (int i = from; i < to; i++) {
        r[i] = (byte) r[i];
      }
    } else if (type == DType.INT16) {
      for (int i = from; i < to; i++) {
        r[i] = (short) r[i];
      }
    }
  }

  /**
   * Reinterprets floats as the integers of their bits, or integers as the floats with their bits.
   */
  static void bits(Object r, Object a, int from, int to) {
    if (r instanceof int[] ints) {
      float[] floats = (float[]) a;
      for (int i = from; i < to; i++) {
        ints[i] = Float.floatToRawIntBits(floats[i]);
      }
    } else if (r instanceof long[] longs) {
      double[] doubles = (double[]) a;
      for (int i = from; i < to; i++) {
        longs[i] = Double.doubleToRawLongBits(doubles[i]);
      }
    } else if (r instanceof float[] floats) {
      int[] ints = (int[]) a;
      for (int i = from; i < to; i++) {
        floats[i] = Float.intBitsToFloat(ints[i]);
      }
    } else {
      double[] doubles = (double[]) r;
      long[] longs = (long[]) a;
      for (int i = from; i < to; i++) {
        doubles[i] = Double.longBitsToDouble(longs[i]);
      }
    }
  }

  private static void toFloat(float[] r, Object from, int start, int end) {
    if (from instanceof float[] a) {
      System.arraycopy(a, start, r, start, end - start);
    } else if (from instanceof double[] a) {
      for (int i = start; i < end; i++) {
        r[i] = (float) a[i];
      }
    } else if (from instanceof int[] a) {
      for (int i = start; i < end; i++) {
        r[i] = a[i];
      }
    } else {
      long[] a = (long[]) from;
      for (int i = start; i < end; i++) {
        r[i] = a[i];
      }
    }
  }

  private static void toHalf(boolean binary16, float[] r, Object from, int start, int end) {
    if (from instanceof float[] a) {
      for (int i = start; i < end; i++) {
        r[i] =
            binary16
                ? HalfFloats.fromFloat16(HalfFloats.toFloat16((double) a[i]))
                : HalfFloats.fromBfloat16(HalfFloats.toBfloat16((double) a[i]));
      }
    } else if (from instanceof double[] a) {
      for (int i = start; i < end; i++) {
        r[i] =
            binary16
                ? HalfFloats.fromFloat16(HalfFloats.toFloat16(a[i]))
                : HalfFloats.fromBfloat16(HalfFloats.toBfloat16(a[i]));
      }
    } else if (from instanceof int[] a) {
      for (int i = start; i < end; i++) {
        r[i] =
            binary16
                ? HalfFloats.fromFloat16(HalfFloats.toFloat16((long) a[i]))
                : HalfFloats.fromBfloat16(HalfFloats.toBfloat16((long) a[i]));
      }
    } else {
      long[] a = (long[]) from;
      for (int i = start; i < end; i++) {
        r[i] =
            binary16
                ? HalfFloats.fromFloat16(HalfFloats.toFloat16(a[i]))
                : HalfFloats.fromBfloat16(HalfFloats.toBfloat16(a[i]));
      }
    }
  }

  private static void toDouble(double[] r, Object from, int start, int end) {
    if (from instanceof float[] a) {
      for (int i = start; i < end; i++) {
        r[i] = a[i];
      }
    } else if (from instanceof double[] a) {
      System.arraycopy(a, start, r, start, end - start);
    } else if (from instanceof int[] a) {
      for (int i = start; i < end; i++) {
        r[i] = a[i];
      }
    } else {
      long[] a = (long[]) from;
      for (int i = start; i < end; i++) {
        r[i] = a[i];
      }
    }
  }

  private static void toLong(long[] r, Object from, int start, int end) {
    if (from instanceof float[] a) {
      for (int i = start; i < end; i++) {
        r[i] = (long) a[i];
      }
    } else if (from instanceof double[] a) {
      for (int i = start; i < end; i++) {
        r[i] = (long) a[i];
      }
    } else if (from instanceof int[] a) {
      for (int i = start; i < end; i++) {
        r[i] = a[i];
      }
    } else {
      long[] a = (long[]) from;
      System.arraycopy(a, start, r, start, end - start);
    }
  }

  private static void toInt(int[] r, Object from, int start, int end) {
    if (from instanceof float[] a) {
      for (int i = start; i < end; i++) {
        r[i] = (int) (long) a[i];
      }
    } else if (from instanceof double[] a) {
      for (int i = start; i < end; i++) {
        r[i] = (int) (long) a[i];
      }
    } else if (from instanceof int[] a) {
      System.arraycopy(a, start, r, start, end - start);
    } else {
      long[] a = (long[]) from;
      for (int i = start; i < end; i++) {
        r[i] = (int) a[i];
      }
    }
  }

  private static void toBool(int[] r, Object from, int start, int end) {
    if (from instanceof float[] a) {
      for (int i = start; i < end; i++) {
        r[i] = a[i] != 0 ? 1 : 0;
      }
    } else if (from instanceof double[] a) {
      for (int i = start; i < end; i++) {
        r[i] = a[i] != 0 ? 1 : 0;
      }
    } else if (from instanceof int[] a) {
      for (int i = start; i < end; i++) {
        r[i] = a[i] != 0 ? 1 : 0;
      }
    } else {
      long[] a = (long[]) from;
      for (int i = start; i < end; i++) {
        r[i] = a[i] != 0 ? 1 : 0;
      }
    }
  }
}
