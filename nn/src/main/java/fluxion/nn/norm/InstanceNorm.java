package fluxion.nn.norm;

import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.ops.nn.NormalizationCall;

/**
 * Brings each channel of each example to mean 0 and variance 1 over its positions: Ulyanov and
 * others, <i>Instance Normalization</i>, 2016.
 */
public abstract sealed class InstanceNorm extends RunningNorm
    permits InstanceNorm1d, InstanceNorm2d, InstanceNorm3d {
  private static final OpSite<NormalizationCall.Batch> OPERATOR =
      OpSite.of("instance_norm", NormalizationCall.Batch.class);

  private final int dims;
  private final String expected;

  InstanceNorm(int dims, String expected, long numFeatures, NormOptions options) {
    super(numFeatures, options);
    this.dims = dims;
    this.expected = expected;
  }

  @Override
  public final Tensor forward(Tensor input) {
    if (input.dim() != dims && input.dim() != dims - 1) {
      throw new ShapeException("expected " + expected + " input (got " + input.dim() + "D input)");
    }
    boolean batched = input.dim() == dims;
    Double momentum = options().momentum();
    Tensor result =
        OPERATOR
            .get()
            .apply(
                batched ? input : input.unsqueeze(0),
                runningMean().orElse(null),
                runningVar().orElse(null),
                weight().orElse(null),
                bias().orElse(null),
                isTraining() || !options().trackRunningStats(),
                momentum == null ? 0 : momentum,
                options().eps());
    return batched ? result : result.squeeze(0);
  }
}
