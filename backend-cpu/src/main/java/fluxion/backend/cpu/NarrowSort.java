package fluxion.backend.cpu;

import java.util.Arrays;

/**
 * Sorts longs whose upper halves are keys and whose lower halves are their indices: distinct
 * numbers, so that any sort of them is a stable sort of the keys. Long lines are sorted digit by
 * digit from the lowest (Knuth, <i>The Art of Computer Programming</i> 3, 5.2.5).
 */
final class NarrowSort {
  private static final int DIGIT = 11;
  private static final int BUCKETS = 1 << DIGIT;
  private static final int PASSES = 3;

  /** From this length on digits are faster than comparisons. */
  private static final int LONG = 3000;

  private NarrowSort() {}

  /**
   * {@return the array that holds the sorted numbers}
   *
   * @param x the numbers
   * @param other as long an array
   * @param n how many
   */
  static long[] sort(long[] x, long[] other, int n) {
    if (n < LONG) {
      Arrays.sort(x, 0, n);
      return x;
    }
    int[] counts = new int[PASSES * BUCKETS];
    for (int i = 0; i < n; i++) {
      int key = key(x[i]);
      counts[key & BUCKETS - 1]++;
      counts[BUCKETS + (key >>> DIGIT & BUCKETS - 1)]++;
      counts[2 * BUCKETS + (key >>> (2 * DIGIT))]++;
    }
    long[] from = x;
    long[] to = other;
    for (int pass = 0; pass < PASSES; pass++) {
      if (!Digits.starts(counts, pass * BUCKETS, BUCKETS, n)) {
        continue;
      }
      pass(from, to, n, counts, pass);
      long[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private static void pass(long[] from, long[] to, int n, int[] starts, int pass) {
    int shift = pass * DIGIT;
    int first = pass * BUCKETS;
    for (int i = 0; i < n; i++) {
      long value = from[i];
      int bucket = first + (key(value) >>> shift & BUCKETS - 1);
      to[starts[bucket]++] = value;
    }
  }

  /** The key as an unsigned number. */
  private static int key(long value) {
    return (int) (value >>> 32) ^ Integer.MIN_VALUE;
  }
}
