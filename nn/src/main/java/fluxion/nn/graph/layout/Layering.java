package fluxion.nn.graph.layout;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Puts boxes into layers: a box lies one layer above the highest of those that it is linked to, so
 * that a link is as short as the longest path allows (Sugiyama and others, section III; longest
 * paths are taken from the lower end, as leaves then lie beside what they are used for).
 */
final class Layering {
  private Layering() {}

  /** {@return the layer of each box, 0 for the uppermost} */
  static int[] of(Diagram diagram) {
    int count = diagram.boxes().size();
    List<Diagram.Link> links = diagram.links();
    int[] open = new int[count];
    int[] sizes = new int[count];
    for (Diagram.Link link : links) {
      open[link.from()]++;
      sizes[link.to()]++;
    }
    int[][] sources = new int[count][];
    for (int box = 0; box < count; box++) {
      sources[box] = new int[sizes[box]];
    }
    for (Diagram.Link link : links) {
      sources[link.to()][--sizes[link.to()]] = link.from();
    }
    int[] height = new int[count];
    ArrayDeque<Integer> ready = new ArrayDeque<>();
    for (int box = 0; box < count; box++) {
      if (open[box] == 0) {
        ready.add(box);
      }
    }
    int highest = 0;
    int done = 0;
    while (!ready.isEmpty()) {
      int box = ready.remove();
      done++;
      highest = Math.max(highest, height[box]);
      for (int source : sources[box]) {
        height[source] = Math.max(height[source], height[box] + 1);
        if (--open[source] == 0) {
          ready.add(source);
        }
      }
    }
    if (done < count) {
      throw new IllegalArgumentException("the links lead round in a circle");
    }
    for (int box = 0; box < count; box++) {
      height[box] = highest - height[box];
    }
    return height;
  }
}
