package fluxion.engine.spi.accelerator;

import fluxion.api.DType;
import fluxion.engine.spi.Operand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The products of which a convolution over one, two or three dimensions and its gradients are made.
 * With images {@code x [N, C, size…]}, a weight {@code w [O, C / groups, kernel…]} and outputs
 * {@code y [N, O, output…]}, all three come from one sum over pairs of an element of {@code x} and
 * an element of {@code w} that meet in an element of {@code y}: output channel {@code o} belongs to
 * group {@code o / (O / groups)}, meets the {@code C / groups} channels of that group, and at
 * window {@code p} meets, with element {@code k} of the kernel, the image's element {@code p ·
 * stride + k · dilation − padding} along each dimension. Elements outside the image count as zeros;
 * windows are as many as {@code y} has, which may leave a margin of the image unused.
 *
 * <p>Operands have one dtype, any layout, and no dimension of size 0. What is written is a
 * contiguous operand that overlaps nothing that is read; all of its elements are written, whatever
 * they were. Sums are computed in the dtype's compute type. Of the order of summands nothing is
 * asked but that it depends on shapes alone.
 */
public interface Convolution {
  /**
   * How windows slide along one dimension.
   *
   * @param stride the step from one window to the next, at least 1
   * @param padding how many zeros come before the image, at least 0
   * @param dilation the step from one element of a window to the next, at least 1
   */
  record Along(long stride, long padding, long dilation) {}

  /**
   * How windows slide.
   *
   * @param along how along each dimension
   * @param groups into how many groups channels are divided, at least 1
   */
  record Sliding(List<Along> along, long groups) {
    /** Keeps a copy of the list. */
    public Sliding {
      along = List.copyOf(along);
    }
  }

  /**
   * {@return whether operands of a dtype are taken}
   *
   * @param dtype the dtype
   */
  boolean takes(DType dtype);

  /**
   * Computes {@code y}: of each window the sum over channels and elements of the kernel.
   *
   * @param sliding how windows slide
   * @param x the images
   * @param w the weight
   * @param bias what is added to each channel of the sum, {@code [O]}, or null
   * @param y the outputs
   */
  void output(Sliding sliding, Operand x, Operand w, @Nullable Operand bias, Operand y);

  /**
   * Computes {@code x}: of each element of an image the sum over the output channels of its group
   * and the windows that hold it. This is the gradient of the images if {@code y} is that of the
   * outputs, and the transposed convolution of {@code y}.
   *
   * @param sliding how windows slide
   * @param y the outputs
   * @param w the weight
   * @param bias what is added to each channel of the sum, {@code [C]}, or null
   * @param x the images
   */
  void input(Sliding sliding, Operand y, Operand w, @Nullable Operand bias, Operand x);

  /**
   * Computes {@code w}: the sum over images and windows, which is the gradient of the weight if
   * {@code y} is that of the outputs.
   *
   * @param sliding how windows slide
   * @param x the images
   * @param y the outputs
   * @param w the weight
   */
  void weight(Sliding sliding, Operand x, Operand y, Operand w);
}
