package fluxion.nn.spatial;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.nn.internal.Sizes;
import fluxion.nn.internal.Starts;
import fluxion.nn.internal.Texts;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What convolutions and their transposes have: channels, sizes, a weight and a bias. */
record Kernel(
    long inChannels,
    long outChannels,
    List<Long> size,
    List<Long> stride,
    List<Long> padding,
    List<Long> outputPadding,
    List<Long> dilation,
    ConvOptions options) {

  static Kernel of(int dims, long inChannels, long outChannels, long[] size, ConvOptions options) {
    long groups = options.groups();
    if (groups <= 0) {
      throw new ArgumentException("groups must be a positive integer");
    }
    if (inChannels % groups != 0) {
      throw new ArgumentException("in_channels must be divisible by groups");
    }
    if (outChannels % groups != 0) {
      throw new ArgumentException("out_channels must be divisible by groups");
    }
    return new Kernel(
        inChannels,
        outChannels,
        Sizes.each("kernel_size", Sizes.of(size), dims),
        Sizes.each("stride", options.stride(), dims),
        Sizes.each("padding", options.padding(), dims),
        Sizes.each("output_padding", options.outputPadding(), dims),
        Sizes.each("dilation", options.dilation(), dims),
        options);
  }

  int dims() {
    return size.size();
  }

  /** A weight of {@code [rows, columns / groups, kernel …]}, not filled yet. */
  Tensor weight(long rows, long columns) {
    long[] sizes = new long[2 + dims()];
    sizes[0] = rows;
    sizes[1] = columns / options.groups();
    for (int d = 0; d < dims(); d++) {
      sizes[2 + d] = size.get(d);
    }
    return Starts.empty(options.tensors(), sizes);
  }

  @Nullable Tensor bias() {
    return options.bias() ? Starts.empty(options.tensors(), outChannels) : null;
  }

  /** How PyTorch shows it. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(inChannels).append(", ").append(outChannels);
    text.append(", kernel_size=").append(Texts.tuple(size));
    text.append(", stride=").append(Texts.tuple(stride));
    if (options.same()) {
      text.append(", padding=same");
    } else {
      unless(0, "padding", padding, text);
    }
    unless(1, "dilation", dilation, text);
    unless(0, "output_padding", outputPadding, text);
    if (options.groups() != 1) {
      text.append(", groups=").append(options.groups());
    }
    if (!options.bias()) {
      text.append(", bias=False");
    }
    if (options.paddingMode() != PaddingMode.ZEROS) {
      text.append(", padding_mode=").append(options.paddingMode().text());
    }
    return text.toString();
  }

  private void unless(long usual, String name, List<Long> sizes, StringBuilder text) {
    if (!sizes.equals(Collections.nCopies(dims(), usual))) {
      text.append(", ").append(name).append("=").append(Texts.tuple(sizes));
    }
  }
}
