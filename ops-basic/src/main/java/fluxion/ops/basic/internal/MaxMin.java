package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.ReductionCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.basic.StatisticsCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The largest and the smallest elements, over all or some dimensions, and where they are. */
final class MaxMin {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("max")) {
        t.add(extreme("max", true, Extremes.MAXIMUM));
      }
      if (t.has("min")) {
        t.add(extreme("min", false, Extremes.MINIMUM));
      }
      if (t.has("amax")) {
        t.add(dims("amax", true));
      }
      if (t.has("amin")) {
        t.add(dims("amin", false));
      }
      if (t.has("aminmax")) {
        t.add(
            named("aminmax")
                .overload(
                    "(Tensor self, *, int? dim=None, bool keepdim=False)",
                    ReductionCall.LowestAndHighest.class,
                    MaxMin::aminmax)
                .samples(s -> List.of(sample(s.tensor(2, 3))))
                .singularAt(SingularPoints.ties()));
      }
      if (t.has("argmax")) {
        t.add(index("argmax", true));
      }
      if (t.has("argmin")) {
        t.add(index("argmin", false));
      }
    }
  }

  private MaxMin() {}

  private static Operator extreme(String name, boolean max, PointwiseFunction ofTwo) {
    return named(name)
        .overload("(Tensor self)", Call.Unary.class, self -> full(name, max, self))
        .overload(
            "(Tensor self, int dim, bool keepdim=False)",
            ReductionCall.ValuesAndIndices.class,
            (self, dim, keepdim) -> alongDim(name, max, self, dim, keepdim))
        .overload("(Tensor self, Tensor other)", Call.Binary.class, ofTwo::call)
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3)),
                    sample(s.tensor()),
                    sample(s.tensor(2, 3, 2), -2),
                    sample(s.tensor(2, 3), 0, true),
                    sample(s.uniform(1, 2, 3), s.uniform(-1, 0.9, 2, 3))))
        .singularAt(SingularPoints.ties().or(SingularPoints.meetings()));
  }

  private static Operator dims(String name, boolean max) {
    return named(name)
        .overload(
            "(Tensor self, int[] dim=[], bool keepdim=False)",
            ReductionCall.Dims.class,
            (self, dim, keepdim) -> overDims(name, max, self, dim, keepdim))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3)),
                    sample(s.tensor()),
                    sample(s.tensor(2, 3, 2), List.of(0L, 2L)),
                    sample(s.tensor(2, 3), List.of(-1L), true)))
        .singularAt(SingularPoints.ties());
  }

  private static Operator index(String name, boolean max) {
    return named(name)
        .overload(
            "(Tensor self, int dim, bool keepdim=False)",
            Call.ReduceDim.class,
            (self, dim, keepdim) -> argExtreme(name, max, self, dim, keepdim))
        .overload("(Tensor self)", Call.Unary.class, self -> argExtremeOfAll(name, max, self))
        .overload(
            "(Tensor self, int? dim=None, bool keepdim=False)",
            StatisticsCall.OneOrAll.class,
            (self, dim, keepdim) -> argExtreme(name, max, self, dim, keepdim))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3), 1),
                    sample(s.tensor(2, 3)),
                    sample(s.tensor(2, 3), null, true)))
        .notDifferentiable();
  }

  private static IndexException noDim(String name) {
    return new IndexException(
        name
            + "(): Expected reduction dim to be specified for input.numel() == 0. Specify the"
            + " reduction dim with the 'dim' argument.");
  }

  private static IndexException emptyDim(String name, int dim) {
    return new IndexException(
        name + "(): Expected reduction dim " + dim + " to have non-zero size.");
  }

  static Tensor full(String name, boolean max, Tensor self) {
    if (self.numel() == 0) {
      throw noDim(name);
    }
    String node = max ? "MaxBackward1" : "MinBackward1";
    return Functions.apply(new Extreme(max, Dims.of(self.shape()), false, true, node), self);
  }

  static Tensor overDims(String name, boolean max, Tensor self, int[] dim, boolean keepdim) {
    Dims dims = Dims.of(self.shape(), dim);
    if (self.numel() == 0) {
      if (dim.length == 0) {
        throw noDim(name);
      }
      for (int d : dims.toArray()) {
        if (self.size(d) == 0) {
          throw emptyDim(name, d);
        }
      }
    }
    String node = max ? "AmaxBackward0" : "AminBackward0";
    return Functions.apply(new Extreme(max, dims, keepdim, false, node), self);
  }

  static Tensor[] aminmax(Tensor self, @Nullable Integer dim, boolean keepdim) {
    Dims dims = dim == null ? Dims.of(self.shape()) : Dims.of(self.shape(), dim);
    if (dim == null && self.numel() == 0) {
      throw new IndexException(
          "aminmax(): cannot compute aminmax over an empty dimension as the operation has no"
              + " identity.");
    }
    if (dim != null && self.dim() > 0 && self.size(dim) == 0) {
      throw new IndexException(
          "aminmax: Expected reduction dim " + self.shape().wrap(dim) + " to have non-zero size.");
    }
    // As in PyTorch a dimension that is named and kept is there even if the tensor has none.
    Tensor x = keepdim && dim != null && self.dim() == 0 ? self.reshape(1) : self;
    return new Tensor[] {aminmax(false, x, dims, keepdim), aminmax(true, x, dims, keepdim)};
  }

  private static Tensor aminmax(boolean max, Tensor x, Dims dims, boolean keepdim) {
    Dims all = dims.rank() == x.dim() ? dims : Dims.of(x.shape());
    return Functions.apply(new Extreme(max, all, keepdim, false, "AminmaxBackward0"), x);
  }

  /** Values and the indices of the first of equal ones; the gradient goes to these alone. */
  static Tensor[] alongDim(String name, boolean max, Tensor self, int dim, boolean keepdim) {
    int d = self.shape().wrap(dim);
    if (self.dim() == 0) {
      return new Tensor[] {self.clone(), Primitives.zeros(Shape.SCALAR, DType.INT64, self)};
    }
    if (self.size(d) == 0) {
      throw emptyDim(name, d);
    }
    Tensor indices = Primitives.argReduce(max, ordered(self), d);
    String node = max ? "MaxBackward0" : "MinBackward0";
    Tensor values = Functions.apply(new Gather(d, !keepdim, node), self, indices);
    return new Tensor[] {values, keepdim ? indices : indices.squeeze(d)};
  }

  /** The elements without history, bools as numbers. */
  static Tensor ordered(Tensor self) {
    return self.dtype() == DType.BOOL ? self.to(DType.UINT8) : self.detach();
  }

  static Tensor argExtreme(String name, boolean max, Tensor self, int dim, boolean keepdim) {
    if (self.dtype() == DType.BOOL) {
      throw Refusals.notImplemented(name + "_cpu", DType.BOOL, "cast to an integer dtype");
    }
    int d = self.shape().wrap(dim);
    if (self.dim() == 0) {
      return Primitives.zeros(Shape.SCALAR, DType.INT64, self);
    }
    if (self.size(d) == 0) {
      throw emptyDim(name, d);
    }
    Tensor indices = Primitives.argReduce(max, self.detach(), d);
    return keepdim ? indices : indices.squeeze(d);
  }

  private static Tensor argExtreme(
      String name, boolean max, Tensor self, @Nullable Integer dim, boolean keepdim) {
    if (dim != null) {
      return argExtreme(name, max, self, dim.intValue(), keepdim);
    }
    Tensor index = argExtremeOfAll(name, max, self);
    long[] ones = new long[keepdim ? self.dim() : 0];
    java.util.Arrays.fill(ones, 1);
    return index.reshape(ones);
  }

  private static Tensor argExtremeOfAll(String name, boolean max, Tensor self) {
    if (self.numel() == 0) {
      throw new IndexException(
          name + "(): Expected reduction dim to be specified for input.numel() == 0.");
    }
    return argExtreme(name, max, self.detach().reshape(-1), 0, false);
  }
}
