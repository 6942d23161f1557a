package fluxion.examples.tutorials;

import fluxion.api.Tensor;
import java.util.Map;
import java.util.Optional;

/** What a tutorial runs in: it is told where each snippet begins. */
@FunctionalInterface
interface Notebook {
  /**
   * Begins a snippet, which lasts to the next one or to the end of the method.
   *
   * @param title what the snippet shows; no two snippets of a tutorial have the same
   */
  void cell(String title);

  /**
   * Says something between two snippets, which is no output of either.
   *
   * @param text the line
   */
  default void remark(String text) {}

  /** {@return the state dict for the ResNet-18, if it shall not keep its initial weights} */
  default Optional<Map<String, Tensor>> weights() {
    return Optional.empty();
  }
}
