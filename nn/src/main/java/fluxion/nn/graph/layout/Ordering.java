package fluxion.nn.graph.layout;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Orders the vertices of each layer so that few edges cross: sweeps down and up that sort a layer
 * by the weighted medians of the neighbours in the layer before, then exchanges of neighbours, of
 * which the best round is kept. Gansner, Koutsofios, North and Vo, <i>A Technique for Drawing
 * Directed Graphs</i>, IEEE TSE 19 (1993), section 3. As there, every other pair of rounds takes
 * what is equal the other way round, which leads out of many dead ends.
 */
final class Ordering {
  private static final int ROUNDS = 24;
  private static final int ROUNDS_AT_LEAST = 4;

  /** Vertices that are looked at in all rounds together, more or less. */
  private static final int WORK = 500_000;

  /** Rounds without progress after which nothing more is expected. */
  private static final int PATIENCE = 8;

  /** Passes over one layer that exchange neighbours. */
  private static final int EXCHANGES = 8;

  private final LayeredGraph graph;

  private Ordering(LayeredGraph graph) {
    this.graph = graph;
  }

  static void apply(LayeredGraph graph) {
    Ordering ordering = new Ordering(graph);
    ordering.start();
    ordering.improve();
  }

  /** The order in which a walk from the lower end, depth first, meets the vertices. */
  private void start() {
    int[] filled = new int[graph.order.length];
    boolean[] seen = new boolean[graph.layer.length];
    ArrayDeque<Integer> stack = new ArrayDeque<>();
    for (int root = 0; root < seen.length; root++) {
      stack.push(root);
      while (!stack.isEmpty()) {
        int vertex = stack.pop();
        if (seen[vertex]) {
          continue;
        }
        seen[vertex] = true;
        int l = graph.layer[vertex];
        graph.position[vertex] = filled[l];
        graph.order[l][filled[l]++] = vertex;
        int[] above = graph.above[vertex];
        for (int i = above.length - 1; i >= 0; i--) {
          stack.push(above[i]);
        }
      }
    }
  }

  private void improve() {
    int layers = graph.order.length;
    int[][] best = copy(graph.order);
    long fewest = Crossings.count(graph);
    int idle = 0;
    int rounds = Math.clamp(WORK / Math.max(1, graph.layer.length), ROUNDS_AT_LEAST, ROUNDS);
    for (int round = 0; round < rounds && idle < PATIENCE && fewest > 0; round++) {
      boolean down = round % 2 == 0;
      boolean turned = round % 4 >= 2;
      for (int i = 1; i < layers; i++) {
        sort(down ? i : layers - 1 - i, down, turned);
      }
      for (int l = 0; l < layers; l++) {
        exchange(l, turned);
      }
      long crossings = Crossings.count(graph);
      idle++;
      if (crossings < fewest) {
        fewest = crossings;
        best = copy(graph.order);
        idle = 0;
      }
    }
    for (int l = 0; l < layers; l++) {
      System.arraycopy(best[l], 0, graph.order[l], 0, best[l].length);
      graph.number(l);
    }
  }

  private static int[][] copy(int[][] order) {
    int[][] copy = order.clone();
    for (int l = 0; l < copy.length; l++) {
      copy[l] = order[l].clone();
    }
    return copy;
  }

  /**
   * Sorts a layer by the medians of the neighbours before it. Vertices without neighbours there
   * stay where they are.
   *
   * @param l the layer
   * @param down whether the layer before is the one above
   * @param turned whether vertices with the same median come in the opposite order
   */
  private void sort(int l, boolean down, boolean turned) {
    int[] order = graph.order[l];
    double[] medians = new double[order.length];
    Integer[] movable = new Integer[order.length];
    int count = 0;
    for (int i = 0; i < order.length; i++) {
      int[] places = places(down ? graph.above[order[i]] : graph.below[order[i]]);
      if (places.length > 0) {
        medians[i] = median(places);
        movable[count++] = i;
      }
    }
    Arrays.sort(
        movable,
        0,
        count,
        (i, j) -> {
          int byMedian = Double.compare(medians[i], medians[j]);
          return byMedian != 0 ? byMedian : turned ? j - i : i - j;
        });
    int[] sorted = order.clone();
    int from = 0;
    for (int i = 0; i < order.length; i++) {
      if ((down ? graph.above[order[i]] : graph.below[order[i]]).length > 0) {
        sorted[i] = order[movable[from++]];
      }
    }
    System.arraycopy(sorted, 0, order, 0, order.length);
    graph.number(l);
  }

  /** The positions of vertices, the least first. */
  private int[] places(int[] vertices) {
    int[] places = new int[vertices.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = graph.position[vertices[i]];
    }
    Arrays.sort(places);
    return places;
  }

  /** Of an even number the value between the two in the middle, nearer to the denser side. */
  static double median(int[] places) {
    int middle = places.length / 2;
    if (places.length % 2 == 1) {
      return places[middle];
    }
    if (places.length == 2) {
      return (places[0] + places[1]) / 2.0;
    }
    double left = places[middle - 1] - places[0];
    double right = places[places.length - 1] - places[middle];
    return left + right == 0
        ? places[middle]
        : (places[middle - 1] * right + places[middle] * left) / (left + right);
  }

  /**
   * Exchanges neighbours in a layer as long as that lessens crossings.
   *
   * @param l the layer
   * @param turned whether the first pass also exchanges those for which that makes no difference
   */
  private void exchange(int l, boolean turned) {
    int[] order = graph.order[l];
    int[][] up = new int[order.length][];
    int[][] down = new int[order.length][];
    for (int i = 0; i < order.length; i++) {
      up[i] = places(graph.above[order[i]]);
      down[i] = places(graph.below[order[i]]);
    }
    boolean changed = true;
    for (int pass = 0; pass < EXCHANGES && changed; pass++) {
      changed = false;
      for (int i = 0; i + 1 < order.length; i++) {
        long now = Crossings.between(up[i], up[i + 1]) + Crossings.between(down[i], down[i + 1]);
        long then = Crossings.between(up[i + 1], up[i]) + Crossings.between(down[i + 1], down[i]);
        if (then < now || (turned && pass == 0 && then == now)) {
          int vertex = order[i];
          order[i] = order[i + 1];
          order[i + 1] = vertex;
          swap(up, i);
          swap(down, i);
          changed = true;
        }
      }
    }
    graph.number(l);
  }

  private static void swap(int[][] lists, int i) {
    int[] list = lists[i];
    lists[i] = lists[i + 1];
    lists[i + 1] = list;
  }
}
