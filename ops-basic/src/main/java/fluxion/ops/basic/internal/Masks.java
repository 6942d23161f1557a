package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.api.spi.SelectionCall;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements chosen and replaced by truth values, and the indices of those that are true. */
final class Masks {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("masked_select")) {
        t.add(
            named("masked_select")
                .overload("(Tensor self, Tensor mask)", Call.Binary.class, Masks::maskedSelect)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), Where.mask(s, 2, 3)),
                            sample(s.tensor(4, 1), Where.mask(s, 5)),
                            sample(s.tensor(2), Where.mask(s, 4, 1)))));
      }
      if (t.hasBoth("masked_scatter")) {
        t.add(List.of(scatter("masked_scatter", false), scatter("masked_scatter_", true)));
      }
      if (t.has("nonzero")) {
        t.add(nonzero("nonzero"));
      }
      if (t.has("argwhere")) {
        t.add(nonzero("argwhere"));
      }
      if (t.has("nonzero_numpy")) {
        t.add(
            named("nonzero_numpy")
                .overload("(Tensor self)", ShapingCall.Several.class, Masks::columns)
                .samples(s -> List.of(sample(s.integers(2, 2, 3)), sample(s.integers(2, 4))))
                .notDifferentiable());
      }
      if (t.has("one_hot")) {
        t.add(
            named("one_hot")
                .overload(
                    "(Tensor self, int num_classes=-1)", ShapingCall.Offset.class, Masks::oneHot)
                .samples(s -> List.of(sample(s.integers(3, 2, 3), 4), sample(s.integers(3, 5))))
                .notDifferentiable());
      }
    }
  }

  private Masks() {}

  private static Operator scatter(String name, boolean inPlace) {
    Writer writer = new Writer("masked_scatter", inPlace);
    return named(name)
        .overload(
            "(Tensor self, Tensor mask, Tensor source)",
            SelectionCall.MaskedFillTensor.class,
            (self, mask, source) -> maskedScatter(writer, self, mask, source))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3), Where.mask(s, 2, 3), s.tensor(7)),
                    sample(s.tensor(3, 4), Where.mask(s, 3, 1), s.tensor(3, 4))));
  }

  private static Operator nonzero(String name) {
    return named(name)
        .overload("(Tensor self)", Call.Unary.class, Masks::nonzero)
        .samples(s -> List.of(sample(s.integers(2, 2, 3)), sample(s.integers(2, 4))))
        .notDifferentiable();
  }

  private static void checkMask(String name, Tensor mask) {
    if (!IndexTuples.isMask(mask)) {
      throw new DTypeException(
          name
              + ": expected BoolTensor or ByteTensor for mask, got "
              + mask.dtype().typeName()
              + "Tensor");
    }
  }

  static Tensor maskedSelect(Tensor self, Tensor mask) {
    checkMask("masked_select", mask);
    Shape shape = Shape.broadcast(self.shape(), mask.shape());
    IndexTuples tuples = chosen(shape, mask);
    if (tuples == null) {
      return mask.to(DType.BOOL).itemLong() == 0
          ? self.reshape(1).slice(0, 0, 0).clone()
          : self.reshape(1).clone();
    }
    return Indexed.index("MaskedSelectBackward0", expanded(self, shape), tuples);
  }

  /** The places of a shape at which a mask is true; null for a shape without dimensions. */
  private static @Nullable IndexTuples chosen(Shape shape, Tensor mask) {
    return IndexTuples.of(shape, new Tensor[] {expanded(mask, shape)});
  }

  private static Tensor expanded(Tensor tensor, Shape shape) {
    return tensor.shape().equals(shape) ? tensor : tensor.expand(shape.toArray());
  }

  static Tensor maskedScatter(Writer writer, Tensor self, Tensor mask, Tensor source) {
    checkMask("masked_scatter", mask);
    if (self.dtype() != source.dtype()) {
      throw new DTypeException(
          "masked_scatter: expected self and source to have same dtypes but got "
              + self.dtype().typeName()
              + " and "
              + source.dtype().typeName());
    }
    Shape shape = Shape.broadcast(self.shape(), mask.shape());
    if (writer.inPlace() && !shape.equals(self.shape())) {
      throw new ShapeException(
          "output with shape " + self.shape() + " doesn't match the broadcast shape " + shape);
    }
    Tensor target = Writer.lines(writer.inPlace() ? self : expanded(self, shape));
    IndexTuples tuples =
        IndexTuples.of(target.shape(), new Tensor[] {Writer.lines(expanded(mask, shape).detach())});
    if (tuples == null) {
      throw new IllegalStateException("a mask with dimensions names indices");
    }
    long count = tuples.resultShape().numel();
    if (count > source.numel()) {
      throw new ArgumentException(
          "Number of elements of source < number of ones in mask: "
              + source.numel()
              + " < "
              + count);
    }
    Tensor values = source.reshape(source.numel()).slice(0, 0, count);
    Tensor written = Indexed.put(writer, "MaskedScatterBackward0", target, tuples, values, false);
    return writer.inPlace() ? self : written.reshape(shape.toArray());
  }

  static Tensor[] columns(Tensor self) {
    return Nonzero.columns(Aliases.atLeast1d(self.detach()));
  }

  static Tensor nonzero(Tensor self) {
    if (self.dim() > 0) {
      return Joins.stack(Nonzero.columns(self), 1);
    }
    long count = self.to(DType.BOOL).itemLong();
    return Tensors.zeros(TensorOptions.of(DType.INT64).device(self.device()), count, 0);
  }

  static Tensor oneHot(Tensor self, long numClasses) {
    if (self.dtype() != DType.INT64) {
      throw new DTypeException(
          "one_hot is only applicable to index tensor, got " + self.dtype().typeName());
    }
    long classes = numClasses;
    if (self.numel() == 0) {
      if (classes <= 0) {
        throw new ArgumentException(
            "one_hot: Can not infer total number of classes from empty tensor.");
      }
    } else {
      if (self.min().itemLong() < 0) {
        throw new ArgumentException("one_hot: Class values must be non-negative.");
      }
      long largest = self.max().itemLong();
      if (classes == -1) {
        classes = largest + 1;
      } else if (classes < 1) {
        throw new ArgumentException("one_hot: num_classes should be positive, got " + classes);
      } else if (largest >= classes) {
        throw new ArgumentException(
            "one_hot: Class values must be smaller than num_classes. Got "
                + largest
                + " of "
                + classes);
      }
    }
    return self.unsqueeze(-1).eq(Grids.range(classes, self)).to(DType.INT64);
  }
}
