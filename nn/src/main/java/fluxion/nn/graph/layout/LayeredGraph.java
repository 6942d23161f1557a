package fluxion.nn.graph.layout;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Boxes in layers, with a dummy vertex wherever a link crosses a layer, so that every edge joins
 * neighbouring layers. The vertices are the boxes by their numbers, then the dummies.
 */
final class LayeredGraph {
  /** The dummies that are made for each box and link before links are left to the side. */
  private static final int DUMMIES_EACH = 12;

  /** The dummies that are made in any case. */
  private static final int DUMMIES_AT_LEAST = 2000;

  final int boxes;
  final int[] layer;
  final double[] width;

  /** The vertices of each layer from left to right; {@link Ordering} changes it. */
  final int[][] order;

  /** The place of each vertex in its layer. */
  final int[] position;

  /** The neighbours of each vertex in the layer above, and in the layer below. */
  final int[][] above;

  final int[][] below;

  /**
   * The neighbours below which, and above which, a vertex shall stand: those by firm links; by
   * others if neither end has a firm one on that side.
   */
  final int[][] guidesAbove;

  final int[][] guidesBelow;

  /** The vertices that each link passes, from its upper box to its lower. */
  final int[][] chains;

  /** Whether a link has no dummies though it crosses layers: it runs at the side. */
  final boolean[] aside;

  LayeredGraph(Diagram diagram, int[] layerOfBox) {
    List<Diagram.Link> links = diagram.links();
    boxes = diagram.boxes().size();
    aside = aside(links, layerOfBox);
    int count = boxes;
    for (int link = 0; link < aside.length; link++) {
      count += aside[link] ? 0 : span(links.get(link), layerOfBox) - 1;
    }
    layer = Arrays.copyOf(layerOfBox, count);
    width = new double[count];
    for (int box = 0; box < boxes; box++) {
      width[box] = diagram.boxes().get(box).width();
    }
    chains = new int[links.size()][];
    int next = boxes;
    for (int link = 0; link < chains.length; link++) {
      Diagram.Link ends = links.get(link);
      int[] chain = new int[aside[link] ? 2 : span(ends, layerOfBox) + 1];
      chain[0] = ends.from();
      for (int i = 1; i < chain.length - 1; i++) {
        chain[i] = next;
        layer[next++] = layerOfBox[ends.from()] + i;
      }
      chain[chain.length - 1] = ends.to();
      chains[link] = chain;
    }
    above = neighbours(count, true, (link, upper, lower) -> true);
    below = neighbours(count, false, (link, upper, lower) -> true);
    boolean[] held = new boolean[count];
    boolean[] holds = new boolean[count];
    edges(
        (link, upper, lower) -> {
          held[lower] |= links.get(link).firm();
          holds[upper] |= links.get(link).firm();
        });
    Choice guides =
        (link, upper, lower) -> links.get(link).firm() || (!held[lower] && !holds[upper]);
    guidesAbove = neighbours(count, true, guides);
    guidesBelow = neighbours(count, false, guides);
    int[] sizes = new int[Arrays.stream(layer).max().orElse(-1) + 1];
    for (int l : layer) {
      sizes[l]++;
    }
    order = new int[sizes.length][];
    for (int l = 0; l < sizes.length; l++) {
      order[l] = new int[sizes[l]];
    }
    position = new int[count];
  }

  boolean isDummy(int vertex) {
    return vertex >= boxes;
  }

  /** The upper end of an edge between two dummies that ends at a vertex, or -1. */
  int dummyAbove(int vertex) {
    return isDummy(vertex) && isDummy(above[vertex][0]) ? above[vertex][0] : -1;
  }

  private static int span(Diagram.Link link, int[] layers) {
    return layers[link.to()] - layers[link.from()];
  }

  /** The shortest links get dummies, as many as there may be. */
  private static boolean[] aside(List<Diagram.Link> links, int[] layers) {
    long left = DUMMIES_AT_LEAST + (long) DUMMIES_EACH * (layers.length + links.size());
    boolean[] aside = new boolean[links.size()];
    List<Integer> shortestFirst =
        IntStream.range(0, links.size())
            .boxed()
            .sorted(Comparator.comparingInt(link -> span(links.get(link), layers)))
            .toList();
    for (int link : shortestFirst) {
      left -= span(links.get(link), layers) - 1;
      aside[link] = left < 0;
    }
    return aside;
  }

  /** What is done with an edge, a piece of a link. */
  @FunctionalInterface
  private interface EdgeAction {
    void accept(int link, int upper, int lower);
  }

  @FunctionalInterface
  private interface Choice {
    boolean takes(int link, int upper, int lower);
  }

  /** The ends of chosen edges above or below each vertex. */
  private int[][] neighbours(int count, boolean up, Choice choice) {
    int[] sizes = new int[count];
    edges(
        (link, upper, lower) ->
            sizes[up ? lower : upper] += choice.takes(link, upper, lower) ? 1 : 0);
    int[][] found = new int[count][];
    for (int vertex = 0; vertex < count; vertex++) {
      found[vertex] = new int[sizes[vertex]];
    }
    int[] filled = new int[count];
    edges(
        (link, upper, lower) -> {
          int vertex = up ? lower : upper;
          if (choice.takes(link, upper, lower)) {
            found[vertex][filled[vertex]++] = up ? upper : lower;
          }
        });
    return found;
  }

  /** Hands on each edge between neighbouring layers, in the order of the links. */
  private void edges(EdgeAction action) {
    for (int link = 0; link < chains.length; link++) {
      for (int i = 1; i < chains[link].length && !aside[link]; i++) {
        action.accept(link, chains[link][i - 1], chains[link][i]);
      }
    }
  }

  /** Says again where each vertex of a layer is. */
  void number(int l) {
    for (int i = 0; i < order[l].length; i++) {
      position[order[l][i]] = i;
    }
  }
}
