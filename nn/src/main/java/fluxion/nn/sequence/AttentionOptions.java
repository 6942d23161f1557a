package fluxion.nn.sequence;

import fluxion.api.TensorOptions;
import org.jspecify.annotations.Nullable;

/**
 * The options of attention: immutable, each method gives a changed copy.
 *
 * @param dropout the probability with which a weight is dropped in training
 * @param bias whether the projections have biases
 * @param addBiasKv whether a trained key and value are added
 * @param addZeroAttn whether a key and value of zeros are added
 * @param kdim the size of keys; null for that of queries
 * @param vdim the size of values; null for that of queries
 * @param batchFirst whether sequences are {@code [batch, length, features]}
 * @param tensors dtype and device of the parameters
 */
public record AttentionOptions(
    double dropout,
    boolean bias,
    boolean addBiasKv,
    boolean addZeroAttn,
    @Nullable Long kdim,
    @Nullable Long vdim,
    boolean batchFirst,
    TensorOptions tensors) {
  /** Biases, nothing added, sizes alike, the length first, float32. */
  public static final AttentionOptions DEFAULT =
      new AttentionOptions(0, true, false, false, null, null, false, TensorOptions.DEFAULT);

  /**
   * {@return these options with dropout}
   *
   * @param p the probability with which a weight is dropped in training
   */
  public AttentionOptions dropout(double p) {
    return new AttentionOptions(p, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst, tensors);
  }

  /**
   * {@return these options with or without biases}
   *
   * @param present whether there are any
   */
  public AttentionOptions bias(boolean present) {
    return new AttentionOptions(
        dropout, present, addBiasKv, addZeroAttn, kdim, vdim, batchFirst, tensors);
  }

  /**
   * {@return these options with keys and values that are added}
   *
   * @param trained whether a trained pair is
   * @param zeros whether a pair of zeros is
   */
  public AttentionOptions added(boolean trained, boolean zeros) {
    return new AttentionOptions(dropout, bias, trained, zeros, kdim, vdim, batchFirst, tensors);
  }

  /**
   * {@return these options with other sizes of keys and values}
   *
   * @param ofKeys the size of keys
   * @param ofValues the size of values
   */
  public AttentionOptions sizes(long ofKeys, long ofValues) {
    return new AttentionOptions(
        dropout, bias, addBiasKv, addZeroAttn, ofKeys, ofValues, batchFirst, tensors);
  }

  /**
   * {@return these options with another order of dimensions}
   *
   * @param first whether the batch is the first dimension
   */
  public AttentionOptions batchFirst(boolean first) {
    return new AttentionOptions(dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, first, tensors);
  }

  /**
   * {@return these options with another dtype or device}
   *
   * @param options that of the parameters
   */
  public AttentionOptions tensors(TensorOptions options) {
    return new AttentionOptions(
        dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst, options);
  }
}
