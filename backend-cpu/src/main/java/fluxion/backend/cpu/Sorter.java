package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.engine.spi.Operand;
import java.util.Arrays;

/**
 * Stable sorting of lines.
 *
 * <p>Values are turned into int64 keys of the same order, in which −0 equals 0 and all NaNs are
 * equal and the largest. The complement of a key reverses the order and keeps equality, so that
 * descending sorts are stable too.
 */
final class Sorter {
  /** Runs of this length are sorted by insertion before they are merged. */
  private static final int RUN = 16;

  private long[] keys;
  private int[] order;
  private long[] otherKeys;
  private int[] otherOrder;

  private Sorter(int length) {
    keys = new long[length];
    order = new int[length];
    otherKeys = new long[length];
    otherOrder = new int[length];
  }

  /** Sorts all lines; see {@link fluxion.engine.spi.Backend#sort}. */
  static void run(Operand input, int dim, boolean descending, Operand values, Operand indices) {
    if (input.numel() == 0) {
      return;
    }
    Lines in = new Lines(input, dim);
    Lines out = new Lines(values, dim);
    Lines places = new Lines(indices, dim);
    int length = in.length();
    Sorter sorter = new Sorter(length);
    Values line = Values.of(input.dtype(), length);
    LongValues place = new LongValues(DType.INT64, new long[length]);
    long lines = Lines.count(input, dim);
    for (long i = 0; i < lines; i++) {
      in.next();
      in.read(line, 0, 1, length);
      sorter.take(line, descending);
      sorter.sort();
      sorter.arrange(line);
      for (int j = 0; j < length; j++) {
        place.registers()[j] = sorter.order[j];
      }
      out.next();
      out.write(line, 0, 1, length);
      places.next();
      places.write(place, 0, 1, length);
    }
  }

  private void take(Values line, boolean descending) {
    long flip = descending ? -1 : 0;
    for (int i = 0; i < keys.length; i++) {
      long key =
          switch (line) {
            case DoubleValues doubles -> key(doubles.registers()[i]);
            case LongValues longs -> longs.registers()[i];
          };
      keys[i] = key ^ flip;
      order[i] = i;
    }
  }

  private static long key(double value) {
    // adding 0 takes −0 to 0; doubleToLongBits makes all NaNs one, above infinity
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
  }

  private void sort() {
    int length = keys.length;
    for (int start = 0; start < length; start += RUN) {
      insert(start, Math.min(start + RUN, length));
    }
    for (int run = RUN; run > 0 && run < length; run *= 2) {
      for (int start = 0; start < length; start += 2 * run) {
        int middle = Math.min(start + run, length);
        merge(start, middle, Math.min(middle + run, length));
        if (start > length - 2 * run) {
          break; // the next start may be beyond the largest int
        }
      }
      long[] mergedKeys = otherKeys;
      int[] mergedOrder = otherOrder;
      otherKeys = keys;
      otherOrder = order;
      keys = mergedKeys;
      order = mergedOrder;
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

  private void arrange(Values line) {
    switch (line) {
      case DoubleValues doubles -> {
        double[] x = doubles.registers();
        double[] before = Arrays.copyOf(x, x.length);
        for (int i = 0; i < x.length; i++) {
          x[i] = before[order[i]];
        }
      }
      case LongValues longs -> {
        long[] x = longs.registers();
        long[] before = Arrays.copyOf(x, x.length);
        for (int i = 0; i < x.length; i++) {
          x[i] = before[order[i]];
        }
      }
    }
  }
}
