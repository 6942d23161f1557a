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
 * The largest or smallest of a tensor's elements and those scattered to them along a dimension: the
 * second input, at int64 indices, the third. Equal ones share the cotangent.
 *
 * @param dim the dimension, from 0
 * @param max whether the largest
 */
record ScatterExtreme(int dim, boolean max) implements Function {
  @Override
  public String name() {
    return "ScatterReduceBackward0";
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    for (int i = 0; i < 3; i++) {
      ctx.saveInput(i);
    }
    ctx.saveOutput(0);
    Tensor result = Primitives.copyOf(Objects.requireNonNull(inputs[0]));
    Primitives.scatterInto(
        max ? ScatterMode.MAX : ScatterMode.MIN,
        result,
        dim,
        Objects.requireNonNull(inputs[2]),
        Objects.requireNonNull(inputs[1]));
    return new Tensor[] {result};
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    Tensor index = ctx.input(2);
    Tensor result = ctx.output(0).detach();
    Tensor ownWins = ctx.input(0).detach().eq(result).to(gradOutput.dtype());
    Tensor picked = Functions.apply(new Gather(dim), result, index);
    Tensor wins = ctx.input(1).detach().eq(picked).to(gradOutput.dtype());
    Tensor count = Functions.apply(new ScatterWrite(dim, true), ownWins, wins, index);
    Tensor share = gradOutput.div(count);
    return new @Nullable Tensor[] {
      share.mul(ownWins), Functions.apply(new Gather(dim), share, index).mul(wins), null
    };
  }
}
