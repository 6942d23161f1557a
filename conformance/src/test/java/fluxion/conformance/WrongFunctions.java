package fluxion.conformance;

import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Functions with mistakes that a check must find, and the right ones beside them. */
final class WrongFunctions {
  private WrongFunctions() {}

  /** The gradient of x². */
  @FunctionalInterface
  interface Slope {
    /** The gradient, from x and the cotangent. */
    @Nullable Tensor of(Tensor x, Tensor g);
  }

  /** x², whose gradient is what it is given. */
  record Square(Slope slope) implements Function {
    @Override
    public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
      ctx.saveInput(0);
      Tensor x = Objects.requireNonNull(inputs[0]);
      return new Tensor[] {x.mul(x)};
    }

    @Override
    public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
      Tensor g = Objects.requireNonNull(gradOutputs[0]);
      return new @Nullable Tensor[] {slope.of(ctx.input(0), g)};
    }
  }

  /** x² y, whose gradients may be swapped. */
  record SquareTimes(boolean swapped) implements Function {
    @Override
    public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
      ctx.saveInput(0);
      ctx.saveInput(1);
      Tensor x = Objects.requireNonNull(inputs[0]);
      return new Tensor[] {x.mul(x).mul(Objects.requireNonNull(inputs[1]))};
    }

    @Override
    public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
      Tensor g = Objects.requireNonNull(gradOutputs[0]);
      Tensor x = ctx.input(0);
      Tensor byX = g.mul(x).mul(ctx.input(1)).mul(2);
      Tensor byY = g.mul(x).mul(x);
      return swapped ? new @Nullable Tensor[] {byY, byX} : new @Nullable Tensor[] {byX, byY};
    }
  }

  static TensorFunction square(Slope slope) {
    return x -> List.of(Functions.apply(new Square(slope), x.get(0)));
  }

  static TensorFunction squareTimes(boolean swapped) {
    return x -> List.of(Functions.apply(new SquareTimes(swapped), x.get(0), x.get(1)));
  }
}
