package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.BinaryFunction;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.Reduction;
import fluxion.ops.nn.LossReduction;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * A loss of the difference d of two tensors of one dtype, reduced in the pass that computes it.
 *
 * <p>The gradients are {@code ±g · slope(d)}; they are pointwise functions, so that theirs follow
 * from the formulas.
 *
 * @param kind which loss
 * @param reduction what becomes of the losses
 * @param parameter the kind's parameter, if it has one
 */
record DifferenceLoss(Kind kind, LossReduction reduction, double parameter)
    implements BinaryFunction {
  /** The losses. */
  enum Kind {
    /** d². */
    MSE,
    /** |d|; the slope at 0 is 0. */
    L1,
    /** d² / 2β below β, then |d| − β / 2. */
    SMOOTH_L1,
    /** d² / 2 up to δ, then δ · (|d| − δ / 2). */
    HUBER
  }

  private static final Map<Kind, PointwiseFunction> BY_SELF = gradients(false);
  private static final Map<Kind, PointwiseFunction> BY_TARGET = gradients(true);

  /** For each kind the function of self, target and cotangent, with the parameter. */
  private static Map<Kind, PointwiseFunction> gradients(boolean negative) {
    Map<Kind, PointwiseFunction> gradients = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      PointwiseFunction gradient =
          PointwiseFunction.of(
              "loss_backward",
              3,
              1,
              Promotion.PROMOTE,
              (x, s) -> {
                Expr slope = slope(kind, x[0].sub(x[1]), s[0]);
                return x[2].mul(negative ? slope.neg() : slope);
              });
      gradients.put(kind, gradient.node(node(kind).replace("Backward0", "BackwardBackward0")));
    }
    return gradients;
  }

  private static String node(Kind kind) {
    return switch (kind) {
      case MSE -> "MseLossBackward0";
      case L1 -> "L1LossBackward0";
      case SMOOTH_L1 -> "SmoothL1LossBackward0";
      case HUBER -> "HuberLossBackward0";
    };
  }

  private static Expr loss(Kind kind, Expr d, Expr p) {
    Expr half = d.mul(d).mul(0.5);
    Expr line = d.abs().sub(p.mul(0.5));
    return switch (kind) {
      case MSE -> d.mul(d);
      case L1 -> d.abs();
      case SMOOTH_L1 -> Expr.select(d.abs().lt(p), half.div(p), line);
      case HUBER -> Expr.select(d.abs().le(p), half, p.mul(line));
    };
  }

  private static Expr slope(Kind kind, Expr d, Expr p) {
    return switch (kind) {
      case MSE -> d.mul(2);
      case L1 -> d.sign();
      case SMOOTH_L1 -> held(d, p, d.div(p), Expr.literal(d.type(), 1));
      case HUBER -> held(d, p, d, p);
    };
  }

  /** A slope between −p and p, and ±bound beyond. */
  private static Expr held(Expr d, Expr p, Expr slope, Expr bound) {
    Expr above = Expr.select(d.ge(p), bound, slope);
    return Expr.select(d.le(p.neg()), bound.neg(), above);
  }

  @Override
  public String name() {
    return node(kind);
  }

  @Override
  public Tensor forward(Context ctx, Tensor self, Tensor target) {
    ctx.saveInput(0);
    ctx.saveInput(1);
    DType dtype = self.dtype();
    DType compute = dtype.computeType();
    Expr d = Expr.input(0, dtype).cast(compute).sub(Expr.input(1, dtype).cast(compute));
    Expr loss = loss(kind, d, Expr.scalar(0, compute));
    Tensor[] inputs = {self, target};
    if (reduction == LossReduction.NONE) {
      return Primitives.pointwise(Kernel.of(loss.cast(dtype)), inputs, Scalar.of(parameter))[0];
    }
    Shape shape = Shape.broadcast(self.shape(), target.shape());
    Expr sum = Expr.input(0, compute);
    Expr result = reduction == LossReduction.MEAN ? sum.div(Expr.scalar(1, compute)) : sum;
    boolean[] all = new boolean[shape.dim()];
    Arrays.fill(all, true);
    Reduction fold =
        new Reduction(Reduction.Kind.SUM, Kernel.of(loss), compute, Kernel.of(result.cast(dtype)));
    return Primitives.reduce(
        fold, inputs, all, false, Scalar.of(parameter), Scalar.of((double) shape.numel()));
  }

  @Override
  public Tensor gradient(Context ctx, int input, Tensor gradOutput) {
    Tensor self = ctx.input(0);
    Tensor target = ctx.input(1);
    Tensor g = gradOutput;
    if (reduction == LossReduction.MEAN) {
      g = g.div((double) Shape.broadcast(self.shape(), target.shape()).numel());
    }
    PointwiseFunction gradient =
        Objects.requireNonNull((input == 0 ? BY_SELF : BY_TARGET).get(kind));
    return gradient.callAll(new Tensor[] {self, target, g}, Scalar.of(parameter));
  }
}
