package fluxion.engine.spi;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Function} knows of one call, in {@code forward} and later in {@code backward}.
 *
 * <p>What can be kept between the two is said by type: inputs, outputs, tensors that are neither,
 * and the specs of all inputs and outputs, which are always there. An input or an output is kept
 * with its version, and a backward that finds it overwritten fails; all are let go when the node
 * has run, unless the graph is retained.
 */
public interface Context {
  /** {@return the number of inputs} */
  int inputCount();

  /**
   * {@return whether an input's gradient will be asked for}
   *
   * @param input which input
   */
  boolean needsGradient(int input);

  /**
   * {@return what an input is, without its values}
   *
   * @param input which input; it must not be an absent one
   */
  TensorSpec inputSpec(int input);

  /**
   * {@return what an output is, without its values; in {@code backward} only}
   *
   * @param output which output
   */
  TensorSpec outputSpec(int output);

  // ---- in forward

  /**
   * Keeps an input for {@code backward}.
   *
   * @param input which input; an absent one is kept as absent
   */
  void saveInput(int input);

  /**
   * Keeps an output for {@code backward}.
   *
   * @param output which output
   */
  void saveOutput(int output);

  /**
   * Keeps a tensor that is neither an input nor an output, such as the indices that a reduction
   * found.
   *
   * @param tensor the tensor; it is not part of any graph
   * @return its number, for {@link #intermediate}
   */
  int saveIntermediate(Tensor tensor);

  /**
   * Says that no gradient flows through an output.
   *
   * @param output which output
   */
  void markNonDifferentiable(int output);

  // ---- in backward

  /**
   * {@return an input that was kept}
   *
   * @param input which input; null if it was absent
   */
  @Nullable Tensor optionalInput(int input);

  /**
   * {@return an input that was kept}
   *
   * @param input which input; not an absent one
   */
  Tensor input(int input);

  /**
   * {@return an output that was kept, as the result of its node}
   *
   * @param output which output
   */
  Tensor output(int output);

  /**
   * {@return a tensor that was kept and is neither input nor output}
   *
   * @param number its number
   */
  Tensor intermediate(int number);
}
