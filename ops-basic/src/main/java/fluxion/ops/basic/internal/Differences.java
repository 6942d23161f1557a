package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import fluxion.ops.basic.StatisticsCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Differences of neighbours along a dimension, and integrals by the trapezoidal rule. */
final class Differences {
  private static final String PLACED = "(Tensor y, Tensor x, *, int dim=-1)";
  private static final String EVEN = "(Tensor y, *, Scalar dx=1, int dim=-1)";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("diff")) {
        t.add(
            named("diff")
                .overload(
                    "(Tensor self, int n=1, int dim=-1, Tensor? prepend=None,"
                        + " Tensor? append=None)",
                    StatisticsCall.Diff.class,
                    Differences::diff)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3)),
                            sample(s.tensor(4, 2), 2, 0),
                            sample(s.tensor(2, 3), 1, 1, s.tensor(2, 1), s.tensor(2, 2)))));
      }
      if (t.has("trapezoid")) {
        t.add(trapezoid("trapezoid", false));
      }
      if (t.has("trapz")) {
        t.add(trapezoid("trapz", false));
      }
      if (t.has("cumulative_trapezoid")) {
        t.add(trapezoid("cumulative_trapezoid", true));
      }
    }
  }

  private Differences() {}

  private static Operator trapezoid(String name, boolean cumulative) {
    return named(name)
        .overload(
            PLACED,
            StatisticsCall.Trapezoid.class,
            (y, x, dim) -> trapezoid(name, cumulative, y, x, dim))
        .overload(
            EVEN,
            StatisticsCall.EvenTrapezoid.class,
            (y, dx, dim) -> trapezoid(cumulative, y, dx, dim))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 4)),
                    sample(s.tensor(2, 4), s.tensor(4)),
                    sample(s.tensor(2, 3), s.tensor(2, 3))));
  }

  // ---- differences

  static Tensor diff(
      Tensor self, long n, int dim, @Nullable Tensor prepend, @Nullable Tensor append) {
    if (self.dim() == 0) {
      throw new ShapeException("diff expects input to be at least one-dimensional");
    }
    if (n < 0) {
      throw new ArgumentException("order must be non-negative but got " + n);
    }
    int d = self.shape().wrap(dim);
    checkFits(self, prepend, d);
    checkFits(self, append, d);
    if (n == 0) {
      return self.clone();
    }
    List<Tensor> parts = new ArrayList<>();
    if (prepend != null) {
      parts.add(prepend);
    }
    parts.add(self);
    if (append != null) {
      parts.add(append);
    }
    Tensor result = parts.size() == 1 ? self : Joins.cat(parts.toArray(new Tensor[0]), d);
    long times = Math.min(n, result.size(d));
    for (long i = 0; i < times; i++) {
      Tensor later = result.narrow(d, 1, result.size(d) - 1);
      Tensor earlier = result.narrow(d, 0, result.size(d) - 1);
      result = result.dtype() == DType.BOOL ? later.logicalXor(earlier) : later.sub(earlier);
    }
    return times == 0 ? self.clone() : result;
  }

  private static void checkFits(Tensor self, @Nullable Tensor other, int dim) {
    if (other == null) {
      return;
    }
    if (other.dim() != self.dim()) {
      throw new ShapeException("diff expects prepend or append to be the same dimension as input");
    }
    for (int i = 0; i < self.dim(); i++) {
      if (i != dim && other.size(i) != self.size(i)) {
        throw new ShapeException(
            "diff expects the shape of tensor to prepend or append to match that of input except"
                + " along the differencing dimension; input.size("
                + i
                + ") = "
                + self.size(i)
                + ", but got tensor.size("
                + i
                + ") = "
                + other.size(i));
      }
    }
  }

  // ---- integrals

  /** The sums of neighbours along a dimension. */
  private static Tensor pairs(Tensor y, int dim) {
    long rest = y.size(dim) - 1;
    return y.narrow(dim, 1, rest).add(y.narrow(dim, 0, rest));
  }

  private static Tensor total(boolean cumulative, Tensor areas, int dim) {
    return cumulative ? areas.cumsum(dim) : areas.sum(new int[] {dim}, false);
  }

  private static Tensor trapezoid(boolean cumulative, Tensor y, Scalar dx, int dim) {
    int d = y.shape().wrap(dim);
    if (y.dim() == 0 || y.size(d) == 0) {
      return nothing(cumulative, y, d);
    }
    return total(cumulative, pairs(y, d), d).mul(dx.toDouble() / 2);
  }

  private static Tensor trapezoid(String name, boolean cumulative, Tensor y, Tensor x, int dim) {
    int d = y.shape().wrap(dim);
    if (y.dim() == 0 || y.size(d) == 0) {
      return nothing(cumulative, y, d);
    }
    Tensor places = x;
    if (x.dim() == 1) {
      if (x.size(0) != y.size(d)) {
        throw new ShapeException(
            (name.equals("trapz") ? "trapezoid" : name)
                + ": There must be one `x` value for each sample point");
      }
      long[] sizes = new long[y.dim()];
      Arrays.fill(sizes, 1);
      sizes[d] = x.size(0);
      places = x.reshape(sizes);
    } else if (x.dim() < y.dim()) {
      long[] sizes = new long[y.dim()];
      Arrays.fill(sizes, 1);
      System.arraycopy(x.shape().toArray(), 0, sizes, y.dim() - x.dim(), x.dim());
      places = x.reshape(sizes);
    }
    Tensor widths = diff(places, 1, d, null, null);
    return total(cumulative, pairs(y, d).mul(widths), d).div(2.0);
  }

  /** The integral over no interval at all. */
  private static Tensor nothing(boolean cumulative, Tensor y, int dim) {
    if (cumulative) {
      return y.clone();
    }
    return y.dim() == 0 ? y.mul(0.0) : y.sum(new int[] {dim}, false);
  }
}
