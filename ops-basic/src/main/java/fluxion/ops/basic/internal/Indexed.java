package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.IndexingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Operator.Sample;
import fluxion.engine.spi.Operator.SampleSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PyTorch's advanced indexing: elements read and written at tuples of indices and at masks. */
final class Indexed {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("index")) {
        t.add(
            named("index")
                .overload("(Tensor self, Tensor?[] indices)", IndexingCall.At.class, Indexed::index)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3, 2), List.of(s.integers(3, 4))),
                            sample(s.tensor(2, 3, 2), all(null, s.integers(3, 2))),
                            sample(
                                s.tensor(2, 3, 2),
                                all(s.integers(2, 2, 1), null, s.integers(2, 3))),
                            sample(s.tensor(2, 3), List.of(Where.mask(s, 2, 3))))));
      }
      if (t.hasBoth("index_put")) {
        t.add(both("index_put"));
      }
      if (t.has("take")) {
        t.add(
            named("take")
                .overload("(Tensor self, Tensor index)", Call.Binary.class, Indexed::take)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.integers(6, 4)),
                            sample(s.tensor(2, 3), s.integers(6, 2, 2)))));
      }
      if (t.hasBoth("put")) {
        t.add(List.of(put("put", false), put("put_", true)));
      }
    }
  }

  private Indexed() {}

  private static List<@Nullable Tensor> all(@Nullable Tensor... indices) {
    return Arrays.asList(indices);
  }

  private static List<Operator> both(String name) {
    return List.of(indexPut(name, false), indexPut(name + "_", true));
  }

  private static Operator indexPut(String name, boolean inPlace) {
    Writer writer = new Writer("index_put", inPlace);
    return named(name)
        .overload(
            "(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False)",
            IndexingCall.Put.class,
            (self, indices, values, accumulate) ->
                indexPut(writer, "IndexPutBackward0", self, indices, values, accumulate))
        .samples(Indexed::putSamples);
  }

  /** Samples that write no element twice, but for those that add. */
  private static List<Sample> putSamples(SampleSource s) {
    Tensor distinct = Grids.range(2, s.integers(2, 1)).add(1);
    return List.of(
        sample(s.tensor(3, 2), List.of(distinct), s.tensor(2)),
        sample(s.tensor(3, 4), List.of(distinct, s.integers(4, 2)), s.tensor(2)),
        sample(s.tensor(2, 3, 2), all(null, s.integers(3, 2)), s.tensor(2, 2), true),
        sample(s.tensor(2, 3), List.of(Where.mask(s, 2, 3)), s.tensor()));
  }

  private static Operator put(String name, boolean inPlace) {
    Writer writer = new Writer("put", inPlace);
    return named(name)
        .overload(
            "(Tensor self, Tensor index, Tensor source, bool accumulate=False)",
            IndexingCall.PutFlat.class,
            (self, index, source, accumulate) -> put(writer, self, index, source, accumulate))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3), Grids.range(4, s.integers(2, 1)), s.tensor(2, 2)),
                    sample(s.tensor(2, 3), s.integers(6, 4), s.tensor(4), true)));
  }

  static Tensor index(Tensor self, @Nullable Tensor[] indices) {
    IndexTuples tuples = IndexTuples.of(self.shape(), indices);
    if (tuples == null) {
      return self.clone();
    }
    return index("IndexBackward0", self, tuples);
  }

  static Tensor index(String node, Tensor self, IndexTuples tuples) {
    return tuples.run(() -> Functions.apply(new Index(tuples.plan(), node), tuples.inputs(self)));
  }

  static Tensor indexPut(
      Writer writer,
      String node,
      Tensor self,
      @Nullable Tensor[] indices,
      Tensor values,
      boolean accumulate) {
    if (self.dtype() != values.dtype()) {
      throw new DTypeException(
          "Index put requires the source and destination dtypes match, got "
              + self.dtype().typeName()
              + " for the destination and "
              + values.dtype().typeName()
              + " for the source.");
    }
    IndexTuples tuples = IndexTuples.of(self.shape(), indices);
    if (tuples == null) {
      return write(writer, self, values, accumulate);
    }
    Shape shape = tuples.resultShape();
    if (!values.shape().expandsTo(shape)) {
      throw new ShapeException(
          "shape mismatch: value tensor of shape "
              + values.shape()
              + " cannot be broadcast to indexing result of shape "
              + shape);
    }
    return put(writer, node, self, tuples, values, accumulate);
  }

  /** A write to the whole tensor. */
  private static Tensor write(Writer writer, Tensor self, Tensor values, boolean accumulate) {
    Tensor target = writer.inPlace() ? self : self.clone();
    return accumulate ? target.add_(values) : target.copy_(values);
  }

  static Tensor put(
      Writer writer,
      String node,
      Tensor self,
      IndexTuples tuples,
      Tensor values,
      boolean accumulate) {
    return tuples.run(
        () ->
            writer.apply(
                new IndexPut(tuples.plan(), accumulate, node), tuples.inputs(self, values)));
  }

  private static void checkIndex(String name, Tensor index) {
    if (index.dtype() != DType.INT64) {
      throw new DTypeException(
          name + "(): Expected a long tensor for index, but got " + index.dtype().typeName());
    }
  }

  static Tensor take(Tensor self, Tensor index) {
    checkIndex("take", index);
    if (self.numel() == 0 && index.numel() > 0) {
      throw new IndexException("take(): tried to take from an empty tensor");
    }
    Tensor flat = self.reshape(self.numel());
    try {
      return index("TakeBackward0", flat, IndexTuples.along(flat.shape(), 0, index));
    } catch (IndexException e) {
      throw outOfRange(e, self);
    }
  }

  private static IndexException outOfRange(IndexException cause, Tensor self) {
    return new IndexException(
        "out of range: tried to access "
            + String.valueOf(cause.getMessage()).replaceFirst(" is out of bounds.*", "")
            + " on a tensor of "
            + self.numel()
            + " elements.",
        cause);
  }

  static Tensor put(Writer writer, Tensor self, Tensor index, Tensor source, boolean accumulate) {
    checkIndex("put_", index);
    if (self.dtype() != source.dtype()) {
      throw new DTypeException(
          "put_(): self and source expected to have the same dtype, but got self.dtype = "
              + self.dtype().typeName()
              + " and source.dtype = "
              + source.dtype().typeName());
    }
    if (source.numel() != index.numel()) {
      throw new ArgumentException(
          "put_(): Expected source and index to have the same number of elements, but got"
              + " source.numel() = "
              + source.numel()
              + ", index.numel() = "
              + index.numel());
    }
    if (self.numel() == 0 && index.numel() > 0) {
      throw new IndexException("put_(): tried to put elements into an empty tensor");
    }
    boolean viewed = !writer.inPlace() || self.isContiguous();
    if (!viewed) {
      return self.copy_(put(new Writer("put", false), self, index, source, accumulate));
    }
    Tensor flat = writer.inPlace() ? self.view(self.numel()) : self.reshape(self.numel());
    IndexTuples tuples = IndexTuples.along(flat.shape(), 0, index.reshape(index.numel()));
    try {
      Tensor values = source.reshape(source.numel());
      Tensor written = put(writer, "PutBackward0", flat, tuples, values, accumulate);
      return writer.inPlace() ? self : written.view(self.shape().toArray());
    } catch (IndexException e) {
      throw outOfRange(e, self);
    }
  }
}
