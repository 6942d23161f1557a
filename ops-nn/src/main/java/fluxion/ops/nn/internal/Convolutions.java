package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.ops.nn.ConvolutionCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Convolutions over one, two or three dimensions, and their transposes. */
final class Convolutions {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("conv1d")) {
        t.add(convolution(1));
      }
      if (t.has("conv2d")) {
        t.add(convolution(2));
      }
      if (t.has("conv3d")) {
        t.add(convolution(3));
      }
      if (t.has("conv_transpose1d")) {
        t.add(transposed(1));
      }
      if (t.has("conv_transpose2d")) {
        t.add(transposed(2));
      }
      if (t.has("conv_transpose3d")) {
        t.add(transposed(3));
      }
    }
  }

  private Convolutions() {}

  private static Operator convolution(int dims) {
    String name = "conv" + dims + "d";
    return Operator.named(name)
        .overload(
            "(Tensor input, Tensor weight, Tensor? bias=None, int[] stride=1, int[] padding=0,"
                + " int[] dilation=1, int groups=1)",
            ConvolutionCall.Convolution.class,
            (input, weight, bias, stride, padding, dilation, groups) ->
                convolve(name, dims, input, weight, bias, stride, padding, dilation, groups))
        .overload(
            "(Tensor input, Tensor weight, Tensor? bias=None, int[] stride=1, str padding='valid',"
                + " int[] dilation=1, int groups=1)",
            ConvolutionCall.NamedPadding.class,
            (input, weight, bias, stride, padding, dilation, groups) ->
                convolve(name, dims, input, weight, bias, stride, padding, dilation, groups))
        .samples(
            s ->
                List.of(
                    sample(
                        s.tensor(Pools.sizes(dims, 3, 2, 2)),
                        s.tensor(Pools.sizes(dims, 2, 3, 2)),
                        s.tensor(3)),
                    sample(
                        s.tensor(Pools.sizes(dims, 3, 1, 2)),
                        s.tensor(Pools.sizes(dims, 2, 4, 1)),
                        null,
                        2L,
                        1L,
                        2L,
                        2L),
                    sample(s.tensor(Pools.sizes(dims, 3, 2)), s.tensor(Pools.sizes(dims, 2, 3, 2))),
                    sample(
                        s.tensor(Pools.sizes(dims, 3, 1, 2)),
                        s.tensor(Pools.sizes(dims, 2, 3, 2)),
                        s.tensor(3),
                        1L,
                        "same")));
  }

  private static Operator transposed(int dims) {
    String name = "conv_transpose" + dims + "d";
    return Operator.named(name)
        .overload(
            "(Tensor input, Tensor weight, Tensor? bias=None, int[] stride=1, int[] padding=0,"
                + " int[] output_padding=0, int groups=1, int[] dilation=1)",
            ConvolutionCall.Transposed.class,
            (input, weight, bias, stride, padding, outputPadding, groups, dilation) ->
                transpose(
                    name,
                    dims,
                    input,
                    weight,
                    bias,
                    stride,
                    padding,
                    outputPadding,
                    groups,
                    dilation))
        .samples(
            s ->
                List.of(
                    sample(
                        s.tensor(Pools.sizes(dims, 2, 2, 2)),
                        s.tensor(Pools.sizes(dims, 2, 2, 3)),
                        s.tensor(3)),
                    sample(
                        s.tensor(Pools.sizes(dims, 2, 1, 2)),
                        s.tensor(Pools.sizes(dims, 2, 2, 1)),
                        null,
                        2L,
                        1L,
                        1L,
                        2L,
                        2L),
                    sample(
                        s.tensor(Pools.sizes(dims, 2, 2)), s.tensor(Pools.sizes(dims, 2, 2, 3)))));
  }

  // ---- calls

  private static Tensor convolve(
      String name,
      int dims,
      Tensor input,
      Tensor weight,
      @Nullable Tensor bias,
      long[] stride,
      String padding,
      long[] dilation,
      long groups) {
    ConvolutionChecks.checkRanks(name, dims, input, weight);
    long[] steps = Extents.ofConvolution("stride", stride, dims);
    long[] spread = Extents.ofConvolution("dilation", dilation, dims);
    long[] before = new long[dims];
    long[] after = new long[dims];
    switch (padding) {
      case "valid" -> {}
      case "same" -> {
        for (int d = 0; d < dims; d++) {
          if (steps[d] != 1) {
            throw new ArgumentException("padding='same' is not supported for strided convolutions");
          }
          long total = Math.max(0, spread[d]) * Math.max(0, weight.size(2 + d) - 1);
          before[d] = total / 2;
          after[d] = total - before[d];
        }
      }
      default -> throw new ArgumentException("Invalid padding string: '" + padding + "'");
    }
    return convolve(name, dims, input, weight, bias, steps, before, after, spread, groups);
  }

  private static Tensor convolve(
      String name,
      int dims,
      Tensor input,
      Tensor weight,
      @Nullable Tensor bias,
      long[] stride,
      long[] padding,
      long[] dilation,
      long groups) {
    ConvolutionChecks.checkRanks(name, dims, input, weight);
    long[] both = Extents.ofConvolution("padding", padding, dims);
    return convolve(
        name,
        dims,
        input,
        weight,
        bias,
        Extents.ofConvolution("stride", stride, dims),
        both,
        both,
        Extents.ofConvolution("dilation", dilation, dims),
        groups);
  }

  private static Tensor convolve(
      String name,
      int dims,
      Tensor input,
      Tensor weight,
      @Nullable Tensor bias,
      long[] stride,
      long[] before,
      long[] after,
      long[] dilation,
      long groups) {
    ConvolutionChecks.checkSteps(stride, before, dilation, groups);
    ConvolutionChecks.checkTypes(name, input, weight, bias);
    boolean batched = input.dim() == dims + 2;
    Tensor x = batched ? input : input.unsqueeze(0);
    ConvolutionChecks.checkGroups(weight, groups);
    if (x.size(1) != weight.size(1) * groups) {
      throw new ShapeException(
          "Given groups="
              + groups
              + ", weight of size "
              + weight.shape()
              + ", expected input"
              + x.shape()
              + " to have "
              + weight.size(1) * groups
              + " channels, but got "
              + x.size(1)
              + " channels instead");
    }
    ConvolutionChecks.checkBias("Given weight of size ", weight, bias, weight.size(0));
    List<Window> windows = new ArrayList<>();
    long[] padded = new long[dims];
    long[] extents = new long[dims];
    boolean fits = true;
    for (int d = 0; d < dims; d++) {
      long size = x.size(2 + d);
      long kernel = weight.size(2 + d);
      padded[d] = size + before[d] + after[d];
      extents[d] = dilation[d] * (kernel - 1) + 1;
      fits &= kernel > 0 && extents[d] <= padded[d];
      windows.add(
          new Window(
              size,
              kernel,
              stride[d],
              before[d],
              dilation[d],
              Math.floorDiv(padded[d] - extents[d], stride[d]) + 1));
    }
    if (!fits) {
      throw new ShapeException(
          "Calculated padded input size per channel: ("
              + Extents.joined(" x ", padded)
              + "). Kernel size: ("
              + Extents.joined(" x ", extents)
              + "). Kernel size can't be greater than actual input size");
    }
    Convolution function = new Convolution(new Windows(windows), groups, Convolution.Part.OUTPUT);
    Tensor result = Functions.apply(function, x, weight, bias);
    return batched ? result : result.squeeze(0);
  }

  /** A parameter of each dimension in PyTorch's words, to which one dimension is a row. */
  private static String sides(String what, long[] values, long height) {
    long[] all = values.length == 1 ? new long[] {height, values[0]} : values;
    String[] sides = {"depth", "height", "width"};
    StringBuilder text = new StringBuilder();
    for (int d = 0; d < all.length; d++) {
      String side = sides[sides.length - all.length + d];
      text.append(' ').append(what).append('_').append(side).append(": ").append(all[d]);
    }
    return text.toString();
  }

  private static Tensor transpose(
      String name,
      int dims,
      Tensor input,
      Tensor weight,
      @Nullable Tensor bias,
      long[] strides,
      long[] paddings,
      long[] outputPaddings,
      long groups,
      long[] dilations) {
    ConvolutionChecks.checkRanks(name, dims, input, weight);
    long[] stride = Extents.ofConvolution("stride", strides, dims);
    long[] padding = Extents.ofConvolution("padding", paddings, dims);
    long[] outputPadding = Extents.ofConvolution("output_padding", outputPaddings, dims);
    long[] dilation = Extents.ofConvolution("dilation", dilations, dims);
    ConvolutionChecks.checkSteps(stride, padding, dilation, groups);
    for (int d = 0; d < dims; d++) {
      if (outputPadding[d] < 0) {
        throw new ArgumentException("negative output_padding is not supported");
      }
      if (outputPadding[d] >= stride[d] && outputPadding[d] >= dilation[d]) {
        throw new ArgumentException(
            "output padding must be smaller than either stride or dilation, but got"
                + sides("output_padding", outputPadding, 0)
                + sides("stride", stride, 1)
                + sides("dilation", dilation, 1));
      }
    }
    ConvolutionChecks.checkTypes(name, input, weight, bias);
    boolean batched = input.dim() == dims + 2;
    Tensor y = batched ? input : input.unsqueeze(0);
    ConvolutionChecks.checkGroups(weight, groups);
    if (y.size(1) != weight.size(0)) {
      throw new ShapeException(
          "Given transposed=1, weight of size "
              + weight.shape()
              + ", expected input"
              + y.shape()
              + " to have "
              + weight.size(0)
              + " channels, but got "
              + y.size(1)
              + " channels instead");
    }
    ConvolutionChecks.checkBias(
        "Given transposed=1, weight of size ", weight, bias, weight.size(1) * groups);
    List<Window> windows = new ArrayList<>();
    long[] sizes = new long[dims];
    boolean fits = true;
    for (int d = 0; d < dims; d++) {
      long count = y.size(2 + d);
      long kernel = weight.size(2 + d);
      sizes[d] =
          (count - 1) * stride[d]
              - 2 * padding[d]
              + dilation[d] * (kernel - 1)
              + outputPadding[d]
              + 1;
      fits &= sizes[d] > 0 && kernel > 0 && count > 0;
      windows.add(new Window(sizes[d], kernel, stride[d], padding[d], dilation[d], count));
    }
    if (!fits) {
      throw new ShapeException(
          "Given input size per channel: ("
              + Extents.joined(" x ", Arrays.copyOfRange(y.shape().toArray(), 2, 2 + dims))
              + "). Calculated output size per channel: ("
              + Extents.joined(" x ", sizes)
              + "). Output size is too small");
    }
    ConvolutionChecks.checkMemory(y, weight.size(1) * groups, sizes);
    Convolution function = new Convolution(new Windows(windows), groups, Convolution.Part.INPUT);
    Tensor result = Functions.apply(function, y, weight, bias);
    return batched ? result : result.squeeze(0);
  }
}
