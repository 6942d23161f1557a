package fluxion.nn.spatial;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.nn.internal.Sizes;
import fluxion.nn.internal.Starts;
import fluxion.ops.nn.ConvolutionCall;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transposed convolution with a weight {@code [in, out / groups, kernel …]} and a bias {@code
 * [out]}, drawn uniformly between ±1/√(out / groups · kernel) as PyTorch draws them.
 */
public abstract sealed class TransposedConvolution extends Layer
    permits ConvTranspose1d, ConvTranspose2d, ConvTranspose3d {
  private final Kernel kernel;
  private final OpSite<ConvolutionCall.Transposed> operator;
  private final Tensor weight;
  private final @Nullable Tensor bias;

  TransposedConvolution(
      int dims, long inChannels, long outChannels, long[] kernelSize, ConvOptions options) {
    this.kernel = Kernel.of(dims, inChannels, outChannels, kernelSize, options);
    if (options.paddingMode() != PaddingMode.ZEROS || options.same()) {
      throw new ArgumentException(
          "Only \"zeros\" padding mode is supported for ConvTranspose" + dims + "d");
    }
    this.operator = OpSite.of("conv_transpose" + dims + "d", ConvolutionCall.Transposed.class);
    this.weight = register("weight", kernel.weight(inChannels, outChannels));
    this.bias = kernel.bias();
    Starts.weightAndBias(weight, bias);
    if (bias != null) {
      register("bias", bias);
    }
  }

  @Override
  public Tensor forward(Tensor input) {
    return operator
        .get()
        .apply(
            input,
            weight,
            bias,
            Sizes.array(kernel.stride()),
            Sizes.array(kernel.padding()),
            Sizes.array(kernel.outputPadding()),
            kernel.options().groups(),
            Sizes.array(kernel.dilation()));
  }

  /** {@return the weight, {@code [in, out / groups, kernel …]}} */
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
