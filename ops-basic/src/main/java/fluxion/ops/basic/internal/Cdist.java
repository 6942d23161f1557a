package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.engine.spi.BinaryFunction;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.basic.LinalgCall;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The distances of all pairs of rows of two batches of matrices. */
final class Cdist {
  private static final String BY_PRODUCT = "use_mm_for_euclid_dist";
  private static final String IF_MANY = "use_mm_for_euclid_dist_if_necessary";
  private static final String DIRECT = "donot_use_mm_for_euclid_dist";

  /** From how many rows on Euclidean distances are computed by a product, as in PyTorch. */
  private static final int MANY = 25;

  /** The derivative of a distance by a difference, from the difference, the distance and p. */
  private interface Slope {
    Expr apply(Expr difference, Expr distance, Expr p);

    /** Of a distance of an order. */
    static Slope of(double p) {
      if (p == 1) {
        return (d, x, order) -> d.sign();
      }
      if (p == 2) {
        return (d, x, order) -> Expr.select(x.eq(0.0), zero(d), d.div(x));
      }
      if (Double.isInfinite(p)) {
        return (d, x, order) -> Expr.select(d.abs().eq(x), d.sign(), zero(d));
      }
      return (d, x, order) -> {
        Expr power = order.sub(1.0);
        Expr slope = d.sign().mul(d.abs().pow(power)).div(x.pow(power));
        Expr none = x.eq(0.0).or(d.eq(0.0).and(order.lt(1.0)));
        return Expr.select(none, zero(d), slope);
      };
    }
  }

  // The gradients of a difference, of inputs difference, distance and cotangent.
  private static final PointwiseFunction OF_SUM = gradient(1);
  private static final PointwiseFunction EUCLIDEAN = gradient(2);
  private static final PointwiseFunction OF_LARGEST = gradient(Double.POSITIVE_INFINITY);
  private static final PointwiseFunction GENERAL = gradient(3);

  private static PointwiseFunction gradient(double p) {
    Slope slope = Slope.of(p);
    return PointwiseFunction.of(
        "cdist_backward",
        3,
        1,
        Promotion.PROMOTE,
        (x, s) -> x[2].mul(slope.apply(x[0], x[1], s[0])));
  }

  private static Expr zero(Expr like) {
    return Expr.literal(like.type(), 0.0);
  }

  /** {@code g / d}, and 0 where the distance d is 0. */
  private static final PointwiseFunction RATIO =
      PointwiseFunction.binary(
          "div", Promotion.PROMOTE, (g, d) -> Expr.select(d.eq(0.0), zero(g), g.div(d)));

  /** The root of a square that may have come out below 0. */
  private static final PointwiseFunction ROOT =
      PointwiseFunction.unary(
          "sqrt", Promotion.PROMOTE, x -> Expr.select(x.lt(0.0), zero(x), x).sqrt());

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("cdist")) {
        t.add(
            named("cdist")
                .overload(
                    "(Tensor x1, Tensor x2, float p=2.0, str? compute_mode=None)",
                    LinalgCall.Distances.class,
                    Cdist::cdist)
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(0, 1, 3, 2), s.uniform(2, 3, 2, 2)),
                            sample(s.uniform(0, 1, 3, 2), s.uniform(2, 3, 2, 2), 2.0, BY_PRODUCT),
                            sample(s.uniform(0, 1, 2, 2, 2), s.uniform(2, 3, 2, 2), 1.0),
                            sample(s.uniform(0, 1, 2, 2), s.uniform(2, 3, 2, 2), 3.5),
                            sample(s.uniform(0, 1, 2, 2), s.uniform(2, 3, 2, 2), 0.5),
                            sample(s.uniform(0, 1, 2, 1), s.uniform(2, 3, 2, 1), INFINITE)))
                .singularAt(SingularPoints.meetings()));
      }
    }

    private static final double INFINITE = Double.POSITIVE_INFINITY;
  }

  private Cdist() {}

  private static void check(Tensor x, String name) {
    if (!x.dtype().isFloatingPoint()) {
      throw new DTypeException(
          "cdist only supports floating-point dtypes, " + name + " got: " + x.dtype().typeName());
    }
    if (x.dim() < 2) {
      throw new ShapeException(
          "cdist only supports at least 2D tensors, " + name + " got: " + x.dim() + "D");
    }
  }

  static Tensor cdist(Tensor x1, Tensor x2, double p, @Nullable String computeMode) {
    String mode = computeMode == null ? IF_MANY : computeMode;
    if (!Set.of(BY_PRODUCT, IF_MANY, DIRECT).contains(mode)) {
      throw new ArgumentException(mode + " is not a valid value for compute_mode");
    }
    check(x1, "X1");
    check(x2, "X2");
    if (x1.size(-1) != x2.size(-1)) {
      throw new ShapeException(
          "X1 and X2 must have the same number of columns. X1: "
              + x1.size(-1)
              + " X2: "
              + x2.size(-1));
    }
    if (!(p >= 0)) {
      throw new ArgumentException("cdist only supports non-negative p values, got " + p);
    }
    Shape.broadcast(Matrices.batch(x1, 2), Matrices.batch(x2, 2));
    DType dtype = DType.promote(x1.dtype(), x2.dtype());
    boolean many = x1.size(-2) > MANY || x2.size(-2) > MANY;
    if (p == 2 && (mode.equals(BY_PRODUCT) || (mode.equals(IF_MANY) && many))) {
      return Functions.apply(new ByProduct(), wide(x1, dtype), wide(x2, dtype)).to(dtype);
    }
    return Functions.apply(new Distances(p), x1.to(dtype), x2.to(dtype));
  }

  private static Tensor wide(Tensor tensor, DType dtype) {
    return tensor.to(dtype.computeType());
  }

  /**
   * Distances, each a reduction of the differences, which are nowhere stored.
   *
   * @param p the order of the norm
   */
  private record Distances(double p) implements BinaryFunction {
    @Override
    public String name() {
      return "CdistBackward0";
    }

    @Override
    public Tensor forward(Context ctx, Tensor left, Tensor right) {
      ctx.saveInput(0);
      ctx.saveInput(1);
      ctx.saveOutput(0);
      DType dtype = left.dtype();
      DType compute = dtype.computeType();
      Tensor[] operands = {
        Primitives.alias(left, layout -> layout.unsqueeze(left.dim() - 1)),
        Primitives.alias(right, layout -> layout.unsqueeze(right.dim() - 2))
      };
      Expr d = Expr.input(0, dtype).cast(compute).sub(Expr.input(1, dtype).cast(compute)).abs();
      Expr total = Expr.input(0, compute);
      Expr before = d;
      Expr after = total;
      if (p == 0) {
        before = d.ne(0.0).cast(compute);
      } else if (p == 2) {
        before = d.mul(d);
        after = total.sqrt();
      } else if (p != 1 && !Double.isInfinite(p)) {
        before = d.pow(Expr.scalar(0, compute));
        after = total.pow(Expr.scalar(1, compute));
      }
      // Of no columns the largest is the smallest distance there is.
      boolean largest = Double.isInfinite(p) && left.size(-1) > 0;
      Reduction.Kind kind = largest ? Reduction.Kind.MAX : Reduction.Kind.SUM;
      boolean[] reduced = new boolean[Math.max(left.dim(), right.dim()) + 1];
      reduced[reduced.length - 1] = true;
      return Primitives.reduce(
          new Reduction(kind, Kernel.of(before), compute, Kernel.of(after.cast(dtype))),
          operands,
          reduced,
          false,
          Scalar.of(p),
          Scalar.of(1 / p));
    }

    @Override
    public @Nullable Tensor gradient(Context ctx, int input, Tensor gradOutput) {
      if (p == 0) {
        return Tensors.zerosLike(ctx.input(input));
      }
      Tensor left = ctx.input(0).unsqueeze(-2);
      Tensor right = ctx.input(1).unsqueeze(-3);
      Tensor distance = ctx.output(0).unsqueeze(-1);
      Tensor cotangent = gradOutput.unsqueeze(-1);
      if (!Autograd.isGradEnabled()) {
        return summed(input, left, right, distance, cotangent);
      }
      PointwiseFunction slope =
          p == 1 ? OF_SUM : p == 2 ? EUCLIDEAN : Double.isInfinite(p) ? OF_LARGEST : GENERAL;
      Tensor[] operands = {left.sub(right), distance, cotangent};
      Tensor full = slope.callAll(operands, Scalar.of(p));
      return input == 0 ? full.sum(-2) : full.sum(-3).neg();
    }

    /** The gradient where none of it is needed: the differences' gradients are nowhere stored. */
    private Tensor summed(int input, Tensor... operands) {
      DType dtype = operands[0].dtype();
      DType compute = dtype.computeType();
      Expr[] x = new Expr[operands.length];
      int rank = 0;
      for (int i = 0; i < x.length; i++) {
        x[i] = Expr.input(i, dtype).cast(compute);
        rank = Math.max(rank, operands[i].dim());
      }
      // Rounded, as the distance is, which the largest difference equals.
      Expr difference = x[0].sub(x[1]).cast(dtype).cast(compute);
      Expr slope = Slope.of(p).apply(difference, x[2], Expr.scalar(0, compute));
      Expr total = Expr.input(0, compute);
      boolean[] reduced = new boolean[rank];
      reduced[rank - (input == 0 ? 2 : 3)] = true;
      return Primitives.reduce(
          new Reduction(
              Reduction.Kind.SUM,
              Kernel.of(x[3].mul(slope)),
              compute,
              Kernel.of((input == 0 ? total : total.neg()).cast(dtype))),
          operands,
          reduced,
          false,
          Scalar.of(p));
    }
  }

  /** Euclidean distances by {@code |x − y|² = |x|² − 2 x·y + |y|²}, in one product of matrices. */
  private record ByProduct() implements BinaryFunction {
    @Override
    public String name() {
      return "EuclideanDistBackward0";
    }

    @Override
    public Tensor forward(Context ctx, Tensor left, Tensor right) {
      ctx.saveInput(0);
      ctx.saveInput(1);
      ctx.saveOutput(0);
      Tensor squareLeft = left.mul(left).sum(new int[] {-1}, true);
      Tensor squareRight = right.mul(right).sum(new int[] {-1}, true);
      Tensor one = Tensors.onesLike(squareLeft);
      Tensor other = Tensors.onesLike(squareRight);
      Tensor rows = Joins.cat(new Tensor[] {left.mul(-2L), squareLeft, one}, -1);
      Tensor columns = Joins.cat(new Tensor[] {right, other, squareRight}, -1);
      return ROOT.call(rows.matmul(Matrices.t(columns)));
    }

    @Override
    public Tensor gradient(Context ctx, int input, Tensor gradOutput) {
      Tensor ratio = RATIO.call(gradOutput, ctx.output(0));
      Tensor own = ctx.input(input);
      Tensor other = ctx.input(1 - input);
      Tensor weights = input == 0 ? ratio : Matrices.t(ratio);
      return own.mul(weights.sum(new int[] {-1}, true)).sub(weights.matmul(other));
    }
  }
}
