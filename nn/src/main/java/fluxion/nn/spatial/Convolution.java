package fluxion.nn.spatial;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.nn.internal.Sizes;
import fluxion.nn.internal.Starts;
import fluxion.ops.nn.ConvolutionCall;
import fluxion.ops.nn.ResamplingCall;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with a weight {@code [out, in / groups, kernel …]} and a bias {@code [out]}, drawn
 * uniformly between ±1/√(in / groups · kernel) as PyTorch draws them.
 */
public abstract sealed class Convolution extends Layer permits Conv1d, Conv2d, Conv3d {
  private static final OpSite<ResamplingCall.Pad> PAD = OpSite.of("pad", ResamplingCall.Pad.class);

  private final Kernel kernel;
  private final OpSite<ConvolutionCall.Convolution> plain;
  private final OpSite<ConvolutionCall.NamedPadding> named;
  private final Tensor weight;
  private final @Nullable Tensor bias;

  Convolution(int dims, long inChannels, long outChannels, long[] kernelSize, ConvOptions options) {
    this.kernel = Kernel.of(dims, inChannels, outChannels, kernelSize, options);
    if (options.same() && kernel.stride().stream().anyMatch(step -> step != 1)) {
      throw new ArgumentException("padding='same' is not supported for strided convolutions");
    }
    this.plain = OpSite.of("conv" + dims + "d", ConvolutionCall.Convolution.class);
    this.named = OpSite.of("conv" + dims + "d", ConvolutionCall.NamedPadding.class);
    this.weight = register("weight", kernel.weight(outChannels, inChannels));
    this.bias = kernel.bias();
    Starts.weightAndBias(weight, bias);
    if (bias != null) {
      register("bias", bias);
    }
  }

  @Override
  public Tensor forward(Tensor input) {
    ConvOptions options = kernel.options();
    long[] stride = Sizes.array(kernel.stride());
    long[] dilation = Sizes.array(kernel.dilation());
    if (options.paddingMode() != PaddingMode.ZEROS) {
      String mode = options.paddingMode().text();
      Tensor padded = PAD.get().apply(input, around(), mode, null);
      long[] none = new long[kernel.dims()];
      return plain.get().apply(padded, weight, bias, stride, none, dilation, options.groups());
    }
    if (options.same()) {
      return named.get().apply(input, weight, bias, stride, "same", dilation, options.groups());
    }
    return plain
        .get()
        .apply(
            input, weight, bias, stride, Sizes.array(kernel.padding()), dilation, options.groups());
  }

  /** What is added on each side, the last dimension first. */
  private long[] around() {
    int dims = kernel.dims();
    long[] around = new long[2 * dims];
    for (int d = 0; d < dims; d++) {
      int at = 2 * (dims - 1 - d);
      if (kernel.options().same()) {
        long total = kernel.dilation().get(d) * (kernel.size().get(d) - 1);
        around[at] = total / 2;
        around[at + 1] = total - total / 2;
      } else {
        around[at] = kernel.padding().get(d);
        around[at + 1] = kernel.padding().get(d);
      }
    }
    return around;
  }

  /** {@return the weight, {@code [out, in / groups, kernel …]}} */
  public Tensor weight() {
    return weight;
  }

  /** {@return the bias, {@code [out]}, if there is one} */
  public Optional<Tensor> bias() {
    return Optional.ofNullable(bias);
  }

  @Override
  protected String extraText() {
    return kernel.text();
  }
}
