package fluxion.nn.graph.layout;

import java.util.Arrays;

/**
 * Gives each vertex an x: long links run straight down, and vertices stand below the median of
 * their neighbours where they can. Four assignments, each leaning to one corner, are averaged.
 * Brandes and Köpf, <i>Fast and Simple Horizontal Coordinate Assignment</i>, GD 2001: conflicts and
 * alignment as in its algorithms 1 and 2; blocks are placed by longest paths in the graph of blocks
 * instead of its algorithm 3, which has no recursion and takes widths.
 */
final class Coordinates {
  private static final double GAP_OF_BOXES = 22;
  private static final double GAP_OF_DUMMIES = 14;

  /** Rounds in which what hangs on nothing comes nearer to where it belongs. */
  private static final int ROUNDS = 2;

  private final LayeredGraph graph;
  private final Conflicts conflicts;

  private Coordinates(LayeredGraph graph) {
    this.graph = graph;
    this.conflicts = new Conflicts(graph);
  }

  /** {@return the x of the middle of each vertex} */
  static double[] of(LayeredGraph graph) {
    Coordinates coordinates = new Coordinates(graph);
    double[] x = coordinates.balanced();
    for (int round = 0; round < ROUNDS; round++) {
      for (int[] order : graph.order) {
        coordinates.settle(order, x);
      }
    }
    return x;
  }

  /** Moves what stands below and above nothing to its neighbours, as far as there is room. */
  private void settle(int[] order, double[] x) {
    for (int i = 0; i < 2 * order.length; i++) {
      int place = i < order.length ? i : 2 * order.length - 1 - i;
      int v = order[place];
      int[] neighbours = graph.below[v].length > 0 ? graph.below[v] : graph.above[v];
      if (graph.guidesAbove[v].length + graph.guidesBelow[v].length == 0 && neighbours.length > 0) {
        double wanted = 0;
        for (int neighbour : neighbours) {
          wanted += x[neighbour] / neighbours.length;
        }
        if (place + 1 < order.length) {
          wanted = Math.min(wanted, x[order[place + 1]] - distance(v, order[place + 1]));
        }
        if (place > 0) {
          wanted = Math.max(wanted, x[order[place - 1]] + distance(order[place - 1], v));
        }
        x[v] = wanted;
      }
    }
  }

  private double[] balanced() {
    double[][] candidates = new double[4][];
    double[] least = new double[4];
    double[] most = new double[4];
    int narrowest = 0;
    for (int i = 0; i < 4; i++) {
      boolean left = i % 2 == 0;
      candidates[i] = place(align(i < 2, left), left);
      least[i] = Double.POSITIVE_INFINITY;
      most[i] = Double.NEGATIVE_INFINITY;
      for (int v = 0; v < candidates[i].length; v++) {
        least[i] = Math.min(least[i], candidates[i][v] - graph.width[v] / 2);
        most[i] = Math.max(most[i], candidates[i][v] + graph.width[v] / 2);
      }
      if (most[i] - least[i] < most[narrowest] - least[narrowest]) {
        narrowest = i;
      }
    }
    double[] x = new double[graph.layer.length];
    double[] four = new double[4];
    for (int v = 0; v < x.length; v++) {
      for (int i = 0; i < 4; i++) {
        boolean left = i % 2 == 0;
        double shift = left ? least[narrowest] - least[i] : most[narrowest] - most[i];
        four[i] = candidates[i][v] + shift;
      }
      Arrays.sort(four);
      x[v] = (four[1] + four[2]) / 2;
    }
    return x;
  }

  /**
   * Algorithm 2: joins vertices that shall stand below one another into blocks.
   *
   * @param down whether layers are taken from above, and vertices joined with neighbours above
   * @param left whether vertices are taken from the left
   * @return the first vertex of each vertex's block
   */
  private int[] align(boolean down, boolean left) {
    int layers = graph.order.length;
    int[] root = new int[graph.layer.length];
    Arrays.setAll(root, v -> v);
    for (int i = 1; i < layers; i++) {
      int[] order = graph.order[down ? i : layers - 1 - i];
      int last = -1;
      for (int j = 0; j < order.length; j++) {
        int v = order[left ? j : order.length - 1 - j];
        int[] neighbours = down ? graph.guidesAbove[v] : graph.guidesBelow[v];
        int[] places = new int[neighbours.length];
        int size = graph.order[down ? i - 1 : layers - i].length;
        for (int k = 0; k < places.length; k++) {
          int position = graph.position[neighbours[k]];
          places[k] = left ? position : size - 1 - position;
        }
        Arrays.sort(places);
        for (int m = (places.length - 1) / 2; m <= places.length / 2 && places.length > 0; m++) {
          int position = left ? places[m] : size - 1 - places[m];
          int u = graph.order[down ? i - 1 : layers - i][position];
          if (places[m] > last && !(down ? conflicts.has(u, v) : conflicts.has(v, u))) {
            root[v] = root[u];
            last = places[m];
            break;
          }
        }
      }
    }
    return root;
  }

  /**
   * Places blocks as far to one side as they go, then back as far as those beside them allow.
   *
   * @param root the first vertex of each vertex's block
   * @param left whether the side is the left
   * @return the x of each vertex
   */
  private double[] place(int[] root, boolean left) {
    int count = root.length;
    Blocks blocks = new Blocks(count);
    for (int[] order : graph.order) {
      for (int j = 1; j < order.length; j++) {
        int one = order[left ? j - 1 : order.length - j];
        int other = order[left ? j : order.length - 1 - j];
        blocks.separate(root[one], root[other], distance(one, other));
      }
    }
    double[] x = blocks.places();
    double[] result = new double[count];
    for (int v = 0; v < count; v++) {
      result[v] = left ? x[root[v]] : -x[root[v]];
    }
    return result;
  }

  private double distance(int one, int other) {
    boolean dummies = graph.isDummy(one) || graph.isDummy(other);
    return (graph.width[one] + graph.width[other]) / 2 + (dummies ? GAP_OF_DUMMIES : GAP_OF_BOXES);
  }
}
