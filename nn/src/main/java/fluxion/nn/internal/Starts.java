package fluxion.nn.internal;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Init;
import org.jspecify.annotations.Nullable;

/** What parameters and buffers start from. */
public final class Starts {
  private Starts() {}

  /**
   * {@return a tensor that an initialiser is to fill}
   *
   * @param options dtype and device; float32 if no dtype is said
   * @param size the shape
   */
  public static Tensor empty(TensorOptions options, long... size) {
    return Tensors.empty(options.requiresGrad(false), size);
  }

  /**
   * {@return ones}
   *
   * @param options dtype and device
   * @param size the shape
   */
  public static Tensor ones(TensorOptions options, long... size) {
    return Tensors.ones(options.requiresGrad(false), size);
  }

  /**
   * {@return zeros}
   *
   * @param options dtype and device
   * @param size the shape
   */
  public static Tensor zeros(TensorOptions options, long... size) {
    return Tensors.zeros(options.requiresGrad(false), size);
  }

  /**
   * {@return a count of 0, int64}
   *
   * @param options the device
   */
  public static Tensor count(TensorOptions options) {
    return zeros(options.dtype(DType.INT64));
  }

  /**
   * Draws the weight of a linear map or a convolution as PyTorch does, then its bias, both
   * uniformly between ±1/√inputs.
   *
   * @param weight {@code [out, in, …]}
   * @param bias {@code [out]}, or null
   */
  public static void weightAndBias(Tensor weight, @Nullable Tensor bias) {
    Init.kaimingUniform_(weight, Math.sqrt(5), Init.Fan.IN, Init.Nonlinearity.LEAKY_RELU);
    if (bias != null) {
      long inputs = Init.fan(weight.shape(), Init.Fan.IN);
      double bound = inputs > 0 ? 1 / Math.sqrt((double) inputs) : 0;
      Init.uniform_(bias, -bound, bound);
    }
  }
}
