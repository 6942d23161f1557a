package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.IndexingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Operator;
import java.util.List;

/** Slices written at a vector of indices of one dimension. */
final class AlongDim {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.hasBoth("index_add")) {
        t.add(List.of(add("index_add", false), add("index_add_", true)));
      }
      if (t.hasBoth("index_copy")) {
        t.add(List.of(copy("index_copy", false), copy("index_copy_", true)));
      }
      if (t.hasBoth("index_fill")) {
        t.add(List.of(fill("index_fill", false), fill("index_fill_", true)));
      }
    }
  }

  private AlongDim() {}

  private static Operator add(String name, boolean inPlace) {
    Writer writer = new Writer("index_add", inPlace);
    return named(name)
        .overload(
            "(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1)",
            IndexingCall.Add.class,
            (self, dim, index, source, alpha) -> indexAdd(writer, self, dim, index, source, alpha))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(3, 2), 0, s.integers(3, 4), s.tensor(4, 2)),
                    sample(s.tensor(2, 3), -1, s.integers(3, 2), s.tensor(2, 2)),
                    sample(s.tensor(), 0, s.integers(1, 2), s.tensor(2))));
  }

  private static Operator copy(String name, boolean inPlace) {
    Writer writer = new Writer("index_copy", inPlace);
    return named(name)
        .overload(
            "(Tensor self, int dim, Tensor index, Tensor source)",
            IndexingCall.Along.class,
            (self, dim, index, source) -> indexCopy(writer, self, dim, index, source))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(3, 2), 0, Grids.range(2, s.integers(2, 1)), s.tensor(2, 2)),
                    sample(s.tensor(2, 3), -1, s.integers(3, 1), s.tensor(2, 1))));
  }

  private static Operator fill(String name, boolean inPlace) {
    Writer writer = new Writer("index_fill", inPlace);
    return named(name)
        .overload(
            "(Tensor self, int dim, Tensor index, Scalar value)",
            IndexingCall.Fill.class,
            (self, dim, index, value) -> indexFill(writer, self, dim, index, value))
        .overload(
            "(Tensor self, int dim, Tensor index, Tensor value)",
            IndexingCall.Along.class,
            (self, dim, index, value) -> indexFill(writer, self, dim, index, value))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(3, 2), 0, s.integers(3, 2), 1.5),
                    sample(s.tensor(2, 3), -1, Grids.range(2, s.integers(2, 1)), s.tensor())));
  }

  /** What an operator writes to, along which dimension, and at which indices. */
  private static Tensor write(
      Writer writer, Tensor self, int d, Tensor index, Tensor values, boolean accumulate) {
    Tensor lines = Writer.lines(self);
    IndexTuples tuples = IndexTuples.along(lines.shape(), d, index);
    String node =
        switch (writer.operator()) {
          case "index_add" -> "IndexAddBackward0";
          case "index_copy" -> "IndexCopyBackward0";
          default -> "IndexFillBackward0";
        };
    return writer.result(self, Indexed.put(writer, node, lines, tuples, values, accumulate));
  }

  /** Refuses indices that count from the end, which only some operators take. */
  private static void checkFromZero(Tensor index, String negative) {
    if (index.numel() > 0 && Checks.any(index.amin().lt(0L))) {
      throw new IndexException(negative);
    }
  }

  private static Tensor int64Vector(Tensor index) {
    return index.to(DType.INT64).reshape(index.numel());
  }

  static Tensor indexAdd(
      Writer writer, Tensor self, int dim, Tensor index, Tensor source, Scalar alpha) {
    int d = checkedSource("index_add_()", self, dim, index, source);
    Tensor values = Writer.lines(source);
    if (alpha.isFloatingPoint() && !self.dtype().isFloatingPoint()) {
      throw new DTypeException(
          "For integral input tensors, argument alpha must not be a floating point number.");
    }
    if (alpha.toDouble() != 1) {
      values =
          values
              .mul(Tensors.full(alpha, TensorOptions.of(self.dtype()).device(self.device())))
              .to(self.dtype());
    }
    Tensor vector = int64Vector(index);
    checkFromZero(vector, "index out of range in self: an index is negative");
    try {
      return write(writer, self, d, vector, values, true);
    } catch (IndexException e) {
      throw new IndexException("index out of range in self: " + e.getMessage(), e);
    }
  }

  /** The dimension, after what PyTorch refuses of a vector of indices has been refused. */
  static int checkedSource(String name, Tensor self, int dim, Tensor index, Tensor source) {
    int d = self.shape().wrap(dim);
    if (index.dim() > 1) {
      throw new IndexException(
          name
              + ": Index is supposed to be a vector, but got dim: "
              + index.dim()
              + " with type: "
              + index.dtype().typeName()
              + " and size: "
              + index.shape());
    }
    if (index.dtype() != DType.INT64 && index.dtype() != DType.INT32) {
      throw new DTypeException(
          name + ": Expected dtype int32/int64 for index but got: " + index.dtype().typeName());
    }
    if (self.dtype() != source.dtype()) {
      throw new DTypeException(
          name
              + ": self ("
              + self.dtype().typeName()
              + ") and source ("
              + source.dtype().typeName()
              + ") must have the same scalar type");
    }
    if (d != 0 && d >= source.dim()) {
      throw new IndexException(
          name
              + ": Indexing dim "
              + d
              + " is out of bounds of the source tensor with size "
              + source.shape());
    }
    long given = source.dim() == 0 ? 1 : source.size(d);
    if (index.numel() != given) {
      throw new ShapeException(
          name
              + ": Number of indices ("
              + index.numel()
              + ") should be equal to source.size(dim): ("
              + given
              + "), for dim: "
              + d);
    }
    checkOtherSizes(self, source, d);
    return d;
  }

  /** Indices as an int64 vector, all of which are within a size. */
  static Tensor checkedRange(Tensor index, long size) {
    Tensor vector = int64Vector(index);
    checkFromZero(vector, "index out of range in self: an index is negative");
    if (vector.numel() > 0 && Checks.any(vector.amax().ge(size))) {
      throw new IndexException("index out of range in self: the size is " + size);
    }
    return vector;
  }

  private static void checkOtherSizes(Tensor self, Tensor source, int d) {
    boolean fits = Writer.rank(self) == Writer.rank(source);
    for (int i = 0; fits && i < self.dim() && source.dim() > 0; i++) {
      fits = i == d || self.size(i) == source.size(i);
    }
    if (!fits) {
      throw new ShapeException(
          "source tensor shape must match self tensor shape, excluding the specified dimension."
              + " Got self.shape = "
              + self.shape()
              + " source.shape = "
              + source.shape());
    }
  }

  static Tensor indexCopy(Writer writer, Tensor self, int dim, Tensor index, Tensor source) {
    int d = self.shape().wrap(dim);
    if (index.dim() > 1) {
      throw new IndexException(
          "index_copy_(): Index should have dimension 1 or 0 (got " + index.dim() + ")");
    }
    if (index.dtype() != DType.INT64) {
      throw new DTypeException(
          "index_copy_(): Expected a long tensor for index, but got " + index.dtype().typeName());
    }
    if (self.dtype() != source.dtype()) {
      throw new DTypeException(
          "index_copy_(): self and source expected to have the same dtype, but got (self) "
              + self.dtype().typeName()
              + " and (source) "
              + source.dtype().typeName());
    }
    if (source.dim() == 0 && index.numel() != 1) {
      throw new IndexException(
          "index_copy_(): When source is scalar, index should have one element (got "
              + index.numel()
              + ")");
    }
    if (source.dim() != self.dim() && source.dim() > 0 && self.dim() > 0) {
      throw new IndexException(
          "index_copy_(): When source and destination are not scalars, their dimensionality must"
              + " match. Source dimensionality ("
              + source.dim()
              + "), destination dimensionality ("
              + self.dim()
              + ")");
    }
    Shape mine = sliceShape(self, d);
    Shape given = sliceShape(source, d);
    if (!mine.equals(given)) {
      throw new ShapeException(
          "index_copy_(): Source/destination tensor must have same slice shapes. Destination slice"
              + " shape: "
              + mine
              + " at dimension "
              + d
              + " and source slice shape: "
              + given
              + " at dimension 0.");
    }
    if (source.dim() > 0 && index.numel() != source.size(d)) {
      throw new IndexException(
          "index_copy_(): Number of indices ("
              + index.numel()
              + ") should be equal to source.size(dim) ("
              + source.size(d)
              + ")");
    }
    Tensor vector = int64Vector(index);
    checkFromZero(vector, "index_copy_(): an index is out of bounds: it is negative");
    try {
      return write(writer, self, d, vector, Writer.lines(source), false);
    } catch (IndexException e) {
      throw new IndexException("index_copy_(): " + e.getMessage(), e);
    }
  }

  /** The shape without a dimension. */
  private static Shape sliceShape(Tensor tensor, int d) {
    long[] sizes = tensor.shape().toArray();
    long[] rest = new long[Math.max(sizes.length - 1, 0)];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = sizes[i < d ? i : i + 1];
    }
    return Shape.of(rest);
  }

  static Tensor indexFill(Writer writer, Tensor self, int dim, Tensor index, Scalar value) {
    Where.checkValue(self, value);
    return indexFill(
        writer,
        self,
        dim,
        index,
        Tensors.full(value, TensorOptions.of(self.dtype()).device(self.device())));
  }

  static Tensor indexFill(Writer writer, Tensor self, int dim, Tensor index, Tensor value) {
    if (value.dim() != 0) {
      throw new ShapeException(
          "Only supports 0-dimensional value tensor, but got tensor with "
              + value.dim()
              + " dimensions.");
    }
    int d = self.shape().wrap(dim);
    if (index.dtype() != DType.INT64) {
      throw new DTypeException("index_fill_(): Expected dtype int64 for index.");
    }
    if (index.dim() > 1) {
      throw new ArgumentException("Index has to be a vector/scalar");
    }
    return write(writer, self, d, int64Vector(index), value.to(self.dtype()), false);
  }
}
