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

  /**
   * A tensor that a node keeps for its gradients, described without its values.
   *
   * @param name {@code self}, {@code other} or {@code input2} for an input, {@code result} or
   *     {@code result1} for an output, {@code kept0} for what was computed on the way
   * @param shape its shape
   * @param dtype its dtype
   * @param source where its own history goes: the node itself for an output, the node that made an
   *     input, an accumulator for a leaf; no function if it needs no gradient
   */
  record Saved(String name, Shape shape, DType dtype, Edge source) {}

  /** {@return the name, such as {@code MulBackward0}} */
  String name();

  /** {@return the edges to the inputs' nodes, one an input} */
  List<Edge> nextFunctions();

  /**
   * {@return what the node keeps for its gradients; empty if it keeps nothing}
   *
   * @throws AutogradException if it did and that was freed
   */
  List<Saved> savedTensors();

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
