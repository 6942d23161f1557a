package fluxion.nn.graph.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class CrossingsTest {
  private static LayeredGraph layered(Diagram diagram) {
    LayeredGraph graph = new LayeredGraph(diagram, Layering.of(diagram));
    Ordering.apply(graph);
    return graph;
  }

  private static long pairByPair(LayeredGraph graph) {
    long sum = 0;
    for (int[] layer : graph.order) {
      for (int left : layer) {
        for (int right : layer) {
          if (graph.position[left] < graph.position[right]) {
            for (int one : graph.above[left]) {
              for (int other : graph.above[right]) {
                sum += graph.position[one] > graph.position[other] ? 1 : 0;
              }
            }
          }
        }
      }
    }
    return sum;
  }

  @Test
  void crossings_are_counted_as_pair_by_pair() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      Diagram diagram = new Diagram();
      int boxes = 5 + random.nextInt(30);
      for (int i = 0; i < boxes; i++) {
        diagram.addBox(10, 10);
      }
      for (int i = 0; i < 3 * boxes; i++) {
        int from = random.nextInt(boxes - 1);
        diagram.addLink(from, from + 1 + random.nextInt(boxes - 1 - from));
      }
      LayeredGraph graph = layered(diagram);
      assertEquals(pairByPair(graph), Crossings.count(graph));
    }
  }

  @Test
  void a_tree_has_no_crossings_in_whatever_order_it_comes() {
    Random random = new Random(5);
    for (int round = 0; round < 50; round++) {
      Diagram diagram = new Diagram();
      diagram.addBox(10, 10);
      for (int i = 1; i < 60; i++) {
        diagram.addBox(10, 10);
        diagram.addLink(i, random.nextInt(i));
      }
      assertEquals(0, Crossings.count(layered(diagram)));
    }
  }

  @Test
  void crossings_that_can_be_avoided_are() {
    // ten columns, linked in the opposite order from layer to layer
    Diagram diagram = new Diagram();
    int columns = 10;
    for (int i = 0; i < 4 * columns; i++) {
      diagram.addBox(10, 10);
    }
    for (int i = 0; i < 3 * columns; i++) {
      diagram.addLink(i, (i / columns + 1) * columns + columns - 1 - i % columns);
    }
    LayeredGraph graph = new LayeredGraph(diagram, Layering.of(diagram));
    for (int l = 0; l < graph.order.length; l++) {
      for (int i = 0; i < columns; i++) {
        graph.order[l][i] = l * columns + i;
      }
      graph.number(l);
    }
    assertEquals(3 * columns * (columns - 1) / 2, Crossings.count(graph));
    Ordering.apply(graph);
    assertEquals(0, Crossings.count(graph));
  }

  @Test
  void a_median_leans_to_where_more_lies() {
    assertEquals(4, Ordering.median(new int[] {4}));
    assertEquals(5, Ordering.median(new int[] {1, 5, 6}));
    assertEquals(3.5, Ordering.median(new int[] {3, 4}));
    assertEquals(2, Ordering.median(new int[] {2, 2, 2, 2}));
    double median = Ordering.median(new int[] {0, 1, 5, 20});
    assertTrue(median > 1 && median < 2, "it is " + median);
  }
}
