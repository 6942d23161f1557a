package fluxion.nn.graph;

import fluxion.api.Tensor;
import java.util.Map;

/**
 * What a picture of a graph shows: immutable, each method gives a changed copy.
 *
 * @param names names of leaves and of the result, such as those of {@code model.namedParameters()};
 *     a tensor with several has the first
 * @param saved whether the tensors are shown that the graph keeps for its gradients
 * @param title what the picture is called, for those who cannot see it; empty for a title that says
 *     how it begins
 */
public record GraphOptions(Map<String, Tensor> names, boolean saved, String title) {
  /** No names, no saved tensors, no title. */
  public static final GraphOptions DEFAULT = new GraphOptions(Map.of(), false, "");

  /**
   * {@return these options with other names}
   *
   * @param tensors leaves, and the result, by name
   */
  public GraphOptions names(Map<String, Tensor> tensors) {
    return new GraphOptions(tensors, saved, title);
  }

  /**
   * {@return these options with or without saved tensors}
   *
   * @param shown whether they are shown
   */
  public GraphOptions saved(boolean shown) {
    return new GraphOptions(names, shown, title);
  }

  /**
   * {@return these options with another title}
   *
   * @param text the title
   */
  public GraphOptions title(String text) {
    return new GraphOptions(names, saved, text);
  }
}
