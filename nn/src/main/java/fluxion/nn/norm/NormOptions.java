package fluxion.nn.norm;

import fluxion.api.TensorOptions;
import org.jspecify.annotations.Nullable;

/**
 * The options of normalisations with running statistics: immutable, each method gives a changed
 * copy.
 *
 * @param eps what is added to the variance
 * @param momentum the share of a batch in the running statistics; null to weigh all batches alike
 * @param affine whether there are a weight and a bias
 * @param trackRunningStats whether statistics are gathered in training and used in evaluation
 * @param tensors dtype and device of the parameters and statistics
 */
public record NormOptions(
    double eps,
    @Nullable Double momentum,
    boolean affine,
    boolean trackRunningStats,
    TensorOptions tensors) {
  /** What {@link BatchNorm1d} and its kin start from: eps 1e-5, momentum 0.1, all there. */
  public static final NormOptions BATCH =
      new NormOptions(1e-5, 0.1, true, true, TensorOptions.DEFAULT);

  /** What {@link InstanceNorm1d} and its kin start from: no weight, no bias, no statistics. */
  public static final NormOptions INSTANCE =
      new NormOptions(1e-5, 0.1, false, false, TensorOptions.DEFAULT);

  /**
   * {@return these options with another eps}
   *
   * @param value what is added to the variance
   */
  public NormOptions eps(double value) {
    return new NormOptions(value, momentum, affine, trackRunningStats, tensors);
  }

  /**
   * {@return these options with another momentum}
   *
   * @param share the share of a batch in the running statistics; null to weigh all batches alike
   */
  public NormOptions momentum(@Nullable Double share) {
    return new NormOptions(eps, share, affine, trackRunningStats, tensors);
  }

  /**
   * {@return these options with or without weight and bias}
   *
   * @param present whether there are a weight and a bias
   */
  public NormOptions affine(boolean present) {
    return new NormOptions(eps, momentum, present, trackRunningStats, tensors);
  }

  /**
   * {@return these options with or without running statistics}
   *
   * @param present whether they are gathered
   */
  public NormOptions trackRunningStats(boolean present) {
    return new NormOptions(eps, momentum, affine, present, tensors);
  }

  /**
   * {@return these options with another dtype or device}
   *
   * @param options that of the parameters and statistics
   */
  public NormOptions tensors(TensorOptions options) {
    return new NormOptions(eps, momentum, affine, trackRunningStats, options);
  }
}
