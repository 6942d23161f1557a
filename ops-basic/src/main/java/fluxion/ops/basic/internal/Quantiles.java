package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.basic.StatisticsCall;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Quantiles, between the elements of the two nearest ranks. */
final class Quantiles {
  private static final Set<String> INTERPOLATIONS =
      Set.of("linear", "lower", "higher", "midpoint", "nearest");
  private static final String REST =
      ", int? dim=None, bool keepdim=False, *, str interpolation='linear')";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("quantile")) {
        t.add(operator("quantile", false));
      }
      if (t.has("nanquantile")) {
        t.add(operator("nanquantile", true));
      }
    }
  }

  private Quantiles() {}

  private static Operator operator(String name, boolean ignoresNan) {
    return named(name)
        .overload(
            "(Tensor self, float q" + REST,
            StatisticsCall.Quantile.class,
            (self, q, dim, keepdim, interpolation) ->
                quantile(name, ignoresNan, self, q, dim, keepdim, interpolation))
        .overload(
            "(Tensor self, Tensor q" + REST,
            StatisticsCall.Quantiles.class,
            (self, q, dim, keepdim, interpolation) ->
                quantile(name, ignoresNan, self, q, dim, keepdim, interpolation))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3), 0.4),
                    sample(s.tensor(), 0.5),
                    sample(s.tensor(2, 5), 0.3, 1, true),
                    sample(s.tensor(4, 2), s.uniform(0.1, 0.2, 2), 0),
                    sample(s.tensor(4), s.uniform(0.4, 0.6))))
        .singularAt(SingularPoints.ties());
  }

  private static Tensor quantile(
      String name,
      boolean ignoresNan,
      Tensor self,
      double q,
      @Nullable Integer dim,
      boolean keepdim,
      String interpolation) {
    if (!(q >= 0 && q <= 1)) {
      throw new ArgumentException(
          "quantile() q must be in the range [0, 1] but got " + Refusals.shown(q));
    }
    checkDType(self);
    TensorOptions options = TensorOptions.of(self.dtype()).device(self.device());
    Tensor one = Tensors.tensor(q, options);
    return quantile(name, ignoresNan, self, one, dim, keepdim, interpolation);
  }

  private static void checkDType(Tensor self) {
    if (self.dtype() != DType.FLOAT32 && self.dtype() != DType.FLOAT64) {
      throw new DTypeException("quantile() input tensor must be either float or double dtype");
    }
  }

  private static void check(String name, Tensor self, Tensor q, String interpolation) {
    if (self.numel() == 0) {
      throw new ArgumentException("quantile() input tensor must be non-empty");
    }
    if (q.dim() > 1) {
      throw new ShapeException(
          "quantile() q must be a scalar or 1D tensor, but got " + q.dim() + " dimensions");
    }
    checkDType(self);
    if (q.dtype() != self.dtype()) {
      throw new DTypeException("quantile() q tensor must be same dtype as the input tensor");
    }
    if (!INTERPOLATIONS.contains(interpolation)) {
      throw new ArgumentException(
          name
              + "() interpolation must be one of linear, lower, higher, midpoint or nearest, but"
              + " got "
              + interpolation);
    }
    for (double value : q.toDoubleArray()) {
      if (!(value >= 0 && value <= 1)) {
        throw new ArgumentException("quantile() q values must be in the range [0, 1]");
      }
    }
  }

  private static Tensor quantile(
      String name,
      boolean ignoresNan,
      Tensor self,
      Tensor q,
      @Nullable Integer dim,
      boolean keepdim,
      String interpolation) {
    check(name, self, q, interpolation);
    Tensor lines = lines(self, dim);
    int last = lines.dim() - 1;
    Tensor sorted = Ranks.sort("SortBackward0", lines, last, false)[0];
    // One quantile after the other, each for all lines.
    long[] leading = new long[lines.dim()];
    Arrays.fill(leading, 1);
    leading[last] = q.numel();
    Tensor ranks = ranks(ignoresNan, sorted, q.reshape(leading));
    Tensor values = interpolated(sorted, ranks, interpolation);
    Tensor first = values.movedim(last, 0);
    long[] shape = shape(self, q, dim, keepdim);
    return first.reshape(shape);
  }

  /** The lines along the last dimension. */
  private static Tensor lines(Tensor self, @Nullable Integer dim) {
    if (dim == null || self.dim() == 0) {
      return self.reshape(-1);
    }
    return self.movedim(self.shape().wrap(dim), -1);
  }

  private static long[] shape(Tensor self, Tensor q, @Nullable Integer dim, boolean keepdim) {
    Dims dims = dim == null ? Dims.of(self.shape()) : Dims.of(self.shape(), dim);
    long[] sizes = self.shape().toArray();
    for (int d : dims.toArray()) {
      sizes[d] = 1;
    }
    long[] kept = dims.drop(Shape.of(sizes), keepdim).toArray();
    if (q.dim() == 0) {
      return kept;
    }
    long[] shape = new long[kept.length + 1];
    shape[0] = q.numel();
    System.arraycopy(kept, 0, shape, 1, kept.length);
    return shape;
  }

  /** Where the quantiles lie in the sorted lines; NaNs are last there. */
  private static Tensor ranks(boolean ignoresNan, Tensor sorted, Tensor q) {
    int last = sorted.dim() - 1;
    long highest = sorted.size(last) - 1;
    Tensor isNan = sorted.isnan();
    if (!ignoresNan) {
      return q.mul(highest).maskedFill(isNan.any(last, true), highest);
    }
    Tensor numbers = Reductions.sum(isNan.logicalNot(), new int[] {last}, true, null);
    Tensor ranks = q.mul(numbers.sub(1L).to(sorted.dtype()));
    // A line of NaNs has none: its quantile is one of them, whatever q.
    return ranks.maskedFill(ranks.detach().lt(0), 0);
  }

  private static Tensor interpolated(Tensor sorted, Tensor ranks, String interpolation) {
    int last = sorted.dim() - 1;
    Tensor below =
        switch (interpolation) {
          case "higher" -> ranks.ceil();
          case "nearest" -> ranks.round();
          default -> ranks.floor();
        };
    Tensor low = sorted.gather(last, below.detach().to(DType.INT64));
    if (!interpolation.equals("linear") && !interpolation.equals("midpoint")) {
      return low;
    }
    Tensor high = sorted.gather(last, ranks.detach().ceil().to(DType.INT64));
    Tensor weight =
        interpolation.equals("linear")
            ? ranks.sub(below.detach())
            : Tensors.fullLike(ranks.detach(), Scalar.of(0.5));
    return Blends.lerp(low, high, weight);
  }
}
