package fluxion.api;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A node of the recorded graph: the function that turns an output's cotangent into those of its
 * inputs.
 *
 * <p>It prints as {@code <MulBackward0>}.
 */
public interface GradFn {
  /**
   * One way out of a node, towards an input.
   *
   * @param function the node that made the input, an accumulator for a leaf, or null for an input
   *     that needs no gradient
   * @param outputNr which output of that node the input is
   */
  record Edge(@Nullable GradFn function, int outputNr) {}

  /** {@return the name, such as {@code MulBackward0}} */
  String name();

  /** {@return the edges to the inputs' nodes, one an input} */
  List<Edge> nextFunctions();

  /** {@return for the accumulator of a leaf the leaf itself} */
  Optional<Tensor> variable();

  /**
   * Adds a hook that sees the node's results.
   *
   * @param hook takes the gradients of the inputs and the cotangents of the outputs; its result, if
   *     it is not null, takes the place of the former
   * @return a handle that removes the hook
   */
  Hook registerHook(
      BiFunction<
              List<@Nullable Tensor>,
              List<@Nullable Tensor>,
              @Nullable List<? extends @Nullable Tensor>>
          hook);
}
