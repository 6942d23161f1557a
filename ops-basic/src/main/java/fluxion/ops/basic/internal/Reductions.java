package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.ReductionCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.basic.StatisticsCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reductions over all or some dimensions. */
final class Reductions {
  private static final String DIMS =
      "(Tensor self, int[]? dim=None, bool keepdim=False, *, ScalarType? dtype=None)";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("sum")) {
        t.add(reduction("sum", Reductions::sum));
      }
      if (t.has("mean")) {
        t.add(reduction("mean", Reductions::mean));
      }
      if (t.has("norm")) {
        t.add(Norm.operator());
      }
      if (t.has("nansum")) {
        t.add(reduction("nansum", Reductions::nansum));
      }
      if (t.has("nanmean")) {
        t.add(reduction("nanmean", Reductions::nanmean));
      }
      if (t.has("logsumexp")) {
        t.add(
            named("logsumexp")
                .overload(
                    "(Tensor self, int[] dim, bool keepdim=False)",
                    ReductionCall.Dims.class,
                    Reductions::logsumexp)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), 1),
                            sample(s.tensor(), 0),
                            sample(s.tensor(2, 3, 2), List.of(0L, 2L)),
                            sample(s.tensor(2, 3), List.of(-2L), true))));
      }
      if (t.has("count_nonzero")) {
        t.add(
            named("count_nonzero")
                .overload(
                    "(Tensor self, int[]? dim=None)",
                    StatisticsCall.Count.class,
                    Reductions::countNonzero)
                .samples(s -> List.of(sample(s.tensor(2, 3)), sample(s.tensor(2, 3), 1)))
                .notDifferentiable());
      }
      if (t.has("dist")) {
        t.add(
            named("dist")
                .overload(
                    "(Tensor self, Tensor other, Scalar p=2)",
                    StatisticsCall.Distance.class,
                    (self, other, p) -> Norm.norm(self.sub(other), p, null, false, null))
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2, 3)),
                            sample(s.tensor(2, 1), s.tensor(3), 3),
                            sample(s.tensor(), s.tensor(), 1)))
                .singularAt(SingularPoints.meetings()));
      }
      if (t.has("all")) {
        t.add(truth("all", Reduction.Kind.ALL));
      }
      if (t.has("any")) {
        t.add(truth("any", Reduction.Kind.ANY));
      }
    }
  }

  private Reductions() {}

  private static Operator reduction(String name, Call.Reduce implementation) {
    return named(name)
        .overload(DIMS, Call.Reduce.class, implementation)
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3)),
                    sample(s.tensor()),
                    sample(s.tensor(2, 3, 2), List.of(0L, 2L)),
                    sample(s.tensor(2, 3), List.of(-1L), true)));
  }

  static Tensor sum(Tensor self, int @Nullable [] dim, boolean keepdim, @Nullable DType dtype) {
    Dims dims = Dims.of(self.shape(), dim);
    DType result = dtype != null ? dtype : self.dtype();
    if (dtype == null && !result.isFloatingPoint()) {
      result = DType.INT64;
    }
    return Functions.apply(new Sum(dims, keepdim, result, false, dim != null), self);
  }

  static Tensor mean(Tensor self, int @Nullable [] dim, boolean keepdim, @Nullable DType dtype) {
    DType result = dtype != null ? dtype : self.dtype();
    if (!result.isFloatingPoint()) {
      throw new DTypeException(
          "mean(): could not infer output dtype. "
              + (dtype != null ? "Optional" : "Input")
              + " dtype must be either a floating point or complex dtype. Got: "
              + result.typeName());
    }
    Dims dims = Dims.of(self.shape(), dim);
    return Functions.apply(new Sum(dims, keepdim, result, true, dim != null), self);
  }

  static Tensor nansum(Tensor self, int @Nullable [] dim, boolean keepdim, @Nullable DType dtype) {
    DType result = dtype != null ? dtype : self.dtype();
    if (!self.dtype().isFloatingPoint() || !result.isFloatingPoint()) {
      return sum(self, dim, keepdim, dtype);
    }
    return Functions.apply(new NanSum(Dims.of(self.shape(), dim), keepdim, result), self);
  }

  static Tensor nanmean(Tensor self, int @Nullable [] dim, boolean keepdim, @Nullable DType dtype) {
    if (!self.dtype().isFloatingPoint()) {
      throw new DTypeException(
          "nanmean(): expected input to have floating point or complex dtype but got "
              + self.dtype().typeName());
    }
    return nansum(self, dim, keepdim, dtype).div(countNumbers(self, dim, keepdim));
  }

  /** How many elements are not NaN. */
  private static Tensor countNumbers(Tensor self, int @Nullable [] dim, boolean keepdim) {
    Expr x = Expr.input(0, self.dtype()).cast(self.dtype().computeType());
    return count(self, x.isnan().not(), Dims.of(self.shape(), dim), keepdim);
  }

  private static Tensor count(Tensor self, Expr counted, Dims dims, boolean keepdim) {
    return Primitives.reduce(
        new Reduction(
            Reduction.Kind.SUM,
            Kernel.of(counted.cast(DType.INT64)),
            DType.INT64,
            Kernel.of(Expr.input(0, DType.INT64))),
        new Tensor[] {self},
        dims.mask(),
        keepdim);
  }

  static Tensor countNonzero(Tensor self, int @Nullable [] dim) {
    Expr truth = Expr.input(0, self.dtype()).cast(DType.BOOL);
    return count(self, truth, Dims.of(self.shape(), dim), false);
  }

  static Tensor logsumexp(Tensor self, int[] dim, boolean keepdim) {
    Tensor x = self.dtype().isFloatingPoint() ? self : self.to(DType.FLOAT32);
    return Functions.apply(new LogSumExp(Dims.of(self.shape(), dim), keepdim), x);
  }

  private static Operator truth(String name, Reduction.Kind kind) {
    return named(name)
        .overload(
            "(Tensor self)",
            Call.Unary.class,
            self -> truth(kind, self, Dims.of(self.shape()), false))
        .overload(
            "(Tensor self, int dim, bool keepdim=False)",
            Call.ReduceDim.class,
            (self, dim, keepdim) -> truth(kind, self, Dims.of(self.shape(), dim), keepdim))
        .overload(
            "(Tensor self, int[] dim, bool keepdim=False)",
            ReductionCall.Dims.class,
            (self, dim, keepdim) -> truth(kind, self, Dims.of(self.shape(), dim), keepdim))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3)),
                    sample(s.tensor(2, 3), 0),
                    sample(s.tensor(2, 3, 2), List.of(0L, 2L), true)))
        .notDifferentiable();
  }

  private static Tensor truth(Reduction.Kind kind, Tensor self, Dims dims, boolean keepdim) {
    // uint8 was PyTorch's truth type once, and keeps its dtype here.
    DType result = self.dtype() == DType.UINT8 ? DType.UINT8 : DType.BOOL;
    return Primitives.reduce(
        Reduction.of(kind, self.dtype(), DType.BOOL, result),
        new Tensor[] {self},
        dims.mask(),
        keepdim);
  }
}
