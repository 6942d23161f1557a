package fluxion.conformance.faulty;

import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import fluxion.engine.spi.UnaryFunction;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the wrong operators of the gallery are put together from. */
final class WrongOperators {
  private WrongOperators() {}

  /** The gradient of one input. */
  @FunctionalInterface
  interface Slope {
    /** The gradient, from the input and the cotangent. */
    @Nullable Tensor of(Tensor x, Tensor g);
  }

  /** The gradients of two inputs. */
  @FunctionalInterface
  interface Slopes {
    /** The gradients, from the context, which has both inputs, and the cotangent. */
    @Nullable Tensor[] of(Context ctx, Tensor g);
  }

  /** Results from one input. */
  @FunctionalInterface
  interface Results {
    /** The results. */
    Tensor[] of(Context ctx, Tensor x);
  }

  /** The gradient of one input, from the cotangents of several results. */
  @FunctionalInterface
  interface Pull {
    /** The gradients, one an input. */
    @Nullable Tensor[] of(Context ctx, @Nullable Tensor[] g);
  }

  /** x², whose gradient is what it is given. */
  record Square(Slope slope) implements UnaryFunction {
    @Override
    public Tensor forward(Context ctx, Tensor x) {
      ctx.saveInput(0);
      return x.mul(x);
    }

    @Override
    public @Nullable Tensor backward(Context ctx, Tensor g) {
      return slope.of(ctx.input(0), g);
    }
  }

  /** 2x, whose gradient is what it is given; nothing is saved. */
  record Twice(Slope slope) implements UnaryFunction {
    @Override
    public Tensor forward(Context ctx, Tensor x) {
      ctx.saveInput(0);
      return x.mul(2);
    }

    @Override
    public @Nullable Tensor backward(Context ctx, Tensor g) {
      return slope.of(ctx.input(0), g);
    }
  }

  /** x² y, whose gradients are what it is given. */
  record SquareTimes(Slopes slopes) implements Function {
    @Override
    public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
      ctx.saveInput(0);
      ctx.saveInput(1);
      Tensor x = Objects.requireNonNull(inputs[0]);
      return new Tensor[] {x.mul(x).mul(Objects.requireNonNull(inputs[1]))};
    }

    @Override
    public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] g) {
      return slopes.of(ctx, Objects.requireNonNull(g[0]));
    }
  }

  /** A function of one input that is all given. */
  record Given(Results results, Pull pull) implements Function {
    @Override
    public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
      return results.of(ctx, Objects.requireNonNull(inputs[0]));
    }

    @Override
    public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] g) {
      return pull.of(ctx, g);
    }
  }

  /** A provider of some operators. */
  private record Provider(List<Operator> operators) implements FunctionProvider {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "wrong operators";
    }
  }

  static FunctionProvider provider(Operator... operators) {
    return new Provider(List.of(operators));
  }

  /** A provider of one operator of one tensor, with samples. */
  static FunctionProvider one(Call.Unary call) {
    return provider(unary("faulty_operator", call));
  }

  /** A provider of x² with a gradient. */
  static FunctionProvider square(Slope slope) {
    return one(x -> Functions.apply(new Square(slope), x));
  }

  /** A provider of 2x with a gradient. */
  static FunctionProvider twice(Slope slope) {
    return one(x -> Functions.apply(new Twice(slope), x));
  }

  /** A provider of x² y with gradients. */
  static FunctionProvider squareTimes(Slopes slopes) {
    return provider(
        binary("faulty_operator", (x, y) -> Functions.apply(new SquareTimes(slopes), x, y)));
  }

  /** An operator of one tensor, with samples that are not square. */
  static Operator unary(String name, Call.Unary call) {
    return bare(name, call)
        .samples(
            s -> List.of(Operator.sample(s.uniform(0.5, 2, 2, 3)), Operator.sample(s.tensor(4))));
  }

  /** An operator of one tensor without samples. */
  static Operator bare(String name, Call.Unary call) {
    return Operator.named(name).overload("(Tensor self)", Call.Unary.class, call);
  }

  /** An operator of two tensors, with samples of which the second broadcasts in two ways. */
  static Operator binary(String name, Call.Binary call) {
    return Operator.named(name)
        .overload("(Tensor self, Tensor other)", Call.Binary.class, call)
        .samples(
            s ->
                List.of(
                    Operator.sample(s.uniform(0.5, 2, 2, 3), s.uniform(0.5, 2, 2, 3)),
                    Operator.sample(s.uniform(0.5, 2, 2, 3), s.uniform(0.5, 2, 3)),
                    Operator.sample(s.uniform(0.5, 2, 2, 3), s.uniform(0.5, 2))));
  }
}
