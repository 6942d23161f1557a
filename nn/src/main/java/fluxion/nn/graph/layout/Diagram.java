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
   * @param firm whether the boxes shall stand right below one another if they can; other links
   *     count only for boxes that have no firm one
   */
  public record Link(int from, int to, boolean firm) {}

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
   * Adds a firm link.
   *
   * @param from the number of the upper box
   * @param to the number of the lower box
   */
  public void addLink(int from, int to) {
    addLink(from, to, true);
  }

  /**
   * Adds a link.
   *
   * @param from the number of the upper box
   * @param to the number of the lower box
   * @param firm whether the boxes shall stand right below one another if they can
   */
  public void addLink(int from, int to, boolean firm) {
    links.add(new Link(from, to, firm));
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
