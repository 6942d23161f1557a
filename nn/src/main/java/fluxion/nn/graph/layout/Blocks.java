package fluxion.nn.graph.layout;

import java.util.Arrays;

/** Things on a line of which some keep a distance from others that lie before them. */
final class Blocks {
  private final int count;
  private int size;
  private int[] from = new int[16];
  private int[] to = new int[16];
  private double[] distances = new double[16];

  Blocks(int count) {
    this.count = count;
  }

  /** Says that one lies before another, and how far at least. */
  void separate(int one, int other, double distance) {
    if (size == from.length) {
      from = Arrays.copyOf(from, 2 * size);
      to = Arrays.copyOf(to, 2 * size);
      distances = Arrays.copyOf(distances, 2 * size);
    }
    from[size] = one;
    to[size] = other;
    distances[size++] = distance;
  }

  /**
   * {@return where each lies: at first as near to 0 as it can; then, the last first, as near to
   * those behind it as it can}
   */
  double[] places() {
    int[] waiting = new int[count];
    int[] first = new int[count];
    int[] next = new int[size];
    Arrays.fill(first, -1);
    for (int edge = size - 1; edge >= 0; edge--) {
      waiting[to[edge]]++;
      next[edge] = first[from[edge]];
      first[from[edge]] = edge;
    }
    int[] sorted = new int[count];
    int known = 0;
    for (int block = 0; block < count; block++) {
      if (waiting[block] == 0) {
        sorted[known++] = block;
      }
    }
    double[] x = new double[count];
    for (int i = 0; i < known; i++) {
      int block = sorted[i];
      for (int edge = first[block]; edge >= 0; edge = next[edge]) {
        x[to[edge]] = Math.max(x[to[edge]], x[block] + distances[edge]);
        if (--waiting[to[edge]] == 0) {
          sorted[known++] = to[edge];
        }
      }
    }
    if (known < count) {
      throw new AssertionError("aligned vertices do not cross");
    }
    for (int i = known - 1; i >= 0; i--) {
      double most = Double.POSITIVE_INFINITY;
      for (int edge = first[sorted[i]]; edge >= 0; edge = next[edge]) {
        most = Math.min(most, x[to[edge]] - distances[edge]);
      }
      x[sorted[i]] = most < Double.POSITIVE_INFINITY ? Math.max(x[sorted[i]], most) : x[sorted[i]];
    }
    return x;
  }
}
