package fluxion.nn.norm;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.nn.internal.Starts;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.NormalizationCall;
import org.jspecify.annotations.Nullable;

/**
 * Brings groups of channels of each example to mean 0 and variance 1: Wu and He, <i>Group
 * Normalization</i>, 2018. Weight and bias have one number a channel.
 */
public final class GroupNorm extends Layer {
  private static final OpSite<NormalizationCall.Group> OPERATOR =
      OpSite.of("group_norm", NormalizationCall.Group.class);

  private final long numGroups;
  private final long numChannels;
  private final double eps;
  private final @Nullable Tensor weight;
  private final @Nullable Tensor bias;

  /**
   * Makes a layer with weight and bias, eps 1e-5, in float32.
   *
   * @param numGroups the number of groups
   * @param numChannels the number of channels, a multiple of it
   */
  public GroupNorm(long numGroups, long numChannels) {
    this(numGroups, numChannels, 1e-5, true, TensorOptions.DEFAULT);
  }

  /**
   * Makes a layer.
   *
   * @param numGroups the number of groups
   * @param numChannels the number of channels, a multiple of it
   * @param eps what is added to the variance
   * @param affine whether there are weight and bias
   * @param tensors their dtype and device
   * @throws ArgumentException if the channels cannot be divided into the groups
   */
  public GroupNorm(
      long numGroups, long numChannels, double eps, boolean affine, TensorOptions tensors) {
    if (numGroups <= 0 || numChannels % numGroups != 0) {
      throw new ArgumentException("num_channels must be divisible by num_groups");
    }
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.eps = eps;
    this.weight = affine ? register("weight", Starts.ones(tensors, numChannels)) : null;
    this.bias = affine ? register("bias", Starts.zeros(tensors, numChannels)) : null;
  }

  @Override
  public Tensor forward(Tensor input) {
    return OPERATOR.get().apply(input, numGroups, weight, bias, eps);
  }

  @Override
  protected String extraText() {
    return numGroups
        + ", "
        + numChannels
        + ", eps="
        + Texts.of(eps)
        + ", affine="
        + Texts.of(weight != null);
  }
}
