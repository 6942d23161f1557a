package fluxion.ops.nn;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The forms of call of convolutions and of what cuts tensors into windows. Numbers that go with
 * dimensions are given once for all of them or once for each.
 */
public final class ConvolutionCall {
  private ConvolutionCall() {}

  /** A convolution. */
  @FunctionalInterface
  public interface Convolution {
    /**
     * {@return the result, {@code [N, O, output…]}}
     *
     * @param input {@code [N, C, size…]} or {@code [C, size…]}
     * @param weight {@code [O, C / groups, kernel…]}
     * @param bias {@code [O]}, or null
     * @param stride the step of the kernel
     * @param padding the number of zeros on both sides
     * @param dilation the distance of the kernel's elements
     * @param groups into how many groups the channels are divided
     */
    Tensor apply(
        Tensor input,
        Tensor weight,
        @Nullable Tensor bias,
        long[] stride,
        long[] padding,
        long[] dilation,
        long groups);
  }

  /** A convolution with a padding that has a name. */
  @FunctionalInterface
  public interface NamedPadding {
    /**
     * {@return the result, {@code [N, O, output…]}}
     *
     * @param input {@code [N, C, size…]} or {@code [C, size…]}
     * @param weight {@code [O, C / groups, kernel…]}
     * @param bias {@code [O]}, or null
     * @param stride the step of the kernel
     * @param padding {@code valid} for none, or {@code same} for an output of the input's size
     * @param dilation the distance of the kernel's elements
     * @param groups into how many groups the channels are divided
     */
    Tensor apply(
        Tensor input,
        Tensor weight,
        @Nullable Tensor bias,
        long[] stride,
        String padding,
        long[] dilation,
        long groups);
  }

  /** A transposed convolution. */
  @FunctionalInterface
  public interface Transposed {
    /**
     * {@return the result, {@code [N, O, output…]}}
     *
     * @param input {@code [N, C, size…]} or {@code [C, size…]}
     * @param weight {@code [C, O / groups, kernel…]}
     * @param bias {@code [O]}, or null
     * @param stride the step of the kernel over the output
     * @param padding what is cut off on both sides
     * @param outputPadding what is added to one side
     * @param groups into how many groups the channels are divided
     * @param dilation the distance of the kernel's elements
     */
    Tensor apply(
        Tensor input,
        Tensor weight,
        @Nullable Tensor bias,
        long[] stride,
        long[] padding,
        long[] outputPadding,
        long groups,
        long[] dilation);
  }

  /** A bilinear map. */
  @FunctionalInterface
  public interface Bilinear {
    /**
     * {@return the result, {@code […, O]}}
     *
     * @param input1 {@code […, A]}
     * @param input2 {@code […, B]}
     * @param weight {@code [O, A, B]}
     * @param bias {@code [O]}, or null
     */
    Tensor apply(Tensor input1, Tensor input2, Tensor weight, @Nullable Tensor bias);
  }

  /** A tensor that is cut into windows. */
  @FunctionalInterface
  public interface Unfold {
    /**
     * {@return the windows as columns, {@code [N, C · kernel, L]}}
     *
     * @param self {@code [N, C, H, W]} or {@code [C, H, W]}
     * @param kernelSize the size of a window
     * @param dilation the distance of a window's elements
     * @param padding the number of zeros on both sides
     * @param stride the step of the windows
     */
    Tensor apply(Tensor self, long[] kernelSize, long[] dilation, long[] padding, long[] stride);
  }

  /** Windows that are added into a tensor. */
  @FunctionalInterface
  public interface Fold {
    /**
     * {@return the sum, {@code [N, C, H, W]}}
     *
     * @param self the windows as columns, {@code [N, C · kernel, L]} or without N
     * @param outputSize H and W
     * @param kernelSize the size of a window
     * @param dilation the distance of a window's elements
     * @param padding how much of the windows lies outside on both sides
     * @param stride the step of the windows
     */
    Tensor apply(
        Tensor self,
        long[] outputSize,
        long[] kernelSize,
        long[] dilation,
        long[] padding,
        long[] stride);
  }
}
