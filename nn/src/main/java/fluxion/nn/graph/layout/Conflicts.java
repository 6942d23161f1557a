package fluxion.nn.graph.layout;

import java.util.HashSet;
import java.util.Set;

/**
 * The edges that give way because they cross a piece of a long link, so that this can be straight:
 * algorithm 1 of Brandes and Köpf. Of two such pieces that cross, the right one gives way.
 */
final class Conflicts {
  private final LayeredGraph graph;
  private final Set<Long> marked = new HashSet<>();

  Conflicts(LayeredGraph graph) {
    this.graph = graph;
    for (int l = 1; l < graph.order.length; l++) {
      mark(graph.order[l], graph.order[l - 1].length);
    }
  }

  /**
   * {@return whether an edge gives way}
   *
   * @param upper its upper end
   * @param lower its lower end
   */
  boolean has(int upper, int lower) {
    return marked.contains(key(upper, lower));
  }

  private static long key(int upper, int lower) {
    return (long) upper << Integer.SIZE | lower;
  }

  private void mark(int[] order, int sizeAbove) {
    int leftmost = 0;
    int scanned = 0;
    for (int i = 0; i < order.length; i++) {
      int dummy = graph.dummyAbove(order[i]);
      if (dummy < 0 && i < order.length - 1) {
        continue;
      }
      int rightmost = dummy < 0 ? sizeAbove - 1 : graph.position[dummy];
      for (; scanned <= i; scanned++) {
        for (int upper : graph.above[order[scanned]]) {
          int place = graph.position[upper];
          if (place < leftmost || place > rightmost) {
            marked.add(key(upper, order[scanned]));
          }
        }
      }
      leftmost = rightmost;
    }
  }
}
