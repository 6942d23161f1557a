package fluxion.ops.basic.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.ScatterMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tensor's elements times those scattered to them along a dimension: the second input, at int64
 * indices, the third.
 *
 * @param dim the dimension, from 0
 */
record ScatterProduct(int dim) implements Function {
  @Override
  public String name() {
    return "ScatterReduceBackward0";
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    for (int i = 0; i < 3; i++) {
      ctx.saveInput(i);
    }
    Tensor result = Primitives.copyOf(Objects.requireNonNull(inputs[0]));
    Primitives.scatterInto(
        ScatterMode.MUL,
        result,
        dim,
        Objects.requireNonNull(inputs[2]),
        Objects.requireNonNull(inputs[1]));
    return new Tensor[] {result};
  }

  private Tensor product(Tensor self, Tensor src, Tensor index) {
    return Functions.apply(this, self, src, index);
  }

  private Tensor picked(Tensor tensor, Tensor index) {
    return Functions.apply(new Gather(dim), tensor, index);
  }

  /**
   * The product without a factor is the product divided by it. A factor of 0 is taken for a 1 where
   * it is the only one; where there are more, nothing is left of the others' derivatives.
   */
  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    Tensor self = ctx.input(0);
    Tensor src = ctx.input(1);
    Tensor index = ctx.input(2);
    Tensor own = null;
    if (ctx.needsGradient(0)) {
      Tensor factor = self.maskedFill(self.detach().eq(0), 1);
      own = gradOutput.mul(product(factor, src, index)).div(factor);
    }
    Tensor others = null;
    if (ctx.needsGradient(1)) {
      Tensor zero = src.detach().eq(0);
      Tensor zeros =
          Functions.apply(new ScatterAdd(dim, self.shape()), zero.to(gradOutput.dtype()), index);
      Tensor only = zero.mul(picked(zeros, index).eq(1));
      Tensor around = picked(gradOutput.mul(product(self, src.maskedFill(only, 1), index)), index);
      Tensor plain = picked(gradOutput.mul(product(self, src, index)), index);
      others = around.where(only, plain.div(src.maskedFill(zero, 1)));
    }
    return new @Nullable Tensor[] {own, others, null};
  }
}
