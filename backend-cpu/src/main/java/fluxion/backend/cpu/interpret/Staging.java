package fluxion.backend.cpu.interpret;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.HalfFloats;
import java.util.Arrays;

/**
 * Brings runs of elements into registers and back. A run is {@code n} elements at {@code at, at +
 * step, at + 2·step, …} of an array; in the register they lie one after another.
 */
final class Staging {
  private Staging() {}

  /**
   * Reads a run.
   *
   * @param type the dtype of the elements
   * @param array the array that stores them
   * @param at where the first lies
   * @param step the step from one to the next
   * @param register a register of the kind that holds the dtype
   * @param start where the first goes
   * @param n how many
   */
  static void load(DType type, Object array, int at, int step, Object register, int start, int n) {
    switch (type) {
      case FLOAT32 -> load((float[]) array, at, step, (float[]) register, start, n);
      case FLOAT64 -> load((double[]) array, at, step, (double[]) register, start, n);
      case INT32 -> load((int[]) array, at, step, (int[]) register, start, n);
      case INT64 -> load((long[]) array, at, step, (long[]) register, start, n);
      case INT16 -> loadInt16((short[]) array, at, step, (int[]) register, start, n);
      case INT8, BOOL -> loadInt8((byte[]) array, at, step, (int[]) register, start, n);
      case UINT8 -> loadUint8((byte[]) array, at, step, (int[]) register, start, n);
      case FLOAT16 -> loadFloat16((short[]) array, at, step, (float[]) register, start, n);
      case BFLOAT16 -> loadBfloat16((short[]) array, at, step, (float[]) register, start, n);
    }
  }

  /**
   * Writes a run.
   *
   * @param type the dtype of the elements
   * @param register a register of the kind that holds the dtype, with values of the dtype
   * @param start where the first lies
   * @param array the array that stores the elements
   * @param at where the first goes
   * @param step the step from one to the next
   * @param n how many
   */
  static void store(DType type, Object register, int start, Object array, int at, int step, int n) {
    switch (type) {
      case FLOAT32 -> store((float[]) register, start, (float[]) array, at, step, n);
      case FLOAT64 -> store((double[]) register, start, (double[]) array, at, step, n);
      case INT32 -> store((int[]) register, start, (int[]) array, at, step, n);
      case INT64 -> store((long[]) register, start, (long[]) array, at, step, n);
      case INT16 -> storeInt16((int[]) register, start, (short[]) array, at, step, n);
      case INT8, UINT8, BOOL -> storeInt8((int[]) register, start, (byte[]) array, at, step, n);
      case FLOAT16 -> storeFloat16((float[]) register, start, (short[]) array, at, step, n);
      case BFLOAT16 -> storeBfloat16((float[]) register, start, (short[]) array, at, step, n);
    }
  }

  private static void load(float[] array, int at, int step, float[] r, int start, int n) {
    if (step == 1) {
      System.arraycopy(array, at, r, start, n);
    } else if (step == 0) {
      Arrays.fill(r, start, start + n, array[at]);
    } else {
      for (int i = 0; i < n; i++) {
        r[start + i] = array[at + i * step];
      }
    }
  }

  private static void store(float[] r, int start, float[] array, int at, int step, int n) {
    if (step == 1) {
      System.arraycopy(r, start, array, at, n);
    } else {
      for (int i = 0; i < n; i++) {
        array[at + i * step] = r[start + i];
      }
    }
  }

  private static void load(double[] array, int at, int step, double[] r, int start, int n) {
    if (step == 1) {
      System.arraycopy(array, at, r, start, n);
    } else if (step == 0) {
      Arrays.fill(r, start, start + n, array[at]);
    } else {
      for (int i = 0; i < n; i++) {
        r[start + i] = array[at + i * step];
      }
    }
  }

  private static void store(double[] r, int start, double[] array, int at, int step, int n) {
    if (step == 1) {
      System.arraycopy(r, start, array, at, n);
    } else {
      for (int i = 0; i < n; i++) {
        array[at + i * step] = r[start + i];
      }
    }
  }

  private static void load(int[] array, int at, int step, int[] r, int start, int n) {
    if (step == 1) {
      System.arraycopy(array, at, r, start, n);
    } else if (step == 0) {
      Arrays.fill(r, start, start + n, array[at]);
    } else {
      for (int i = 0; i < n; i++) {
        r[start + i] = array[at + i * step];
      }
    }
  }

  private static void store(int[] r, int start, int[] array, int at, int step, int n) {
    if (step == 1) {
      System.arraycopy(r, start, array, at, n);
    } else {
      for (int i = 0; i < n; i++) {
        array[at + i * step] = r[start + i];
      }
    }
  }

  private static void load(long[] array, int at, int step, long[] r, int start, int n) {
    if (step == 1) {
      System.arraycopy(array, at, r, start, n);
    } else if (step == 0) {
      Arrays.fill(r, start, start + n, array[at]);
    } else {
      for (int i = 0; i < n; i++) {
        r[start + i] = array[at + i * step];
      }
    }
  }

  private static void store(long[] r, int start, long[] array, int at, int step, int n) {
    if (step == 1) {
      System.arraycopy(r, start, array, at, n);
    } else {
      for (int i = 0; i < n; i++) {
        array[at + i * step] = r[start + i];
      }
    }
  }

  private static void loadInt16(short[] array, int at, int step, int[] r, int start, int n) {
    for (int i = 0; i < n; i++) {
      r[start + i] = array[at + i * step];
    }
  }

  private static void loadInt8(byte[] array, int at, int step, int[] r, int start, int n) {
    for (int i = 0; i < n; i++) {
      r[start + i] = array[at + i * step];
    }
  }

  private static void loadUint8(byte[] array, int at, int step, int[] r, int start, int n) {
    for (int i = 0; i < n; i++) {
      r[start + i] = array[at + i * step] & 0xff;
    }
  }

  private static void loadFloat16(short[] array, int at, int step, float[] r, int start, int n) {
    for (int i = 0; i < n; i++) {
      r[start + i] = HalfFloats.fromFloat16(array[at + i * step]);
    }
  }

  private static void loadBfloat16(short[] array, int at, int step, float[] r, int start, int n) {
    for (int i = 0; i < n; i++) {
      r[start + i] = HalfFloats.fromBfloat16(array[at + i * step]);
    }
  }

  private static void storeInt16(int[] r, int start, short[] array, int at, int step, int n) {
    for (int i = 0; i < n; i++) {
      array[at + i * step] = (short) r[start + i];
    }
  }

  private static void storeInt8(int[] r, int start, byte[] array, int at, int step, int n) {
    for (int i = 0; i < n; i++) {
      array[at + i * step] = (byte) r[start + i];
    }
  }

  private static void storeFloat16(float[] r, int start, short[] array, int at, int step, int n) {
    for (int i = 0; i < n; i++) {
      array[at + i * step] = HalfFloats.toFloat16((double) r[start + i]);
    }
  }

  private static void storeBfloat16(float[] r, int start, short[] array, int at, int step, int n) {
    for (int i = 0; i < n; i++) {
      array[at + i * step] = HalfFloats.toBfloat16((double) r[start + i]);
    }
  }
}
