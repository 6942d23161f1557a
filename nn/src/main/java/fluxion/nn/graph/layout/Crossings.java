package fluxion.nn.graph.layout;

import java.util.Arrays;

/** Counts the pairs of edges that cross. */
final class Crossings {
  private Crossings() {}

  static long count(LayeredGraph graph) {
    long sum = 0;
    for (int l = 1; l < graph.order.length; l++) {
      sum += count(graph, l);
    }
    return sum;
  }

  /**
   * The crossings between a layer and the one above: the inversions of the upper ends' positions,
   * counted on a tree of sums. Barth, Jünger and Mutzel, <i>Simple and Efficient Bilayer Cross
   * Counting</i>, GD 2002, section 4.
   */
  private static long count(LayeredGraph graph, int l) {
    int leaves = Integer.highestOneBit(Math.max(1, graph.order[l - 1].length * 2 - 1));
    long[] tree = new long[2 * leaves];
    long sum = 0;
    for (int vertex : graph.order[l]) {
      int[] ends = new int[graph.above[vertex].length];
      for (int i = 0; i < ends.length; i++) {
        ends[i] = graph.position[graph.above[vertex][i]];
      }
      Arrays.sort(ends);
      for (int end : ends) {
        for (int at = end + leaves; at > 0; at /= 2) {
          tree[at]++;
          if (at % 2 == 0) {
            sum += tree[at + 1];
          }
        }
      }
    }
    return sum;
  }

  /**
   * {@return how often the edges of two neighbours cross}
   *
   * @param left where the edges of the left vertex end, the least first
   * @param right where those of the right vertex end, the least first
   */
  static long between(int[] left, int[] right) {
    long sum = 0;
    int smaller = 0;
    for (int end : left) {
      while (smaller < right.length && right[smaller] < end) {
        smaller++;
      }
      sum += smaller;
    }
    return sum;
  }
}
