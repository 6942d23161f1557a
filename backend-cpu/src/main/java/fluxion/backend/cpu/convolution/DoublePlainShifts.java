package fluxion.backend.cpu.convolution;

import java.util.Arrays;

/** The loops of depthwise convolutions of float64 that the JVM vectorises by itself, or none. */
final class DoublePlainShifts {
  private DoublePlainShifts() {}

  /** See {@link Loops#chains}. */
  static void chains(
      double[] staged,
      int[] offsets,
      int taps,
      int base,
      double[] w,
      int first,
      double[] target,
      int at,
      int count) {
    Arrays.fill(target, at, at + count, 0);
    for (int k = 0; k < taps; k++) {
      addMultiples(w[first + k], staged, offsets[k] + base, target, at, count);
    }
  }

  private static void addMultiples(
      double x, double[] source, int from, double[] target, int at, int count) {
    for (int j = 0; j < count; j++) {
      target[at + j] = Math.fma(x, source[from + j], target[at + j]);
    }
  }

  /** See {@link Loops#sums}, and {@link DoubleShifts#sums} for zeros. */
  static void sums(
      double[] source,
      int[] offsets,
      int taps,
      int chain,
      double[] w,
      double[] target,
      int at,
      int count) {
    Arrays.fill(target, at, at + count, 0);
    for (int k = 0; k < taps; k++) {
      if (chain == 1) {
        addProducts(w[k], source, offsets[k], target, at, count);
      } else {
        addChains(source, offsets, k * chain, chain, w, target, at, count);
      }
    }
  }

  private static void addProducts(
      double x, double[] source, int from, double[] target, int at, int count) {
    for (int j = 0; j < count; j++) {
      target[at + j] += x * source[from + j];
    }
  }

  private static void addChains(
      double[] source,
      int[] offsets,
      int first,
      int chain,
      double[] w,
      double[] target,
      int at,
      int count) {
    for (int j = 0; j < count; j++) {
      double c = 0;
      for (int o = first; o < first + chain; o++) {
        c = Math.fma(w[o], source[offsets[o] + j], c);
      }
      target[at + j] += c;
    }
  }

  /** See {@link Loops#correlate}: several chains at a time, as each waits for its last step. */
  static void correlate(
      double[] staged,
      int[] offsets,
      int taps,
      int base,
      int stride,
      double[] y,
      int at,
      int rows,
      int width,
      double[] sums,
      int first) {
    int k = 0;
    for (; k + 8 <= taps; k += 8) {
      eight(staged, offsets, k, base, stride, y, at, rows, width, sums, first + k);
    }
    for (; k + 3 <= taps; k += 3) {
      three(staged, offsets, k, base, stride, y, at, rows, width, sums, first + k);
    }
    for (; k < taps; k++) {
      one(staged, offsets[k] + base, stride, y, at, rows, width, sums, first + k);
    }
  }

  private static void eight(
      double[] staged,
      int[] offsets,
      int k,
      int base,
      int stride,
      double[] y,
      int at,
      int rows,
      int width,
      double[] sums,
      int first) {
    int o1 = offsets[k + 1] - offsets[k];
    int o2 = offsets[k + 2] - offsets[k];
    int o3 = offsets[k + 3] - offsets[k];
    int o4 = offsets[k + 4] - offsets[k];
    int o5 = offsets[k + 5] - offsets[k];
    int o6 = offsets[k + 6] - offsets[k];
    int o7 = offsets[k + 7] - offsets[k];
    double s0 = sums[first];
    double s1 = sums[first + 1];
    double s2 = sums[first + 2];
    double s3 = sums[first + 3];
    double s4 = sums[first + 4];
    double s5 = sums[first + 5];
    double s6 = sums[first + 6];
    double s7 = sums[first + 7];
    for (int i = 0; i < rows; i++) {
      int from = offsets[k] + base + i * stride;
      int row = at + i * width;
      for (int j = 0; j < width; j++) {
        int x = from + j;
        double v = y[row + j];
        s0 = Math.fma(staged[x], v, s0);
        s1 = Math.fma(staged[x + o1], v, s1);
        s2 = Math.fma(staged[x + o2], v, s2);
        s3 = Math.fma(staged[x + o3], v, s3);
        s4 = Math.fma(staged[x + o4], v, s4);
        s5 = Math.fma(staged[x + o5], v, s5);
        s6 = Math.fma(staged[x + o6], v, s6);
        s7 = Math.fma(staged[x + o7], v, s7);
      }
    }
    sums[first] = s0;
    sums[first + 1] = s1;
    sums[first + 2] = s2;
    sums[first + 3] = s3;
    sums[first + 4] = s4;
    sums[first + 5] = s5;
    sums[first + 6] = s6;
    sums[first + 7] = s7;
  }

  private static void three(
      double[] staged,
      int[] offsets,
      int k,
      int base,
      int stride,
      double[] y,
      int at,
      int rows,
      int width,
      double[] sums,
      int first) {
    int o1 = offsets[k + 1] - offsets[k];
    int o2 = offsets[k + 2] - offsets[k];
    double s0 = sums[first];
    double s1 = sums[first + 1];
    double s2 = sums[first + 2];
    for (int i = 0; i < rows; i++) {
      int from = offsets[k] + base + i * stride;
      int row = at + i * width;
      for (int j = 0; j < width; j++) {
        int x = from + j;
        double v = y[row + j];
        s0 = Math.fma(staged[x], v, s0);
        s1 = Math.fma(staged[x + o1], v, s1);
        s2 = Math.fma(staged[x + o2], v, s2);
      }
    }
    sums[first] = s0;
    sums[first + 1] = s1;
    sums[first + 2] = s2;
  }

  private static void one(
      double[] staged,
      int from,
      int stride,
      double[] y,
      int at,
      int rows,
      int width,
      double[] sums,
      int first) {
    double s = sums[first];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        s = Math.fma(staged[from + i * stride + j], y[at + i * width + j], s);
      }
    }
    sums[first] = s;
  }
}
