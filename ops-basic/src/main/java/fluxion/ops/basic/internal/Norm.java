package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.SingularPoints;
import fluxion.engine.spi.UnaryFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The p-norm {@code (Σ |x|ᵖ)^(1/p)} over some dimensions; for ±∞ the largest and the smallest
 * magnitude, for 0 the number of elements that are not 0.
 *
 * <p>The gradient follows PyTorch's {@code norm_backward}: 0 where the norm is 0, and shared evenly
 * by the elements of extreme magnitude.
 *
 * @param p the order
 * @param dims which dimensions are reduced
 * @param keepdim whether they stay with size 1
 * @param dtype the dtype of the result, to which elements are cast first
 */
record Norm(double p, Dims dims, boolean keepdim, DType dtype) implements UnaryFunction {
  static Operator operator() {
    return named("norm")
        .overload(
            "(Tensor self, Scalar p, int[]? dim=None, bool keepdim=False, *,"
                + " ScalarType? dtype=None)",
            Call.Norm.class,
            Norm::norm)
        .overload(
            "(Tensor self, str p='fro', int[]? dim=None, bool keepdim=False, *,"
                + " ScalarType? dtype=None)",
            Call.NamedNorm.class,
            Norm::norm)
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3)),
                    sample(s.tensor(2, 3), 1),
                    sample(s.tensor(2, 3), 3, List.of(1L)),
                    sample(s.tensor(2, 3), 2.5, List.of(0L), true),
                    sample(s.tensor(2, 3), 1.5),
                    sample(s.tensor(2, 3), 0.5),
                    sample(s.tensor(2, 3), -1, List.of(1L)),
                    sample(s.tensor(2, 3), Double.POSITIVE_INFINITY),
                    sample(s.tensor(2, 3), Double.NEGATIVE_INFINITY, List.of(-1L)),
                    sample(s.tensor(), 2)))
        .singularAt(SingularPoints.magnitudes());
  }

  // The gradients, of inputs x, norm and cotangent, the latter two with reduced dimensions kept.
  private static final PointwiseFunction GRADIENT_1 =
      gradient("norm1_gradient", (x, s) -> x[0].sign().mul(x[2]));
  private static final PointwiseFunction GRADIENT_2 =
      gradient("norm2_gradient", (x, s) -> unlessZero(x[1], x[2].mul(x[0].div(x[1]))));
  private static final PointwiseFunction GRADIENT_BELOW_1 =
      gradient(
          "norm_gradient",
          (x, s) ->
              unlessZero(x[0], x[0].sign().mul(x[0].abs().pow(s[0].sub(1.0))))
                  .mul(x[2])
                  .mul(x[1].pow(Expr.literal(x[1].type(), 1.0).sub(s[0]))));
  private static final PointwiseFunction GRADIENT_BELOW_2 =
      gradient(
          "norm_gradient",
          (x, s) ->
              unlessZero(
                  x[1],
                  x[0].sign()
                      .mul(x[0].abs().pow(s[0].sub(1.0)))
                      .mul(x[2].div(x[1].pow(s[0].sub(1.0))))));
  private static final PointwiseFunction GRADIENT_ABOVE_2 =
      gradient(
          "norm_gradient",
          (x, s) ->
              unlessZero(
                  x[1],
                  x[0].mul(x[0].abs().pow(s[0].sub(2.0))).mul(x[2].div(x[1].pow(s[0].sub(1.0))))));
  private static final PointwiseFunction IS_EXTREME =
      PointwiseFunction.binary(
          "norm_is_extreme",
          Promotion.PROMOTE,
          (x, n) -> x.abs().eq(n).or(x.isnan().and(n.isnan())).cast(x.type()));

  private static PointwiseFunction gradient(String name, PointwiseFunction.Formula formula) {
    return PointwiseFunction.of(name, 3, 1, Promotion.PROMOTE, formula);
  }

  private static Expr unlessZero(Expr value, Expr result) {
    return Expr.select(value.eq(0.0), Expr.literal(result.type(), 0.0), result);
  }

  static Tensor norm(
      Tensor self, Scalar p, int @Nullable [] dim, boolean keepdim, @Nullable DType dtype) {
    DType result = dtype != null ? dtype : self.dtype();
    if (!result.isFloatingPoint()) {
      throw new DTypeException(
          "norm(): input dtype should be either floating point or complex. Got "
              + result.typeName()
              + " instead.");
    }
    Dims dims = Dims.of(self.shape(), dim);
    // The norm of no elements is 0, whatever its order.
    double order = dims.count(self.shape()) == 0 ? 2 : p.toDouble();
    return Functions.apply(new Norm(order, dims, keepdim, result), self);
  }

  static Tensor norm(
      Tensor self, String p, int @Nullable [] dim, boolean keepdim, @Nullable DType dtype) {
    if (p.equals("nuc")) {
      int[] matrix = dim != null ? dim : new int[] {-2, -1};
      if (dim == null && self.dim() != 2) {
        throw new ShapeException(
            "Expected a tensor with 2 dimensions, but got a tensor with "
                + self.dim()
                + " dimensions instead.");
      }
      return MatrixNorms.matrixNorm(self, p, matrix, keepdim, dtype);
    }
    if (!p.equals("fro")) {
      throw new ArgumentException(
          "norm(): the order '" + p + "' is not there; give a number, 'fro' or 'nuc'");
    }
    if (dim != null && dim.length > 2) {
      throw new ShapeException(
          "Expected at most 2 dimensions, but got " + dim.length + " dimensions instead.");
    }
    return norm(self, Scalar.of(2), dim, keepdim, dtype);
  }

  @Override
  public String name() {
    return "NormBackward1";
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    DType compute = dtype.computeType();
    // PyTorch's kernels take the order as a float32, whatever the dtype.
    double rounded = (float) p;
    Expr x = Expr.input(0, input.dtype()).cast(dtype).cast(compute);
    Expr total = Expr.input(0, compute);
    Expr before = x.abs();
    Expr after = total;
    Reduction.Kind kind = Reduction.Kind.SUM;
    if (p == 0) {
      before = x.ne(0.0).cast(compute);
    } else if (p == 2) {
      before = x.mul(x);
      after = total.sqrt();
    } else if (Double.isInfinite(p)) {
      kind = p > 0 ? Reduction.Kind.MAX : Reduction.Kind.MIN;
    } else if (p != 1) {
      before = x.abs().pow(Expr.scalar(0, compute));
      after = total.pow(Expr.scalar(1, compute));
    }
    ctx.saveInput(0);
    ctx.saveOutput(0);
    return Primitives.reduce(
        new Reduction(kind, Kernel.of(before), compute, Kernel.of(after.cast(dtype))),
        new Tensor[] {input},
        dims.mask(),
        keepdim,
        Scalar.of(rounded),
        Scalar.of(1 / rounded));
  }

  @Override
  public @Nullable Tensor backward(Context ctx, Tensor gradOutput) {
    Tensor x = ctx.input(0);
    Tensor norm = dims.restore(ctx.output(0), keepdim);
    Tensor grad = dims.restore(gradOutput, keepdim);
    if (p == 0) {
      return null;
    }
    if (Double.isInfinite(p)) {
      Tensor extreme = IS_EXTREME.call(x, norm).detach();
      Tensor ties = Reductions.sum(extreme, dims.toArray(), true, null);
      return GRADIENT_1.callAll(new Tensor[] {x, norm, grad.mul(extreme).div(ties)}, Scalar.of(p));
    }
    PointwiseFunction gradient =
        p == 1
            ? GRADIENT_1
            : p == 2
                ? GRADIENT_2
                : p < 1 ? GRADIENT_BELOW_1 : p < 2 ? GRADIENT_BELOW_2 : GRADIENT_ABOVE_2;
    return gradient.callAll(new Tensor[] {x, norm, grad}, Scalar.of(p));
  }
}
