package fluxion.ops.nn;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** The forms of call of normalisations and of distances. */
public final class NormalizationCall {
  private NormalizationCall() {}

  /** A normalisation over a batch. */
  @FunctionalInterface
  public interface Batch {
    /**
     * {@return the result, of the input's shape}
     *
     * @param input {@code [N, C, …]}
     * @param runningMean {@code [C]}, updated in training, or null
     * @param runningVar {@code [C]}, updated in training, or null
     * @param weight {@code [C]}, or null
     * @param bias {@code [C]}, or null
     * @param training whether the batch's own mean and variance are used
     * @param momentum the share of the batch in the running statistics
     * @param eps what is added to the variance
     */
    Tensor apply(
        Tensor input,
        @Nullable Tensor runningMean,
        @Nullable Tensor runningVar,
        @Nullable Tensor weight,
        @Nullable Tensor bias,
        boolean training,
        double momentum,
        double eps);
  }

  /** A normalisation over trailing dimensions. */
  @FunctionalInterface
  public interface Layer {
    /**
     * {@return the result, of the input's shape}
     *
     * @param input {@code […, normalizedShape]}
     * @param normalizedShape the sizes of these dimensions
     * @param weight of these sizes, or null
     * @param bias of these sizes, or null
     * @param eps what is added to the variance
     */
    Tensor apply(
        Tensor input,
        long[] normalizedShape,
        @Nullable Tensor weight,
        @Nullable Tensor bias,
        double eps);
  }

  /** A division by the root mean square over trailing dimensions. */
  @FunctionalInterface
  public interface RootMeanSquare {
    /**
     * {@return the result, of the input's shape}
     *
     * @param input {@code […, normalizedShape]}
     * @param normalizedShape the sizes of these dimensions
     * @param weight of these sizes, or null
     * @param eps what is added to the mean square; null for the dtype's precision
     */
    Tensor apply(
        Tensor input, long[] normalizedShape, @Nullable Tensor weight, @Nullable Double eps);
  }

  /** A normalisation over groups of channels. */
  @FunctionalInterface
  public interface Group {
    /**
     * {@return the result, of the input's shape}
     *
     * @param input {@code [N, C, …]}
     * @param numGroups into how many groups the channels are divided
     * @param weight {@code [C]}, or null
     * @param bias {@code [C]}, or null
     * @param eps what is added to the variance
     */
    Tensor apply(
        Tensor input, long numGroups, @Nullable Tensor weight, @Nullable Tensor bias, double eps);
  }

  /** A normalisation over neighbouring channels. */
  @FunctionalInterface
  public interface LocalResponse {
    /**
     * {@return the result, of the input's shape}
     *
     * @param self {@code [N, C, …]}
     * @param size the number of channels
     * @param alpha the factor of the mean square
     * @param beta the power
     * @param k the summand
     */
    Tensor apply(Tensor self, long size, double alpha, double beta, double k);
  }

  /** A division by a norm. */
  @FunctionalInterface
  public interface Normalize {
    /**
     * {@return the result, of the input's shape}
     *
     * @param self a floating-point tensor
     * @param p the order of the norm
     * @param dim the dimension
     * @param eps the least divisor
     */
    Tensor apply(Tensor self, double p, int dim, double eps);
  }

  /** The cosine of an angle. */
  @FunctionalInterface
  public interface Cosine {
    /**
     * {@return the cosines}
     *
     * @param x1 vectors along a dimension
     * @param x2 others; shapes broadcast
     * @param dim the dimension
     * @param eps the least norm
     */
    Tensor apply(Tensor x1, Tensor x2, int dim, double eps);
  }

  /** A distance. */
  @FunctionalInterface
  public interface Distance {
    /**
     * {@return the distances}
     *
     * @param x1 vectors along the last dimension
     * @param x2 others; shapes broadcast
     * @param p the order of the norm
     * @param eps what is added to each difference
     * @param keepdim whether the last dimension stays with size 1
     */
    Tensor apply(Tensor x1, Tensor x2, double p, double eps, boolean keepdim);
  }
}
