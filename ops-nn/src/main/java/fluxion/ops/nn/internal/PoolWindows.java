package fluxion.ops.nn.internal;

import fluxion.api.ArgumentException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The windows of pools, checked as PyTorch checks them. */
final class PoolWindows {
  private PoolWindows() {}

  /**
   * The windows of a pool.
   *
   * @param name the operator
   * @param dims the number of dimensions
   * @param self the tensor
   * @param kernelSize the size of a window
   * @param stride the step, or null
   * @param padding the padding
   * @param dilation the dilation
   * @param ceilMode whether a window that does not fit whole counts
   */
  static Windows of(
      String name,
      int dims,
      Tensor self,
      long[] kernelSize,
      long @Nullable [] stride,
      long[] padding,
      long[] dilation,
      boolean ceilMode) {
    long[] kernel = Extents.ofPool(name, "kernel_size", kernelSize, dims);
    long[] step = steps(name, kernel, stride);
    long[] before = Extents.ofPool(name, "padding", padding, dims);
    long[] spread = Extents.ofPool(name, "dilation", dilation, dims);
    for (int d = 0; d < dims; d++) {
      checkSteps(step[d], before[d], kernel[d]);
    }
    requirePositive("kernel size", "kernel_size", kernel);
    requirePositive("stride", "stride", step);
    requirePositive("dilation", "dilation", spread);
    checkRank(name, dims, self);
    List<Window> windows = new ArrayList<>();
    long[] sizes = Arrays.copyOfRange(self.shape().toArray(), self.dim() - dims, self.dim());
    long[] outputs = new long[dims];
    boolean fits = true;
    for (int d = 0; d < dims; d++) {
      long free = sizes[d] + 2 * before[d] - spread[d] * (kernel[d] - 1) - 1;
      outputs[d] = Math.floorDiv(free + (ceilMode ? step[d] - 1 : 0), step[d]) + 1;
      if (ceilMode && (outputs[d] - 1) * step[d] >= sizes[d] + before[d]) {
        outputs[d]--;
      }
      fits &= outputs[d] >= 1;
      windows.add(new Window(sizes[d], kernel[d], step[d], before[d], spread[d], outputs[d]));
    }
    if (!fits) {
      throw tooSmall(self, dims, sizes, outputs);
    }
    return new Windows(windows);
  }

  /** The steps, which are the sizes of a window where none are given. */
  static long[] steps(String name, long[] kernel, long @Nullable [] stride) {
    return stride == null || stride.length == 0
        ? kernel
        : Extents.ofPool(name, "stride", stride, kernel.length);
  }

  private static void checkSteps(long step, long before, long kernel) {
    if (step == 0) {
      throw new ArgumentException("stride should not be zero");
    }
    if (before < 0) {
      throw new ArgumentException(
          "pad must be non-negative, but got pad: " + before + " as padding");
    }
    if (before > kernel / 2) {
      throw new ArgumentException(
          "pad should be at most half of kernel size, but got pad="
              + before
              + " and kernel_size="
              + kernel);
    }
  }

  private static void requirePositive(String what, String name, long[] given) {
    for (long value : given) {
      if (value <= 0) {
        throw new ArgumentException(
            what
                + " should be greater than zero, but got "
                + name
                + ": "
                + Extents.joined(" x ", given));
      }
    }
  }

  /** Refuses other numbers of dimensions, and dimensions without elements but a batch's. */
  static void checkRank(String name, int dims, Tensor self) {
    boolean batched = self.dim() == dims + 2;
    boolean valid = batched || self.dim() == dims + 1;
    if (dims == 3 && !valid) {
      throw new ShapeException(
          "non-empty 4D or 5D (batch mode) tensor expected for input, but got: "
              + self.shape()
              + " in "
              + name);
    }
    for (int d = batched ? 1 : 0; d < self.dim(); d++) {
      if (self.size(d) == 0 && dims == 3) {
        throw new ShapeException(
            (name.startsWith("max")
                    ? "max_pool3d_with_indices_out_cpu_template()"
                    : name + "_out_cpu()")
                + ": Expected input's non-batch dimensions to have positive length, but input has"
                + " a shape of "
                + self.shape()
                + " and non-batch dimension 0 has length zero!");
      }
      valid &= self.size(d) != 0;
    }
    if (!valid) {
      throw new ShapeException(
          (dims == 1 ? name + ": " : "")
              + "Expected "
              + (dims + 1)
              + "D or "
              + (dims + 2)
              + "D (batch mode) tensor with optional 0 dim batch size for input, but got:"
              + self.shape()
              + (dims == 1 ? "" : " in " + name));
    }
  }

  private static ShapeException tooSmall(Tensor self, int dims, long[] sizes, long[] outputs) {
    long channels = self.size(self.dim() - dims - 1);
    // As in PyTorch, one dimension counts as two.
    long[] lead = dims == 1 ? new long[] {channels, 1} : new long[] {channels};
    return new ShapeException(
        "Given input size: ("
            + Extents.joined("x", Windows.join(lead, sizes))
            + "). Calculated output size: ("
            + Extents.joined("x", Windows.join(lead, outputs))
            + "). Output size is too small");
  }
}
