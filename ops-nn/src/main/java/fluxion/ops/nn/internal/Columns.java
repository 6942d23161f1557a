package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.ops.nn.ConvolutionCall;
import java.util.List;

/** Images as columns of windows, and back. */
final class Columns {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("im2col")) {
        t.add(
            named("im2col")
                .overload(
                    "(Tensor self, int[] kernel_size, int[] dilation=1, int[] padding=0, int[]"
                        + " stride=1)",
                    ConvolutionCall.Unfold.class,
                    Columns::unfold)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(1, 2, 3, 4), 2L),
                            sample(s.tensor(2, 4, 3), List.of(2L, 1L), 2L, 1L, 2L))));
      }
      if (t.has("fold")) {
        t.add(
            named("fold")
                .overload(
                    "(Tensor self, int[] output_size, int[] kernel_size, int[] dilation=1, int[]"
                        + " padding=0, int[] stride=1)",
                    ConvolutionCall.Fold.class,
                    Columns::fold)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(1, 8, 6), List.of(3L, 4L), 2L),
                            sample(s.tensor(4, 6), List.of(4L, 3L), List.of(2L, 1L), 2L, 1L, 2L))));
      }
    }
  }

  private Columns() {}

  private static Windows windows(
      String name, long[] size, long[] kernelSize, long[] dilation, long[] padding, long[] stride) {
    long[] kernel = Extents.ofPool(name, "kernel_size", kernelSize, 2);
    long[] spread = Extents.ofPool(name, "dilation", dilation, 2);
    long[] before = Extents.ofPool(name, "padding", padding, 2);
    long[] step = Extents.ofPool(name, "stride", stride, 2);
    Window[] windows = new Window[2];
    for (int d = 0; d < 2; d++) {
      require(kernel[d] > 0, "kernel size", "kernel_size", kernel);
      require(spread[d] > 0, "dilation", "dilation", spread);
      require(step[d] > 0, "stride", "stride", step);
      if (before[d] < 0) {
        throw new ArgumentException(
            "padding should be non-negative, but got padding: " + Extents.joined(" x ", before));
      }
      long free = size[d] + 2 * before[d] - spread[d] * (kernel[d] - 1) - 1;
      windows[d] =
          new Window(
              size[d], kernel[d], step[d], before[d], spread[d], Math.floorDiv(free, step[d]) + 1);
    }
    if (windows[0].output() < 1 || windows[1].output() < 1) {
      throw new ShapeException(
          name
              + ": Given input with spatial size ("
              + Extents.joined(", ", size)
              + "), kernel_size=("
              + Extents.joined(", ", kernel)
              + "), dilation=("
              + Extents.joined(", ", spread)
              + "), padding=("
              + Extents.joined(", ", before)
              + "), calculated shape of the array of sliding blocks as ("
              + windows[0].output()
              + ", "
              + windows[1].output()
              + "), but its components must be at least one.");
    }
    return new Windows(List.of(windows));
  }

  private static void require(boolean positive, String what, String name, long[] given) {
    if (!positive) {
      throw new ArgumentException(
          what
              + " should be greater than zero, but got "
              + name
              + ": "
              + Extents.joined(" x ", given));
    }
  }

  /** The windows of an image as columns. */
  static Tensor unfold(
      Tensor self, long[] kernelSize, long[] dilation, long[] padding, long[] stride) {
    boolean batched = self.dim() == 4;
    boolean valid = self.dim() == 3 || batched;
    for (int d = batched ? 1 : 0; d < self.dim(); d++) {
      valid &= self.size(d) != 0;
    }
    if (!valid) {
      throw new ShapeException(
          "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero"
              + " dimensions for input, but got: "
              + self.shape());
    }
    if (self.dtype() == DType.BOOL) {
      throw Refusals.notImplemented("im2col", DType.BOOL);
    }
    Tensor x = batched ? self : self.unsqueeze(0);
    long[] size = {x.size(2), x.size(3)};
    Windows windows = windows("im2col", size, kernelSize, dilation, padding, stride);
    Tensor columns = Functions.apply(new Im2Col(windows), x);
    Tensor result =
        columns.reshape(
            x.size(0),
            x.size(1) * Windows.product(windows.kernel()),
            Windows.product(windows.output()));
    return batched ? result : result.squeeze(0);
  }

  /** Columns of windows, added into an image. */
  static Tensor fold(
      Tensor self,
      long[] outputSize,
      long[] kernelSize,
      long[] dilation,
      long[] padding,
      long[] stride) {
    boolean batched = self.dim() == 3;
    boolean valid = self.dim() == 2 || batched;
    for (int d = batched ? 1 : 0; d < self.dim(); d++) {
      valid &= self.size(d) != 0;
    }
    if (!valid) {
      throw new ShapeException(
          "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero"
              + " dimensions for input, but got: "
              + self.shape());
    }
    if (self.dtype() == DType.BOOL) {
      throw Refusals.notImplemented("col2im", DType.BOOL);
    }
    Tensor x = batched ? self : self.unsqueeze(0);
    long[] size = Extents.ofPool("fold", "output_size", outputSize, 2);
    require(size[0] > 0 && size[1] > 0, "output size", "output_size", size);
    Windows windows = windows("fold", size, kernelSize, dilation, padding, stride);
    long[] kernel = windows.kernel();
    long[] output = windows.output();
    if (x.size(1) % Windows.product(kernel) != 0) {
      throw new ShapeException(
          "Expected size of input's dimension 1 to be divisible by the product of kernel_size, but"
              + " got input.size(1)="
              + x.size(1)
              + " and kernel_size=("
              + Extents.joined(", ", kernel)
              + ").");
    }
    if (x.size(2) != Windows.product(output)) {
      throw new ShapeException(
          "Given output_size=("
              + Extents.joined(", ", size)
              + "), kernel_size=("
              + Extents.joined(", ", kernel)
              + "), expected size of input's dimension 2 to match the calculated number of sliding"
              + " blocks "
              + Extents.joined(" * ", output)
              + " = "
              + Windows.product(output)
              + ", but got input.size(2)="
              + x.size(2)
              + ".");
    }
    long[] lead = {x.size(0), x.size(1) / Windows.product(kernel)};
    Tensor columns = x.reshape(Windows.join(lead, kernel, output));
    Tensor result = Functions.apply(new Col2Im(windows), columns);
    return batched ? result : result.squeeze(0);
  }
}
