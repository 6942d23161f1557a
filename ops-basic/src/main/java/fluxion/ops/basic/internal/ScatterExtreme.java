package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
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
 * @param includeSelf whether an element of the tensor counts where others are scattered to; as in
 *     PyTorch, one that does not and is equal to the result all the same takes its share away
 */
record ScatterExtreme(int dim, boolean max, boolean includeSelf) implements Function {
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
    Tensor index = Objects.requireNonNull(inputs[2]);
    if (!includeSelf) {
      Tensor neutral =
          Tensors.full(
              ScatterReductions.neutral(result.dtype(), max),
              TensorOptions.of(result.dtype()).device(result.device()));
      Primitives.scatterInto(
          ScatterMode.SET,
          result,
          dim,
          index,
          Primitives.alias(neutral, layout -> layout.expand(index.shape())));
    }
    Primitives.scatterInto(
        max ? ScatterMode.MAX : ScatterMode.MIN,
        result,
        dim,
        index,
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
    Tensor own = share.mul(ownWins);
    if (!includeSelf) {
      Tensor zero = Primitives.zeros(Shape.SCALAR, own.dtype(), own);
      own = Functions.apply(new ScatterWrite(dim, false), own, zero, index);
    }
    return new @Nullable Tensor[] {
      own, Functions.apply(new Gather(dim), share, index).mul(wins), null
    };
  }
}
