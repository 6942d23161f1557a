package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.BinaryFunction;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.Reduction;
import fluxion.ops.nn.LossCall;
import fluxion.ops.nn.LossReduction;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binary cross entropy of probabilities, {@code −t log x − (1 − t) log(1 − x)}, with logarithms
 * held at −100 or above.
 */
final class BinaryCrossEntropy {
  private static final String NAME = "binary_cross_entropy";

  /** What the divisor of the gradient is at least, as in PyTorch. */
  private static final double EPSILON = 1e-12;

  private static final PointwiseFunction LOSS =
      PointwiseFunction.binary(
          NAME,
          Promotion.PROMOTE,
          (x, t) -> t.sub(1).mul(x.neg().log1p().max(-100.0)).sub(t.mul(x.log().max(-100.0))));

  /** Of x, t and the cotangent. Its derivatives are PyTorch's, with its ε. */
  private static final PointwiseFunction BY_SELF =
      PointwiseFunction.of(
              "binary_cross_entropy_backward",
              3,
              0,
              Promotion.PROMOTE,
              (x, s) -> x[2].mul(x[0].sub(x[1]).div(one(x[0]).sub(x[0]).mul(x[0]).max(EPSILON))))
          .gradient(0, (x, s, out, g) -> g.mul(x[2]).mul(curvature(x[0], x[1])))
          .gradient(2, (x, s, out, g) -> g.mul(slope(x[0], x[1])));

  private static final PointwiseFunction BY_TARGET =
      PointwiseFunction.of(
          "binary_cross_entropy_backward",
          2,
          0,
          Promotion.PROMOTE,
          (x, s) -> x[1].mul(one(x[0]).sub(x[0]).log().sub(x[0].log())));

  private static Expr one(Expr like) {
    return Expr.literal(like.type(), 1.0);
  }

  private static Expr slope(Expr x, Expr t) {
    return x.sub(t).div(x.add(EPSILON).mul(one(x).sub(x).add(EPSILON)));
  }

  private static Expr curvature(Expr x, Expr t) {
    Expr left = x.add(EPSILON);
    Expr right = one(x).sub(x).add(EPSILON);
    Expr divisor = left.mul(left).mul(right.mul(right));
    return x.mul(x).sub(x.mul(t).mul(2.0)).add(t).div(divisor);
  }

  /** The losses of single elements. */
  private record Elements() implements BinaryFunction {
    @Override
    public String name() {
      return "BinaryCrossEntropyBackward0";
    }

    @Override
    public Tensor forward(Context ctx, Tensor self, Tensor target) {
      ctx.saveInput(0);
      ctx.saveInput(1);
      return LOSS.call(self, target);
    }

    @Override
    public Tensor gradient(Context ctx, int input, Tensor gradOutput) {
      Tensor self = ctx.input(0);
      return input == 0
          ? BY_SELF.callAll(new Tensor[] {self, ctx.input(1), gradOutput})
          : BY_TARGET.call(self, gradOutput);
    }
  }

  private static final PerDType<Reduction> ARE_PROBABILITIES =
      new PerDType<>(
          dtype -> {
            Expr x = Expr.input(0, dtype).cast(dtype.computeType());
            return new Reduction(
                Reduction.Kind.ALL,
                Kernel.of(x.ge(0.0).and(x.le(1.0))),
                DType.BOOL,
                Kernel.of(Expr.input(0, DType.BOOL)));
          });

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has(NAME)) {
        t.add(
            named(NAME)
                .overload(
                    "(Tensor self, Tensor target, Tensor? weight=None, str reduction='mean')",
                    LossCall.Weighted.class,
                    BinaryCrossEntropy::loss)
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(0.1, 0.9, 2, 3), s.uniform(0.1, 0.9, 2, 3)),
                            sample(s.uniform(0.1, 0.9), s.uniform(0.1, 0.9), null, "sum"),
                            sample(
                                s.uniform(0.1, 0.9, 2, 3),
                                s.uniform(0.1, 0.9, 2, 3),
                                s.uniform(0.5, 2, 3).detach(),
                                "none"))));
      }
    }
  }

  private BinaryCrossEntropy() {}

  private static Tensor loss(
      Tensor self, Tensor target, @Nullable Tensor weight, String reduction) {
    LossReduction kind = LossReduction.of(reduction);
    Shape shape = self.shape();
    if (!target.shape().equals(shape)) {
      throw new ShapeException(
          "Using a target size (torch.Size("
              + target.shape()
              + ")) that is different to the input size (torch.Size("
              + shape
              + ")) is deprecated. Please ensure they have the same size.");
    }
    if (!self.dtype().isFloatingPoint()) {
      throw new DTypeException(
          "\"binary_cross_entropy\" not implemented for '"
              + self.dtype().typeName()
              + "'; give floating-point probabilities");
    }
    ClassLosses.refuseGradient(NAME, "weight", weight);
    boolean[] all = new boolean[self.dim()];
    Arrays.fill(all, true);
    Tensor[] operands = {self.detach()};
    if (!Checks.all(Primitives.reduce(ARE_PROBABILITIES.of(self.dtype()), operands, all, false))) {
      throw new ArgumentException("all elements of input should be between 0 and 1");
    }
    Tensor losses = Functions.apply(new Elements(), self, target);
    return Reduced.of(weight == null ? losses : losses.mul(expanded(weight, shape)), kind);
  }

  private static Tensor expanded(Tensor weight, Shape shape) {
    Shape common = Shape.broadcast(shape, weight.shape());
    if (!common.equals(shape)) {
      throw new ShapeException(
          "output with shape " + shape + " doesn't match the broadcast shape " + common);
    }
    return weight;
  }
}
