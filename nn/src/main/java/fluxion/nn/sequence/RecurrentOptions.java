package fluxion.nn.sequence;

import fluxion.api.TensorOptions;

/**
 * The options of recurrent networks: immutable, each method gives a changed copy.
 *
 * @param numLayers the number of layers, each over what the one below gives
 * @param bias whether there are biases
 * @param batchFirst whether sequences are {@code [batch, length, features]}
 * @param dropout the probability with which an element between layers is dropped in training
 * @param bidirectional whether a second network reads from the end
 * @param tensors dtype and device of the parameters
 */
public record RecurrentOptions(
    long numLayers,
    boolean bias,
    boolean batchFirst,
    double dropout,
    boolean bidirectional,
    TensorOptions tensors) {
  /** One layer with biases, forwards, in float32. */
  public static final RecurrentOptions DEFAULT =
      new RecurrentOptions(1, true, false, 0, false, TensorOptions.DEFAULT);

  /**
   * {@return these options with another number of layers}
   *
   * @param count the number
   */
  public RecurrentOptions numLayers(long count) {
    return new RecurrentOptions(count, bias, batchFirst, dropout, bidirectional, tensors);
  }

  /**
   * {@return these options with or without biases}
   *
   * @param present whether there are any
   */
  public RecurrentOptions bias(boolean present) {
    return new RecurrentOptions(numLayers, present, batchFirst, dropout, bidirectional, tensors);
  }

  /**
   * {@return these options with another order of dimensions}
   *
   * @param first whether the batch is the first dimension
   */
  public RecurrentOptions batchFirst(boolean first) {
    return new RecurrentOptions(numLayers, bias, first, dropout, bidirectional, tensors);
  }

  /**
   * {@return these options with dropout between layers}
   *
   * @param p the probability with which an element is dropped in training
   */
  public RecurrentOptions dropout(double p) {
    return new RecurrentOptions(numLayers, bias, batchFirst, p, bidirectional, tensors);
  }

  /**
   * {@return these options with one or both directions}
   *
   * @param both whether a second network reads from the end
   */
  public RecurrentOptions bidirectional(boolean both) {
    return new RecurrentOptions(numLayers, bias, batchFirst, dropout, both, tensors);
  }

  /**
   * {@return these options with another dtype or device}
   *
   * @param options that of the parameters
   */
  public RecurrentOptions tensors(TensorOptions options) {
    return new RecurrentOptions(numLayers, bias, batchFirst, dropout, bidirectional, options);
  }
}
