package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.ops.basic.StatisticsCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How often values occur. */
final class Counts {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("bincount")) {
        t.add(
            named("bincount")
                .overload(
                    "(Tensor self, Tensor? weights=None, int minlength=0)",
                    StatisticsCall.Bincount.class,
                    Counts::bincount)
                .samples(
                    s ->
                        List.of(sample(s.integers(4, 6)), sample(s.integers(4, 6), s.tensor(6), 8)))
                .notDifferentiable());
      }
      if (t.has("histc")) {
        t.add(
            named("histc")
                .overload(
                    "(Tensor self, int bins=100, Scalar min=0, Scalar max=0)",
                    StatisticsCall.Histogram.class,
                    Counts::histc)
                .samples(
                    s -> List.of(sample(s.tensor(2, 3), 4), sample(s.tensor(2, 3), 3, -1.1, 1.1)))
                .notDifferentiable());
      }
    }
  }

  private Counts() {}

  static Tensor bincount(Tensor self, @Nullable Tensor weights, long minlength) {
    if (minlength < 0) {
      throw new ArgumentException("minlength should be >= 0");
    }
    if (self.dim() == 1 && self.numel() == 0) {
      return Primitives.zeros(Shape.of(minlength), DType.INT64, self);
    }
    if (self.dim() != 1 || self.dtype().isFloatingPoint() || self.min().toLongArray()[0] < 0) {
      throw new ArgumentException("bincount only supports 1-d non-negative integral inputs.");
    }
    if (self.dtype() == DType.BOOL) {
      throw Refusals.notImplemented("bincount_cpu", DType.BOOL, "cast to an integer dtype");
    }
    if (weights != null && (weights.dim() != 1 || weights.numel() != self.numel())) {
      throw new ShapeException("weights should be 1-d and have the same length as input");
    }
    Tensor index = self.to(DType.INT64);
    long count = Math.max(minlength, index.max().toLongArray()[0] + 1);
    Tensor counted;
    if (weights == null) {
      counted = Tensors.onesLike(index);
    } else {
      counted = weights.dtype() == DType.FLOAT32 ? weights : weights.to(DType.FLOAT64);
    }
    return Primitives.scatterAdd(Shape.of(count), 0, index, counted.detach());
  }

  static Tensor histc(Tensor self, long bins, Scalar min, Scalar max) {
    DType dtype = self.dtype();
    if (!dtype.isFloatingPoint()) {
      throw Refusals.notImplemented("histogram_cpu", dtype, "cast to a floating-point dtype");
    }
    if (bins <= 0) {
      throw new ArgumentException("torch.histogram(): bins must be > 0, but got " + bins);
    }
    double low = min.toDouble();
    double high = max.toDouble();
    Tensor x = self.detach().reshape(self.numel());
    if (low == high && self.numel() > 0) {
      low = x.min().item();
      high = x.max().item();
    }
    if (!Double.isFinite(low) || !Double.isFinite(high)) {
      throw new ArgumentException(
          "torch.histc: range of [" + low + ", " + high + "] is not finite");
    }
    if (low > high) {
      throw new ArgumentException("torch.histc: max must be larger than min");
    }
    if (low == high) {
      low -= 1;
      high += 1;
    }
    DType compute = dtype.computeType();
    Expr value = Expr.input(0, dtype).cast(compute);
    Expr from = Expr.scalar(0, compute);
    Expr to = Expr.scalar(1, compute);
    Expr n = Expr.scalar(2, DType.INT64);
    Expr bin = value.sub(from).mul(n.cast(compute)).div(to.sub(from)).cast(DType.INT64);
    Expr inside = value.ge(from).and(value.le(to));
    // What is outside is counted in a bin of its own, which is cut off.
    Expr place = Expr.select(inside, bin.min(n.sub(1L)), n);
    Scalar[] scalars = {Scalar.of(low), Scalar.of(high), Scalar.of(bins)};
    Tensor places = Primitives.pointwise(Kernel.of(place), new Tensor[] {x}, scalars)[0];
    Tensor counts = Primitives.scatterAdd(Shape.of(bins + 1), 0, places, Tensors.onesLike(places));
    return counts.narrow(0, 0, bins).to(dtype);
  }
}
