package fluxion.backend.cpu;

/**
 * Sorts int64 keys stably together with their indices: short lines by merging, long ones digit by
 * digit from the lowest.
 */
final class WideSort {
  private static final int DIGIT = 11;
  private static final int BUCKETS = 1 << DIGIT;
  private static final int PASSES = 6;

  /** From this length on digits are faster than comparisons. */
  private static final int LONG = 6000;

  /** Runs of this length are sorted by insertion before they are merged. */
  private static final int RUN = 16;

  private long[] keys;
  private int[] order;
  private long[] otherKeys;
  private int[] otherOrder;

  /**
   * Room for some keys.
   *
   * @param most how many
   */
  WideSort(int most) {
    keys = new long[most];
    order = new int[most];
    otherKeys = new long[most];
    otherOrder = new int[most];
  }

  /** {@return the keys to be filled and sorted} */
  long[] keys() {
    return keys;
  }

  /**
   * {@return the indices of the keys in their order}
   *
   * @param n how many there are
   */
  int[] sort(int n) {
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    if (n < LONG) {
      merge(n);
    } else {
      digits(n);
    }
    return order;
  }

  private void swap() {
    long[] sortedKeys = otherKeys;
    int[] sortedOrder = otherOrder;
    otherKeys = keys;
    otherOrder = order;
    keys = sortedKeys;
    order = sortedOrder;
  }

  private void digits(int n) {
    int[] counts = new int[PASSES * BUCKETS];
    for (int i = 0; i < n; i++) {
      long key = keys[i] ^ Long.MIN_VALUE;
      for (int pass = 0; pass < PASSES; pass++) {
        counts[pass * BUCKETS + (int) (key >>> (pass * DIGIT) & BUCKETS - 1)]++;
      }
    }
    for (int pass = 0; pass < PASSES; pass++) {
      if (Digits.starts(counts, pass * BUCKETS, BUCKETS, n)) {
        pass(keys, order, otherKeys, otherOrder, n, counts, pass);
        swap();
      }
    }
  }

  private static void pass(
      long[] keys, int[] order, long[] toKeys, int[] toOrder, int n, int[] starts, int pass) {
    int shift = pass * DIGIT;
    int first = pass * BUCKETS;
    for (int i = 0; i < n; i++) {
      long key = keys[i];
      int place = starts[first + (int) ((key ^ Long.MIN_VALUE) >>> shift & BUCKETS - 1)]++;
      toKeys[place] = key;
      toOrder[place] = order[i];
    }
  }

  private void merge(int length) {
    for (int start = 0; start < length; start += RUN) {
      insert(start, Math.min(start + RUN, length));
    }
    for (int run = RUN; run < length; run *= 2) {
      for (int start = 0; start < length; start += 2 * run) {
        int middle = Math.min(start + run, length);
        merge(start, middle, Math.min(middle + run, length));
      }
      swap();
    }
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long key = keys[i];
      int place = order[i];
      int j = i;
      for (; j > from && keys[j - 1] > key; j--) {
        keys[j] = keys[j - 1];
        order[j] = order[j - 1];
      }
      keys[j] = key;
      order[j] = place;
    }
  }

  private void merge(int from, int middle, int to) {
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      // of equal keys the left one comes first
      if (left < middle && (right == to || keys[left] <= keys[right])) {
        otherKeys[i] = keys[left];
        otherOrder[i] = order[left++];
      } else {
        otherKeys[i] = keys[right];
        otherOrder[i] = order[right++];
      }
    }
  }
}
