package fluxion.nn.graph;

import fluxion.api.Tensor;
import java.util.List;

/**
 * What a picture shows, before it has coordinates.
 *
 * @param title what it is called
 * @param boxes its boxes; links name them by their places in this list
 * @param links its links, each leading down
 */
record Picture(String title, List<Box> boxes, List<Link> links) {
  /** What a box stands for. */
  enum Kind {
    RESULT("darkolivegreen1", "#caff70", "result", "results"),
    LEAF("lightblue", "#add8e6", "leaf", "leaves"),
    FUNCTION("lightgrey", "#e4e4e4", "function", "functions"),
    SAVED("orange", "#ffc04d", "saved tensor", "saved tensors");

    /** The colour in Graphviz, as {@code torchviz} has it. */
    final String name;

    /** The colour in SVG. */
    final String colour;

    /** What it is, in words: one of them, and several. */
    final String word;

    final String plural;

    Kind(String name, String colour, String word, String plural) {
      this.name = name;
      this.colour = colour;
      this.word = word;
      this.plural = plural;
    }
  }

  /**
   * A box.
   *
   * @param kind what it stands for
   * @param name its name, which may be empty
   * @param shape the shape of a tensor, empty for a function
   */
  record Box(Kind kind, String name, String shape) {
    /** {@return what is written in it, one text a line} */
    List<String> lines() {
      if (name.isEmpty() || shape.isEmpty()) {
        return List.of(name + shape);
      }
      return List.of(name, shape);
    }
  }

  /**
   * A link.
   *
   * @param from the upper box
   * @param to the lower box
   * @param kept whether it says that the lower box keeps the upper one, rather than that values
   *     went along
   */
  record Link(int from, int to, boolean kept) {}

  /**
   * {@return the picture of what is recorded of a tensor}
   *
   * @param tensor the tensor
   * @param options what is shown
   */
  static Picture of(Tensor tensor, GraphOptions options) {
    return new PictureBuilder(options).build(tensor);
  }
}
