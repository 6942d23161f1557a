package fluxion.nn.graph.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DrawingTest {
  private static final double EXACT = 1e-6;

  /** A graph of which each box may be linked to any that come later, to some of them twice. */
  private static Diagram random(long seed, int mostBoxes) {
    Random random = new Random(seed);
    Diagram diagram = new Diagram();
    int boxes = 1 + random.nextInt(mostBoxes);
    for (int i = 0; i < boxes; i++) {
      diagram.addBox(20 + random.nextInt(150), 15 + random.nextInt(30));
    }
    int links = boxes == 1 ? 0 : random.nextInt(3 * boxes);
    for (int i = 0; i < links; i++) {
      int from = random.nextInt(boxes - 1);
      int to = from + 1 + random.nextInt(boxes - 1 - from);
      diagram.addLink(from, to, random.nextInt(4) > 0);
    }
    return diagram;
  }

  private static Diagram boxes(int count) {
    Diagram diagram = new Diagram();
    for (int i = 0; i < count; i++) {
      diagram.addBox(60, 20);
    }
    return diagram;
  }

  private static double left(Drawing drawing, int box) {
    return drawing.places().get(box).left();
  }

  private static double right(Diagram diagram, Drawing drawing, int box) {
    return left(drawing, box) + diagram.boxes().get(box).width();
  }

  private static double top(Drawing drawing, int box) {
    return drawing.places().get(box).top();
  }

  private static double bottom(Diagram diagram, Drawing drawing, int box) {
    return top(drawing, box) + diagram.boxes().get(box).height();
  }

  @Test
  void no_two_boxes_of_random_graphs_overlap_and_none_sticks_out() {
    for (long seed = 0; seed < 150; seed++) {
      Diagram diagram = random(seed, 40);
      Drawing drawing = Drawing.of(diagram);
      int count = diagram.boxes().size();
      assertEquals(count, drawing.places().size());
      for (int one = 0; one < count; one++) {
        assertTrue(left(drawing, one) >= -EXACT && top(drawing, one) >= -EXACT);
        assertTrue(right(diagram, drawing, one) <= drawing.width() + EXACT);
        assertTrue(bottom(diagram, drawing, one) <= drawing.height() + EXACT);
        for (int other = 0; other < one; other++) {
          boolean apart =
              right(diagram, drawing, one) < left(drawing, other)
                  || right(diagram, drawing, other) < left(drawing, one)
                  || bottom(diagram, drawing, one) < top(drawing, other)
                  || bottom(diagram, drawing, other) < top(drawing, one);
          assertTrue(apart, "boxes " + one + " and " + other + " of graph " + seed);
        }
      }
    }
  }

  @Test
  void links_of_random_graphs_run_down_from_box_to_box_and_through_none() {
    for (long seed = 0; seed < 150; seed++) {
      Diagram diagram = random(seed, 40);
      Drawing drawing = Drawing.of(diagram);
      assertEquals(diagram.links().size(), drawing.routes().size());
      for (int i = 0; i < diagram.links().size(); i++) {
        checkRoute(diagram, drawing, diagram.links().get(i), drawing.routes().get(i).stages());
      }
    }
  }

  private static void checkRoute(
      Diagram diagram, Drawing drawing, Diagram.Link link, List<Drawing.Stage> stages) {
    Drawing.Stage first = stages.getFirst();
    Drawing.Stage last = stages.getLast();
    assertEquals(bottom(diagram, drawing, link.from()), first.top(), EXACT);
    assertEquals(top(drawing, link.to()), last.bottom(), EXACT);
    assertWithin(first.x(), left(drawing, link.from()), right(diagram, drawing, link.from()));
    assertWithin(last.x(), left(drawing, link.to()), right(diagram, drawing, link.to()));
    double y = first.top();
    double x = first.x();
    for (Drawing.Stage stage : stages) {
      assertTrue(stage.top() >= y - EXACT && stage.bottom() >= stage.top() - EXACT, "leads down");
      assertWithin(stage.x(), 0, drawing.width());
      for (int box = 0; box < diagram.boxes().size(); box++) {
        boolean inCurve = overlaps(diagram, drawing, box, x, stage.x(), y, stage.top());
        boolean inStage =
            overlaps(diagram, drawing, box, stage.x(), stage.x(), stage.top(), stage.bottom());
        assertTrue(!inCurve && !inStage, "box " + box + " lies on link " + link);
      }
      y = stage.bottom();
      x = stage.x();
    }
  }

  private static void assertWithin(double x, double least, double most) {
    assertTrue(x >= least - EXACT && x <= most + EXACT, x + " is not in " + least + " to " + most);
  }

  /** Whether a box has more than its edge in a rectangle. */
  private static boolean overlaps(
      Diagram diagram, Drawing drawing, int box, double x1, double x2, double top, double bottom) {
    return left(drawing, box) < Math.max(x1, x2) - EXACT
        && right(diagram, drawing, box) > Math.min(x1, x2) + EXACT
        && top(drawing, box) < bottom - EXACT
        && bottom(diagram, drawing, box) > top + EXACT;
  }

  @Test
  void the_same_graph_is_drawn_the_same() {
    assertEquals(Drawing.of(random(7, 200)), Drawing.of(random(7, 200)));
  }

  @Test
  void a_chain_is_a_straight_line() {
    Diagram diagram = boxes(30);
    for (int i = 1; i < 30; i++) {
      diagram.addLink(i - 1, i);
    }
    Drawing drawing = Drawing.of(diagram);
    assertEquals(60, drawing.width(), EXACT);
    for (Drawing.Route route : drawing.routes()) {
      route.stages().forEach(stage -> assertEquals(30, stage.x(), EXACT));
    }
  }

  @Test
  void a_link_past_a_chain_is_straight_between_its_ends() {
    Diagram diagram = boxes(12);
    for (int i = 1; i < 12; i++) {
      diagram.addLink(i - 1, i);
    }
    diagram.addLink(0, 11);
    List<Drawing.Stage> stages = Drawing.of(diagram).routes().getLast().stages();
    assertEquals(12, stages.size());
    for (Drawing.Stage stage : stages.subList(1, 11)) {
      assertEquals(stages.get(1).x(), stage.x(), EXACT);
    }
  }

  @Test
  void what_hangs_on_a_chain_does_not_bend_it_and_stands_beside_it() {
    Diagram diagram = boxes(10);
    for (int i = 1; i < 10; i++) {
      diagram.addLink(i - 1, i);
    }
    for (int i = 1; i < 10; i++) {
      diagram.addLink(diagram.addBox(50, 20), i, false);
    }
    Drawing drawing = Drawing.of(diagram);
    for (int i = 1; i < 10; i++) {
      assertEquals(left(drawing, 0), left(drawing, i), EXACT);
      double way = Math.abs(left(drawing, 9 + i) + 25 - left(drawing, i) - 30);
      assertTrue(way < 100, "it is " + way + " away");
    }
  }

  @Test
  void what_hangs_alone_on_a_box_stands_above_it() {
    Diagram diagram = boxes(3);
    diagram.addLink(0, 2);
    diagram.addLink(1, 2);
    diagram.addLink(diagram.addBox(20, 20), 0, false);
    diagram.addLink(diagram.addBox(40, 20), 1, false);
    Drawing drawing = Drawing.of(diagram);
    assertEquals(left(drawing, 0) + 30, left(drawing, 3) + 10, EXACT);
    assertEquals(left(drawing, 1) + 30, left(drawing, 4) + 20, EXACT);
  }

  @Test
  void two_links_between_the_same_boxes_are_seen_as_two() {
    Diagram diagram = boxes(2);
    diagram.addLink(0, 1);
    diagram.addLink(0, 1);
    Drawing drawing = Drawing.of(diagram);
    double first = drawing.routes().get(0).stages().getFirst().x();
    double second = drawing.routes().get(1).stages().getFirst().x();
    assertEquals(12, second - first, EXACT);
    assertEquals(30, (first + second) / 2, EXACT);
  }

  @Test
  void what_is_above_lies_as_low_as_what_it_is_used_for_allows() {
    // 0 and 1 are used by 2, which 3 uses, and 4 is used by 3 alone
    Diagram diagram = boxes(5);
    diagram.addLink(0, 2);
    diagram.addLink(1, 2);
    diagram.addLink(2, 3);
    diagram.addLink(4, 3);
    Drawing drawing = Drawing.of(diagram);
    assertEquals(top(drawing, 0), top(drawing, 1), EXACT);
    assertEquals(top(drawing, 2), top(drawing, 4), EXACT);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 1000})
  void all_can_be_used_by_one(int leaves) {
    Diagram diagram = boxes(leaves + 1);
    for (int i = 0; i < leaves; i++) {
      diagram.addLink(i, leaves);
    }
    Drawing drawing = Drawing.of(diagram);
    // the one lies below the middle of all
    double middle = (left(drawing, 0) + right(diagram, drawing, leaves - 1)) / 2;
    assertEquals(middle, left(drawing, leaves) + 30, EXACT);
  }

  @Test
  void links_that_are_too_long_to_be_led_through_all_layers_run_at_the_side() {
    int length = 2000;
    Diagram diagram = boxes(length);
    for (int i = 1; i < length; i++) {
      diagram.addLink(i - 1, i);
      diagram.addLink(i - 1, length - 1);
    }
    Drawing drawing = Drawing.of(diagram);
    long stages = drawing.routes().stream().mapToLong(route -> route.stages().size()).sum();
    // to lead each through all layers would take two million
    assertTrue(stages < 100_000, "there are " + stages);
    for (int i = 0; i < diagram.links().size(); i += 97) {
      checkRoute(diagram, drawing, diagram.links().get(i), drawing.routes().get(i).stages());
    }
    List<Double> ways =
        drawing.routes().stream()
            .filter(route -> route.stages().size() == 3)
            .map(route -> route.stages().get(1).x())
            .filter(x -> x > right(diagram, drawing, length - 1))
            .toList();
    assertTrue(ways.size() > 1000);
    assertEquals(ways.size(), ways.stream().distinct().count(), "two run on the same line");
  }

  @Test
  void nothing_and_one_box_can_be_drawn() {
    assertEquals(new Drawing(0, 0, List.of(), List.of()), Drawing.of(boxes(0)));
    assertEquals(
        new Drawing(60, 20, List.of(new Drawing.Place(0, 0)), List.of()), Drawing.of(boxes(1)));
  }

  @Test
  void links_that_lead_round_are_refused() {
    Diagram diagram = boxes(3);
    diagram.addLink(0, 1);
    diagram.addLink(1, 2);
    diagram.addLink(2, 1);
    assertThrows(IllegalArgumentException.class, () -> Drawing.of(diagram));
  }
}
