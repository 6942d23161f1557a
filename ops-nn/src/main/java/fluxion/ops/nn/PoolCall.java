package fluxion.ops.nn;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The forms of call of pools. Numbers that go with dimensions are given once for all of them or
 * once for each.
 */
public final class PoolCall {
  private PoolCall() {}

  /** The largest element of each window. */
  @FunctionalInterface
  public interface Max {
    /**
     * {@return the largest elements and, where asked for, their indices in the flattened input}
     *
     * @param self {@code [N, C, size…]} or {@code [C, size…]}
     * @param kernelSize the size of a window
     * @param stride the step of the windows; null or empty for the size of one
     * @param padding how far the windows reach beyond the input
     * @param dilation the distance of a window's elements
     * @param ceilMode whether a window that does not fit whole counts
     * @param returnIndices whether the indices are wanted
     */
    Tensor[] apply(
        Tensor self,
        long[] kernelSize,
        long @Nullable [] stride,
        long[] padding,
        long[] dilation,
        boolean ceilMode,
        boolean returnIndices);
  }

  /** The mean of each window of one dimension. */
  @FunctionalInterface
  public interface Average1d {
    /**
     * {@return the means}
     *
     * @param self {@code [N, C, L]} or {@code [C, L]}
     * @param kernelSize the size of a window
     * @param stride the step of the windows; null or empty for the size of one
     * @param padding the number of zeros on both sides
     * @param ceilMode whether a window that does not fit whole counts
     * @param countIncludePad whether these zeros count as elements
     */
    Tensor apply(
        Tensor self,
        long[] kernelSize,
        long @Nullable [] stride,
        long[] padding,
        boolean ceilMode,
        boolean countIncludePad);
  }

  /** The mean of each window. */
  @FunctionalInterface
  public interface Average {
    /**
     * {@return the means}
     *
     * @param self {@code [N, C, size…]} or {@code [C, size…]}
     * @param kernelSize the size of a window
     * @param stride the step of the windows; null or empty for the size of one
     * @param padding the number of zeros on both sides
     * @param ceilMode whether a window that does not fit whole counts
     * @param countIncludePad whether these zeros count as elements
     * @param divisorOverride by what sums are divided, or null for the number of elements
     */
    Tensor apply(
        Tensor self,
        long[] kernelSize,
        long @Nullable [] stride,
        long[] padding,
        boolean ceilMode,
        boolean countIncludePad,
        @Nullable Long divisorOverride);
  }

  /** A power mean of each window, times a power of its size. */
  @FunctionalInterface
  public interface Power {
    /**
     * {@return the results}
     *
     * @param self {@code [N, C, size…]} or {@code [C, size…]}
     * @param normType the power
     * @param kernelSize the size of a window
     * @param stride the step of the windows; null or empty for the size of one
     * @param ceilMode whether a window that does not fit whole counts
     */
    Tensor apply(
        Tensor self,
        double normType,
        long[] kernelSize,
        long @Nullable [] stride,
        boolean ceilMode);
  }

  /** Means of as many windows as are wanted. */
  @FunctionalInterface
  public interface AdaptiveAverage {
    /**
     * {@return the means}
     *
     * @param self {@code [N, C, size…]} or {@code [C, size…]}
     * @param outputSize the number of windows; null for as many as there are elements
     */
    Tensor apply(Tensor self, @Nullable Long[] outputSize);
  }

  /** The largest elements of as many windows as are wanted. */
  @FunctionalInterface
  public interface AdaptiveMax {
    /**
     * {@return the largest elements and, where asked for, their indices in the flattened input}
     *
     * @param self {@code [N, C, size…]} or {@code [C, size…]}
     * @param outputSize the number of windows; null for as many as there are elements
     * @param returnIndices whether the indices are wanted
     */
    Tensor[] apply(Tensor self, @Nullable Long[] outputSize, boolean returnIndices);
  }

  /** Elements put back to where a pool took them from. */
  @FunctionalInterface
  public interface Unpool {
    /**
     * {@return zeros with the elements in their places}
     *
     * @param self {@code [N, C, size…]} or {@code [C, size…]}
     * @param indices their places in the flattened result, of the same shape
     * @param kernelSize the size of a window of the pool
     * @param stride the step of its windows; null or empty for the size of one
     * @param padding how far its windows reached beyond the input
     * @param outputSize the size of the result, or null for what follows from the windows
     */
    Tensor apply(
        Tensor self,
        Tensor indices,
        long[] kernelSize,
        long @Nullable [] stride,
        long[] padding,
        long @Nullable [] outputSize);
  }
}
