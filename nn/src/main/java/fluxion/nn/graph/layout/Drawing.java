package fluxion.nn.graph.layout;

import java.util.List;

/**
 * A diagram with coordinates: x grows to the right, y down, and all lies between 0 and the width or
 * the height.
 *
 * @param width the width of the whole
 * @param height the height of the whole
 * @param places where each box is
 * @param routes how each link runs
 */
public record Drawing(double width, double height, List<Place> places, List<Route> routes) {
  /**
   * Where a box is.
   *
   * @param left its left side
   * @param top its upper side
   */
  public record Place(double left, double top) {}

  /**
   * How a link runs: down its stages, and on a smooth curve from one to the next.
   *
   * @param stages the first begins at the lower side of the upper box, the last ends at the upper
   *     side of the lower box
   */
  public record Route(List<Stage> stages) {
    /** Copies the stages. */
    public Route {
      stages = List.copyOf(stages);
    }
  }

  /**
   * A straight line down.
   *
   * @param x where it is
   * @param top where it begins
   * @param bottom where it ends, which may be where it begins
   */
  public record Stage(double x, double top, double bottom) {}

  /** Copies the lists. */
  public Drawing {
    places = List.copyOf(places);
    routes = List.copyOf(routes);
  }

  /**
   * {@return a drawing of a diagram in which every link leads down, no two boxes overlap, and no
   * link runs through a box}
   *
   * <p>The same diagram gives the same drawing. The time grows with the number of boxes and links,
   * times the logarithm of the most in one layer: links that are so long that together they would
   * cross more layers than that run at the side.
   *
   * @param diagram the diagram
   * @throws IllegalArgumentException if links lead round in a circle
   */
  public static Drawing of(Diagram diagram) {
    LayeredGraph graph = new LayeredGraph(diagram, Layering.of(diagram));
    Ordering.apply(graph);
    return new Routing(diagram, graph, Coordinates.of(graph)).draw();
  }
}
