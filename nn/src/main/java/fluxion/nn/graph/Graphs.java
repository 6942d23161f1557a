package fluxion.nn.graph;

import fluxion.api.AutogradException;
import fluxion.api.Tensor;

/**
 * Draws the graph that is recorded of a tensor, as the tool {@code torchviz} does: blue boxes are
 * leaves that need a gradient, grey ones the functions that a backward pass runs, the green one is
 * the tensor itself, and orange ones are saved for gradients. Arrows lead the way that the values
 * took, from the leaves down to the tensor; what is used several times is there once.
 *
 * <p>Nothing is computed, and no value is read: the picture is the same before and after a backward
 * pass, but for saved tensors, which are gone then.
 *
 * {@snippet :
 * String svg = Graphs.svg(loss, GraphOptions.DEFAULT.names(model.namedParameters()));
 * Files.writeString(Path.of("graph.svg"), svg);
 * }
 */
public final class Graphs {
  private Graphs() {}

  /**
   * {@return the graph of a tensor in the language of Graphviz}
   *
   * @param tensor the tensor
   * @throws AutogradException if it needs no gradient, so that nothing is recorded
   */
  public static String dot(Tensor tensor) {
    return dot(tensor, GraphOptions.DEFAULT);
  }

  /**
   * {@return the graph of a tensor in the language of Graphviz}
   *
   * @param tensor the tensor
   * @param options what is shown
   * @throws AutogradException if it needs no gradient, so that nothing is recorded, or if saved
   *     tensors are to be shown and have been freed
   */
  public static String dot(Tensor tensor, GraphOptions options) {
    return DotWriter.write(Picture.of(tensor, options));
  }

  /**
   * {@return the graph of a tensor as an SVG document}
   *
   * @param tensor the tensor
   * @throws AutogradException if it needs no gradient, so that nothing is recorded
   */
  public static String svg(Tensor tensor) {
    return svg(tensor, GraphOptions.DEFAULT);
  }

  /**
   * {@return the graph of a tensor as an SVG document}
   *
   * <p>It has no background, and is readable on light and on dark. The same graph gives the same
   * text.
   *
   * @param tensor the tensor
   * @param options what is shown
   * @throws AutogradException if it needs no gradient, so that nothing is recorded, or if saved
   *     tensors are to be shown and have been freed
   */
  public static String svg(Tensor tensor, GraphOptions options) {
    return SvgWriter.write(Picture.of(tensor, options));
  }
}
