package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.IndexingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements written along a dimension, each at an index of its own. */
final class Scatters {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.hasBoth("scatter")) {
        t.add(List.of(scatter("scatter", false), scatter("scatter_", true)));
      }
      if (t.hasBoth("scatter_add")) {
        t.add(List.of(add("scatter_add", false), add("scatter_add_", true)));
      }
    }
  }

  private Scatters() {}

  private static Operator scatter(String name, boolean inPlace) {
    Writer writer = new Writer("scatter", inPlace);
    return named(name)
        .overload(
            "(Tensor self, int dim, Tensor index, Tensor src)",
            IndexingCall.Along.class,
            (self, dim, index, src) -> scatter(writer, self, dim, index, src))
        .overload(
            "(Tensor self, int dim, Tensor index, Scalar value)",
            IndexingCall.Fill.class,
            (self, dim, index, value) -> scatter(writer, self, dim, index, value))
        .overload(
            "(Tensor self, int dim, Tensor index, Tensor src, *, str reduce)",
            IndexingCall.AlongBy.class,
            (self, dim, index, src, reduce) -> scatter(writer, self, dim, index, src, reduce))
        .overload(
            "(Tensor self, int dim, Tensor index, Scalar value, *, str reduce)",
            IndexingCall.FillBy.class,
            (self, dim, index, value, reduce) ->
                scatter(writer, self, dim, index, number(value, self, index), reduce))
        .samples(
            s -> {
              Tensor rows = Grids.range(2, s.integers(2, 1));
              return List.of(
                  sample(s.tensor(3, 2), 0, rows.unsqueeze(1).expand(2, 2), s.tensor(2, 2)),
                  sample(s.tensor(2, 3), -1, rows.unsqueeze(0), s.tensor(2, 2)),
                  sample(s.tensor(2, 3), 1, s.integers(3, 2, 2), 1.5));
            });
  }

  private static Operator add(String name, boolean inPlace) {
    Writer writer = new Writer("scatter_add", inPlace);
    return named(name)
        .overload(
            "(Tensor self, int dim, Tensor index, Tensor src)",
            IndexingCall.Along.class,
            (self, dim, index, src) -> scatterAdd(writer, self, dim, index, src))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(3, 2), 0, s.integers(3, 4, 2), s.tensor(4, 2)),
                    sample(s.tensor(2, 3), -1, s.integers(3, 2, 2), s.tensor(2, 4)),
                    sample(s.tensor(), 0, s.integers(1), s.tensor())));
  }

  // ---- checks

  /** The dimension, after what PyTorch refuses has been refused. */
  static int checked(String name, Tensor self, int dim, Tensor index, @Nullable Tensor src) {
    int d = self.shape().wrap(dim);
    if (index.numel() == 0) {
      return d;
    }
    if (index.dtype() != DType.INT64) {
      throw new DTypeException(
          name + "(): Expected dtype int64 for index; got " + index.dtype() + ", cast it first");
    }
    if (src != null && src.dtype() != self.dtype()) {
      throw new DTypeException(
          name
              + "(): Expected self.dtype to be equal to src.dtype; got "
              + self.dtype()
              + " and "
              + src.dtype());
    }
    if (Writer.rank(index) != Writer.rank(self)) {
      throw new ShapeException(
          "Index tensor must have the same number of dimensions as self tensor; got "
              + index.dim()
              + " and "
              + self.dim());
    }
    if (src != null && Writer.rank(index) != Writer.rank(src)) {
      throw new ShapeException(
          "Index tensor must have the same number of dimensions as src tensor; got "
              + index.dim()
              + " and "
              + src.dim());
    }
    Tensor at = Aliases.atLeast1d(index);
    Tensor x = Aliases.atLeast1d(self.detach());
    Tensor from = src == null ? at : Aliases.atLeast1d(src.detach());
    for (int i = 0; i < at.dim(); i++) {
      if ((i != d && at.size(i) > x.size(i)) || at.size(i) > from.size(i)) {
        throw new ShapeException(
            "Expected index "
                + index.shape()
                + " to be smaller than self "
                + self.shape()
                + " apart from dimension "
                + d
                + (src == null ? "" : " and to be smaller size than src " + src.shape()));
      }
    }
    return d;
  }

  /** A number as the source of a scatter. */
  private static Tensor number(Scalar value, Tensor self, Tensor index) {
    Where.checkValue(self, value);
    Tensor one = Tensors.full(value, TensorOptions.of(self.dtype()).device(self.device()));
    return one.expand(index.shape().toArray());
  }

  /** The part of a source that the indices cover. */
  static Tensor covered(Tensor src, Tensor index) {
    Tensor part = Writer.lines(src);
    for (int d = 0; d < index.dim() && d < part.dim(); d++) {
      if (part.size(d) > index.size(d)) {
        part = part.slice(d, 0, index.size(d));
      }
    }
    return part;
  }

  private static Tensor write(
      Writer writer, Tensor self, int d, Tensor index, Tensor src, boolean add) {
    if (index.numel() == 0) {
      return writer.inPlace() ? self : self.clone();
    }
    Tensor at = Writer.lines(index);
    Tensor written =
        writer.apply(new ScatterWrite(d, add), Writer.lines(self), covered(src, at), at);
    return writer.result(self, written);
  }

  // ---- calls

  static Tensor scatter(Writer writer, Tensor self, int dim, Tensor index, Tensor src) {
    int d = checked("scatter", self, dim, index, src);
    return write(writer, self, d, index, src, false);
  }

  static Tensor scatter(Writer writer, Tensor self, int dim, Tensor index, Scalar value) {
    int d = checked("scatter", self, dim, index, null);
    return write(writer, self, d, index, number(value, self, index), false);
  }

  static Tensor scatter(
      Writer writer, Tensor self, int dim, Tensor index, Tensor src, String reduce) {
    return switch (reduce) {
      case "add" ->
          write(writer, self, checked("scatter", self, dim, index, src), index, src, true);
      case "multiply" ->
          ScatterReductions.scatterReduce(writer, self, dim, index, src, "prod", true);
      default ->
          throw new ArgumentException(
              "reduce argument must be either add or multiply, got '" + reduce + "'");
    };
  }

  static Tensor scatterAdd(Writer writer, Tensor self, int dim, Tensor index, Tensor src) {
    int d = checked("scatter", self, dim, index, src);
    return write(writer, self, d, index, src, true);
  }
}
