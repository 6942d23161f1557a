package fluxion.nn.norm;

import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.ops.nn.LayerFunctions;

/**
 * Brings each channel to mean 0 and variance 1 over the batch and all positions: Ioffe and Szegedy,
 * <i>Batch Normalization</i>, 2015.
 *
 * <p>In training it takes the batch's own statistics and gathers them; in evaluation it takes those
 * gathered.
 */
public abstract sealed class BatchNorm extends RunningNorm
    permits BatchNorm1d, BatchNorm2d, BatchNorm3d {
  BatchNorm(long numFeatures, NormOptions options) {
    super(numFeatures, options);
  }

  /** Refuses an input of a wrong number of dimensions, as PyTorch does. */
  abstract void check(int dims);

  static void require(boolean fits, String expected, int dims) {
    if (!fits) {
      throw new ShapeException("expected " + expected + " input (got " + dims + "D input)");
    }
  }

  @Override
  public final Tensor forward(Tensor input) {
    check(input.dim());
    Tensor tracked = batchesTracked();
    Double momentum = options().momentum();
    double share = momentum == null ? 0 : momentum;
    if (isTraining() && tracked != null) {
      tracked.add_(1L);
      share = momentum == null ? 1 / tracked.item() : momentum;
    }
    return LayerFunctions.batchNorm(
        input,
        runningMean().orElse(null),
        runningVar().orElse(null),
        weight().orElse(null),
        bias().orElse(null),
        isTraining() || tracked == null,
        share,
        options().eps());
  }
}
