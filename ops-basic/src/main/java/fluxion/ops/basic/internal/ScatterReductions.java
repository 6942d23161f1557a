package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.IndexingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SingularPoints;
import java.util.Arrays;
import java.util.List;

/** Elements that meet at the places to which they are scattered, and are reduced there. */
final class ScatterReductions {
  private static final String REDUCED =
      "(Tensor self, int dim, Tensor index, Tensor %s, str reduce, *, bool include_self=True)";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.hasBoth("scatter_reduce")) {
        t.add(List.of(scatter("scatter_reduce", false), scatter("scatter_reduce_", true)));
      }
      if (t.hasBoth("index_reduce")) {
        t.add(List.of(index("index_reduce", false), index("index_reduce_", true)));
      }
    }
  }

  private ScatterReductions() {}

  private static Operator scatter(String name, boolean inPlace) {
    Writer writer = new Writer("scatter_reduce", inPlace);
    return named(name)
        .overload(
            REDUCED.formatted("src"),
            IndexingCall.Reduce.class,
            (self, dim, index, src, reduce, includeSelf) ->
                scatterReduce(writer, self, dim, index, src, reduce, includeSelf))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(3, 2), 0, s.integers(3, 4, 2), s.tensor(4, 2), "sum"),
                    sample(s.tensor(2, 3), -1, s.integers(3, 2, 4), s.tensor(2, 4), "mean"),
                    sample(s.tensor(2, 3), 1, s.integers(3, 2, 4), s.tensor(2, 4), "prod"),
                    sample(s.tensor(3, 2), 0, s.integers(3, 4, 2), s.tensor(4, 2), "amax"),
                    sample(s.tensor(3, 2), 0, s.integers(3, 4, 2), s.tensor(4, 2), "amin")))
        .singularAt(SingularPoints.ties().or(SingularPoints.meetings()).or(SingularPoints.at(0)));
  }

  private static Operator index(String name, boolean inPlace) {
    Writer writer = new Writer("index_reduce", inPlace);
    return named(name)
        .overload(
            REDUCED.formatted("source"),
            IndexingCall.Reduce.class,
            (self, dim, index, source, reduce, includeSelf) ->
                indexReduce(writer, self, dim, index, source, reduce, includeSelf))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(3, 2), 0, s.integers(3, 4), s.tensor(4, 2), "prod"),
                    sample(s.tensor(2, 3), -1, s.integers(3, 4), s.tensor(2, 4), "mean"),
                    sample(s.tensor(2, 3), 1, s.integers(3, 4), s.tensor(2, 4), "amax"),
                    sample(s.tensor(3, 2), 0, s.integers(3, 4), s.tensor(4, 2), "amin"),
                    sample(s.tensor(), 0, s.integers(1, 2), s.tensor(2), "prod")))
        .singularAt(SingularPoints.ties().or(SingularPoints.meetings()).or(SingularPoints.at(0)));
  }

  static Tensor scatterReduce(
      Writer writer,
      Tensor self,
      int dim,
      Tensor index,
      Tensor src,
      String reduce,
      boolean includeSelf) {
    if (!List.of("sum", "mean", "prod", "amax", "amin").contains(reduce)) {
      throw new ArgumentException(
          "reduce argument must be either sum, prod, mean, amax or amin, got " + reduce + ".");
    }
    int d = Scatters.checked("scatter", self, dim, index, src);
    if (index.numel() == 0) {
      return writer.inPlace() ? self : self.clone();
    }
    Tensor at = Writer.lines(index);
    return reduced(writer, self, d, at, Scatters.covered(src, at), reduce, includeSelf);
  }

  static Tensor indexReduce(
      Writer writer,
      Tensor self,
      int dim,
      Tensor index,
      Tensor source,
      String reduce,
      boolean includeSelf) {
    if (!List.of("mean", "prod", "amax", "amin").contains(reduce)) {
      throw new ArgumentException(
          "index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got "
              + reduce
              + ".");
    }
    int d = AlongDim.checkedSource("index_reduce_()", self, dim, index, source);
    Tensor vector = AlongDim.checkedRange(index, Writer.lines(self).size(d));
    Tensor lines = Writer.lines(source);
    long[] along = new long[lines.dim()];
    Arrays.fill(along, 1);
    along[d] = vector.numel();
    Tensor at = vector.reshape(along).expand(lines.shape().toArray());
    return reduced(writer, self, d, at, lines, reduce, includeSelf);
  }

  /** What is at the places and what is scattered there, reduced; all have dimensions. */
  private static Tensor reduced(
      Writer writer,
      Tensor self,
      int d,
      Tensor at,
      Tensor values,
      String reduce,
      boolean includeSelf) {
    if (writer.inPlace()) {
      // What the derivative needs of the memory that is about to be overwritten is copied.
      Tensor before = self.requiresGrad() || values.requiresGrad() ? self.clone() : self;
      Writer aside = new Writer(writer.operator(), false);
      return self.copy_(reduced(aside, before, d, at, values, reduce, includeSelf));
    }
    Tensor x = Writer.lines(self);
    Tensor result =
        switch (reduce) {
          case "sum" ->
              Functions.apply(
                  new ScatterWrite(d, true), started(x, d, at, 0, includeSelf), values, at);
          case "mean" -> mean(x, d, at, values, includeSelf);
          case "prod" ->
              Functions.apply(new ScatterProduct(d), started(x, d, at, 1, includeSelf), values, at);
          default ->
              Functions.apply(
                  new ScatterExtreme(d, reduce.equals("amax"), includeSelf), x, values, at);
        };
    return writer.result(self, result);
  }

  /** A tensor that counts as a value at the places, unless it counts itself. */
  private static Tensor started(Tensor x, int d, Tensor at, long value, boolean includeSelf) {
    return includeSelf ? x : Functions.apply(new ScatterWrite(d, false), x, number(value, x), at);
  }

  private static Tensor mean(Tensor x, int d, Tensor at, Tensor values, boolean includeSelf) {
    Tensor sum =
        Functions.apply(new ScatterWrite(d, true), started(x, d, at, 0, includeSelf), values, at);
    Tensor start = includeSelf ? Tensors.onesLike(x) : Tensors.zerosLike(x);
    Tensor counts = Functions.apply(new ScatterWrite(d, true), start.detach(), number(1, x), at);
    Tensor atLeastOne = includeSelf ? counts : counts.clamp(1, Long.MAX_VALUE);
    return x.dtype().isFloatingPoint()
        ? sum.div(atLeastOne)
        : Arithmetic.div(sum, atLeastOne, "floor");
  }

  private static Tensor number(long value, Tensor like) {
    return Tensors.full(Scalar.of(value), TensorOptions.of(like.dtype()).device(like.device()));
  }

  /** The value that leaves the largest, or the smallest, of others as it is. */
  static Scalar neutral(DType dtype, boolean max) {
    if (dtype.isFloatingPoint()) {
      return Scalar.of(max ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    return Scalar.of(max ? Integers.least(dtype) : Integers.most(dtype));
  }
}
