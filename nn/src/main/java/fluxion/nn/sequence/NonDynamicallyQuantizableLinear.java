package fluxion.nn.sequence;

import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.nn.Layer;
import fluxion.nn.internal.Starts;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.Functional;
import org.jspecify.annotations.Nullable;

/** The map out of the heads: a linear one, which PyTorch gives this name. */
final class NonDynamicallyQuantizableLinear extends Layer {
  private final Tensor weight;
  private final @Nullable Tensor bias;

  NonDynamicallyQuantizableLinear(long features, boolean hasBias, TensorOptions tensors) {
    this.weight = register("weight", Starts.empty(tensors, features, features));
    this.bias = hasBias ? register("bias", Starts.empty(tensors, features)) : null;
    Starts.weightAndBias(weight, bias);
  }

  Tensor weight() {
    return weight;
  }

  @Nullable Tensor bias() {
    return bias;
  }

  @Override
  public Tensor forward(Tensor input) {
    return Functional.linear(input, weight, bias);
  }

  @Override
  protected String extraText() {
    long size = weight.size(0);
    return "in_features=" + size + ", out_features=" + size + ", bias=" + Texts.of(bias != null);
  }
}
