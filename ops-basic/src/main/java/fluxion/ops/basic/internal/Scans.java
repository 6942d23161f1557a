package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Operator.Sample;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.SingularPoints;
import fluxion.engine.spi.UnaryFunction;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Running sums, products and extremes along a dimension. */
final class Scans {
  private static final String DTYPED = "(Tensor self, int dim, *, ScalarType? dtype=None)";
  private static final String PLAIN = "(Tensor self, int dim)";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("cumsum")) {
        t.add(
            named("cumsum")
                .overload(DTYPED, Call.DimDType.class, Scans::cumsum)
                .samples(Scans::samples));
      }
      if (t.has("cumsum_")) {
        t.add(inPlace("cumsum_", Scans::cumsum));
      }
      if (t.has("cumprod")) {
        t.add(
            named("cumprod")
                .overload(DTYPED, Call.DimDType.class, Scans::cumprod)
                .samples(Scans::samples));
      }
      if (t.has("cumprod_")) {
        t.add(inPlace("cumprod_", Scans::cumprod));
      }
      if (t.has("logcumsumexp")) {
        t.add(
            named("logcumsumexp")
                .overload(PLAIN, Call.Dim.class, Scans::logcumsumexp)
                .samples(Scans::samples));
      }
      if (t.has("cummax")) {
        t.add(extremes("cummax", true));
      }
      if (t.has("cummin")) {
        t.add(extremes("cummin", false));
      }
    }
  }

  private Scans() {}

  private static List<Sample> samples(SampleSource s) {
    return List.of(
        sample(s.tensor(2, 3), 0),
        sample(s.tensor(2, 5, 2), -2),
        sample(s.tensor(), 0),
        sample(s.tensor(2, 0), 1));
  }

  private static Operator inPlace(String name, Call.DimDType running) {
    return named(name)
        .overload(
            DTYPED,
            Call.DimDType.class,
            (self, dim, dtype) -> {
              if (dtype != null && dtype != self.dtype()) {
                throw new DTypeException(
                    "Bad in-place call: input tensor dtype "
                        + Refusals.nameInC(self.dtype())
                        + " and output tensor dtype "
                        + Refusals.nameInC(dtype)
                        + " should match");
              }
              return Overwriting.store(self, x -> running.apply(x, dim, x.dtype()));
            });
  }

  private static Operator extremes(String name, boolean max) {
    return named(name)
        .overload(PLAIN, Call.Unbind.class, (self, dim) -> extremes(max, self, dim))
        .samples(Scans::samples)
        .singularAt(SingularPoints.ties());
  }

  /** A tensor without dimensions is one element along one. */
  private static Tensor along(Tensor x, int dim, IntFunction<UnaryFunction> running) {
    int d = x.shape().wrap(dim);
    return x.dim() == 0
        ? Functions.apply(running.apply(0), x.reshape(1)).squeeze(0)
        : Functions.apply(running.apply(d), x);
  }

  private static Tensor accumulated(Tensor self, @Nullable DType dtype) {
    if (dtype != null) {
      return self.to(dtype);
    }
    return self.dtype().isFloatingPoint() ? self : self.to(DType.INT64);
  }

  static Tensor cumsum(Tensor self, int dim, @Nullable DType dtype) {
    return along(accumulated(self, dtype), dim, d -> new Running.Sum(d, false));
  }

  static Tensor cumprod(Tensor self, int dim, @Nullable DType dtype) {
    return along(accumulated(self, dtype), dim, Running.Product::new);
  }

  static Tensor logcumsumexp(Tensor self, int dim) {
    if (!self.dtype().isFloatingPoint()) {
      throw Refusals.notImplemented(
          "logcumsumexp_out_cpu", self.dtype(), "cast to a floating-point dtype");
    }
    return along(self, dim, Running.LogSumExp::new);
  }

  /** The running extremes and where they are: of equal ones the last, which gets the gradient. */
  private static Tensor[] extremes(boolean max, Tensor self, int dim) {
    int d = self.shape().wrap(dim);
    if (self.dim() == 0) {
      return new Tensor[] {self.clone(), Primitives.zeros(Shape.SCALAR, DType.INT64, self)};
    }
    Tensor indices = Primitives.argScan(max, MaxMin.ordered(self), d);
    String node = max ? "CummaxBackward0" : "CumminBackward0";
    return new Tensor[] {Functions.apply(new Gather(d, false, node), self, indices), indices};
  }
}
