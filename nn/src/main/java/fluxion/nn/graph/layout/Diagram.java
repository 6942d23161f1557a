package fluxion.nn.graph.layout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is to be drawn: boxes of given sizes, and links between them that shall lead down. */
public final class Diagram {
  /**
   * A box.
   *
   * @param width its width
   * @param height its height
   */
  public record Box(double width, double height) {}

  /**
   * A link; several may join the same boxes.
   *
   * @param from the number of the upper box
   * @param to the number of the lower box
   */
  public record Link(int from, int to) {}

  private final List<Box> boxes = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  /** Makes an empty diagram. */
  public Diagram() {}

  /**
   * Adds a box.
   *
   * @param width its width
   * @param height its height
   * @return its number
   */
  public int addBox(double width, double height) {
    boxes.add(new Box(width, height));
    return boxes.size() - 1;
  }

  /**
   * Adds a link.
   *
   * @param from the number of the upper box
   * @param to the number of the lower box
   */
  public void addLink(int from, int to) {
    links.add(new Link(from, to));
  }

  /** {@return the boxes, by number} */
  public List<Box> boxes() {
    return Collections.unmodifiableList(boxes);
  }

  /** {@return the links, in the order in which they were added} */
  public List<Link> links() {
    return Collections.unmodifiableList(links);
  }
}
