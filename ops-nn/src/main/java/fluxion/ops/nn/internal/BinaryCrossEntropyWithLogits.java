package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.TensorSpec;
import fluxion.ops.nn.LossReduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code w · ((1 − t) · x + (1 + (p − 1) · t) · log(1 + exp(−x)))}, reduced.
 *
 * <p>Inputs are logits x, targets t and, each or null, weights w and weights p of the positive
 * part. The result has the targets' dtype. The gradients are pointwise functions, so that theirs
 * follow from the formulas.
 *
 * @param reduction what becomes of the losses
 */
record BinaryCrossEntropyWithLogits(LossReduction reduction) implements Function {
  /** A formula in logits, targets and the weights, where there are any. */
  private interface Formula {
    Expr apply(Expr x, Expr t, @Nullable Expr p);
  }

  private static Expr loss(Expr x, Expr t, @Nullable Expr p) {
    Expr negative = one(t).sub(t).mul(x);
    Expr positive = x.neg().softplus();
    return negative.add(p == null ? positive : p.sub(1).mul(t).add(1).mul(positive));
  }

  private static Expr byLogits(Expr x, Expr t, @Nullable Expr p) {
    if (p == null) {
      return x.sigmoid().sub(t);
    }
    Expr pt = p.mul(t);
    return pt.add(1).sub(t).mul(x.sigmoid()).sub(pt);
  }

  private static Expr byTarget(Expr x, Expr t, @Nullable Expr p) {
    Expr slope = x.neg();
    return p == null ? slope : slope.add(p.sub(1).mul(slope.softplus()));
  }

  private static Expr one(Expr like) {
    return Expr.literal(like.type(), 1);
  }

  /** The four forms of a gradient: with and without each kind of weight. */
  private static PointwiseFunction[] forms(Formula formula) {
    PointwiseFunction[] forms = new PointwiseFunction[4];
    for (int form = 0; form < forms.length; form++) {
      boolean weighted = (form & 1) != 0;
      boolean positive = (form & 2) != 0;
      int inputs = 3 + Integer.bitCount(form);
      forms[form] =
          PointwiseFunction.of(
              "binary_cross_entropy_with_logits_backward",
              inputs,
              0,
              Promotion.PROMOTE,
              (x, s) -> {
                Expr p = positive ? x[inputs - 1] : null;
                Expr gradient = x[0].mul(formula.apply(x[1], x[2], p));
                return weighted ? gradient.mul(x[3]) : gradient;
              });
    }
    return forms;
  }

  private static final PointwiseFunction[] BY_LOGITS =
      forms(BinaryCrossEntropyWithLogits::byLogits);
  private static final PointwiseFunction[] BY_TARGET =
      forms(BinaryCrossEntropyWithLogits::byTarget);

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor self = Objects.requireNonNull(inputs[0]);
    DType dtype = Objects.requireNonNull(inputs[1]).dtype();
    DType compute = dtype.computeType();
    List<Tensor> operands = new ArrayList<>();
    @Nullable Expr[] x = new @Nullable Expr[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      ctx.saveInput(i);
      Tensor input = inputs[i];
      if (input != null) {
        x[i] = Expr.input(operands.size(), input.dtype()).cast(compute);
        operands.add(input);
      }
    }
    Expr loss = loss(Objects.requireNonNull(x[0]), Objects.requireNonNull(x[1]), x[3]);
    Expr weight = x[2];
    Expr weighted = weight == null ? loss : loss.mul(weight);
    Tensor[] tensors = operands.toArray(Tensor[]::new);
    if (reduction == LossReduction.NONE) {
      return Primitives.pointwise(Kernel.of(weighted.cast(dtype)), tensors);
    }
    Expr sum = Expr.input(0, compute);
    Expr result = reduction == LossReduction.MEAN ? sum.div(Expr.scalar(0, compute)) : sum;
    boolean[] all = new boolean[self.dim()];
    Arrays.fill(all, true);
    Reduction fold =
        new Reduction(
            Reduction.Kind.SUM, Kernel.of(weighted), compute, Kernel.of(result.cast(dtype)));
    return new Tensor[] {
      Primitives.reduce(fold, tensors, all, false, Scalar.of((double) self.numel()))
    };
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor g = Objects.requireNonNull(gradOutputs[0]);
    if (reduction == LossReduction.MEAN) {
      g = g.div((double) ctx.inputSpec(0).shape().numel());
    }
    List<Tensor> operands = new ArrayList<>(List.of(g, ctx.input(0), ctx.input(1)));
    int form = 0;
    for (int i = 2; i < 4; i++) {
      Tensor weight = ctx.optionalInput(i);
      if (weight != null) {
        operands.add(weight);
        form |= i - 1;
      }
    }
    Tensor[] tensors = operands.toArray(Tensor[]::new);
    return new @Nullable Tensor[] {
      ctx.needsGradient(0) ? BY_LOGITS[form].callAll(tensors) : null,
      ctx.needsGradient(1) ? BY_TARGET[form].callAll(tensors) : null,
      null,
      null
    };
  }

  @Override
  public Optional<TensorSpec[]> infer(@Nullable TensorSpec[] inputs) {
    TensorSpec target = Objects.requireNonNull(inputs[1]);
    Shape shape = reduction == LossReduction.NONE ? target.shape() : Shape.SCALAR;
    return Optional.of(new TensorSpec[] {new TensorSpec(shape, target.dtype(), target.device())});
  }
}
