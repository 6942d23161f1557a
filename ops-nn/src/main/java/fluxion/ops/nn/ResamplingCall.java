package fluxion.ops.nn;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** The forms of call of what pads and resamples images. */
public final class ResamplingCall {
  private ResamplingCall() {}

  /** A tensor with a margin. */
  @FunctionalInterface
  public interface Pad {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param pad two numbers for each dimension, the last dimension first: what is added before and
     *     after, or cut off if negative
     * @param mode {@code constant}, {@code reflect}, {@code replicate} or {@code circular}
     * @param value the constant, or null for 0
     */
    Tensor apply(Tensor self, long[] pad, String mode, @Nullable Double value);
  }

  /** An image in another size. */
  @FunctionalInterface
  public interface Interpolate {
    /**
     * {@return the result, {@code [N, C, size…]}}
     *
     * @param self {@code [N, C, size…]}
     * @param size the new sizes, or null
     * @param scaleFactor by what sizes are multiplied, or null
     * @param mode {@code nearest}, {@code nearest-exact}, {@code linear}, {@code bilinear}, {@code
     *     bicubic}, {@code trilinear} or {@code area}
     * @param alignCorners whether the corners' centres stay where they are, or null
     * @param recomputeScaleFactor whether the factor is what the sizes make, or null
     * @param antialias whether shrinking smoothes
     */
    Tensor apply(
        Tensor self,
        long @Nullable [] size,
        double @Nullable [] scaleFactor,
        String mode,
        @Nullable Boolean alignCorners,
        @Nullable Boolean recomputeScaleFactor,
        boolean antialias);
  }

  /** An image at places of a grid. */
  @FunctionalInterface
  public interface GridSample {
    /**
     * {@return the elements, {@code [N, C, …]} with the grid's sizes}
     *
     * @param self {@code [N, C, H, W]} or {@code [N, C, D, H, W]}
     * @param grid {@code [N, …, 2]} or {@code [N, …, 3]}: x, y and z between −1 and 1
     * @param mode {@code bilinear}, {@code nearest} or {@code bicubic}
     * @param paddingMode {@code zeros}, {@code border} or {@code reflection}
     * @param alignCorners whether −1 and 1 are the corners' centres; null for no
     */
    Tensor apply(
        Tensor self, Tensor grid, String mode, String paddingMode, @Nullable Boolean alignCorners);
  }

  /** A grid of an affine map. */
  @FunctionalInterface
  public interface AffineGrid {
    /**
     * {@return the grid}
     *
     * @param theta {@code [N, 2, 3]} or {@code [N, 3, 4]}
     * @param size of the image that is wanted, {@code [N, C, size…]}
     * @param alignCorners whether −1 and 1 are the corners' centres; null for no
     */
    Tensor apply(Tensor theta, long[] size, @Nullable Boolean alignCorners);
  }

  /** A tensor and a factor. */
  @FunctionalInterface
  public interface Factor {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param factor the factor
     */
    Tensor apply(Tensor self, long factor);
  }
}
