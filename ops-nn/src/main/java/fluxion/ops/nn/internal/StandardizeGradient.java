package fluxion.ops.nn.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.accelerator.Standardization;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link Standardize} where a device may have loops for it: {@code (g − mean(g) − X
 * · mean(g · X)) · rstd}. Inputs are the cotangent g, the standardised tensor X and {@code rstd}.
 *
 * @param dims the dimensions of means, the last ones
 */
record StandardizeGradient(List<Integer> dims) implements Function {
  /** {@return the first of some dimensions, if they are the last ones of a tensor, or −1} */
  static int trailing(Tensor tensor, List<Integer> dims) {
    int from = tensor.dim() - dims.size();
    for (int i = 0; i < dims.size(); i++) {
      if (dims.get(i) != from + i) {
        return -1;
      }
    }
    return dims.isEmpty() ? -1 : from;
  }

  /** {@return whether a device may have loops for operands} */
  static boolean takes(Tensor g, Tensor result, Tensor rstd, int[] over) {
    return g.dtype() == result.dtype()
        && g.shape().equals(result.shape())
        && g.numel() > 0
        && trailing(g, Normalizations.boxed(over)) >= 0
        && Primitives.accelerator(Standardization.class, g, result, rstd).isPresent();
  }

  @Override
  public String name() {
    return "NativeLayerNormBackwardBackward0";
  }

  @Override
  public boolean keepsGradients() {
    return false;
  }

  private int[] over() {
    return dims.stream().mapToInt(d -> d).toArray();
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor g = Objects.requireNonNull(inputs[0]);
    Tensor result = Objects.requireNonNull(inputs[1]);
    Tensor rstd = Objects.requireNonNull(inputs[2]);
    for (int i = 0; i < inputs.length; i++) {
      ctx.saveInput(i);
    }
    Tensor target = Primitives.unspecified(g.shape(), g.dtype(), g);
    boolean done =
        Primitives.accelerator(Standardization.class, g)
            .orElseThrow()
            .gradient(
                Primitives.operand(g),
                Primitives.operand(result),
                Primitives.operand(rstd),
                trailing(g, dims),
                Primitives.operand(target));
    return new Tensor[] {done ? target : Standardize.composed(g, result, rstd, over())};
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor c = Objects.requireNonNull(gradOutputs[0]);
    Tensor g = ctx.input(0);
    Tensor x = ctx.input(1);
    Tensor rstd = ctx.input(2);
    int[] over = over();
    Tensor scaled = c.mul(rstd);
    Tensor product = g.mul(x).mean(over, true);
    Tensor ofX = scaled.mul(product).add(g.mul(scaled.mul(x).mean(over, true))).neg();
    Tensor centred = g.sub(g.mean(over, true)).sub(x.mul(product));
    return new @Nullable Tensor[] {
      // the gradient is linear in g, and its own adjoint
      Standardize.gradient(c, x, rstd, over), ofX, c.mul(centred).sum(over, true)
    };
  }
}
