package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import java.util.List;

/** Tensors cut into pieces at indices: views, each of which may be written to. */
final class Cuts {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("tensor_split")) {
        t.add(
            named("tensor_split")
                .overload(
                    "(Tensor self, int sections, int dim=0)",
                    ShapingCall.Chunk.class,
                    Cuts::tensorSplit)
                .overload(
                    "(Tensor self, int[] indices, int dim=0)",
                    Call.SplitSizes.class,
                    Cuts::tensorSplit)
                .overload(
                    "(Tensor self, Tensor tensor_indices_or_sections, int dim=0)",
                    ShapingCall.SplitAt.class,
                    Cuts::tensorSplit)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(5, 2), 3),
                            sample(s.tensor(2, 5), List.of(1L, -1L), 1),
                            sample(s.tensor(4, 2), s.integers(3, 2)))));
      }
      if (t.has("hsplit")) {
        t.add(split("hsplit", 1));
      }
      if (t.has("vsplit")) {
        t.add(split("vsplit", 2));
      }
      if (t.has("dsplit")) {
        t.add(split("dsplit", 3));
      }
      if (t.has("narrow_copy")) {
        t.add(
            named("narrow_copy")
                .overload(
                    "(Tensor self, int dim, int start, int length)",
                    ShapingCall.Narrow.class,
                    (self, dim, start, length) -> Pieces.narrow(self, dim, start, length).clone())
                .samples(
                    s -> List.of(sample(s.tensor(2, 5), 1, 1, 3), sample(s.tensor(3), -1, -2, 1))));
      }
    }
  }

  private Cuts() {}

  private static Operator split(String name, int least) {
    return named(name)
        .overload(
            "(Tensor self, int sections)",
            ShapingCall.Sections.class,
            (self, sections) -> split(name, least, self, sections))
        .overload(
            "(Tensor self, int[] indices)",
            ShapingCall.Cuts.class,
            (self, indices) -> tensorSplit(self, indices, dim(name, least, self)))
        .samples(
            s -> List.of(sample(s.tensor(4, 2, 4), 2), sample(s.tensor(4, 2, 4), List.of(1L, 2L))));
  }

  /** The dimension that is cut; a vector is cut along its only one. */
  private static int dim(String name, int least, Tensor self) {
    if (self.dim() < least) {
      throw new ShapeException(
          "torch."
              + name
              + " requires a tensor with at least "
              + least
              + " dimension, but got a tensor with "
              + self.dim()
              + " dimensions!");
    }
    return switch (name) {
      case "hsplit" -> self.dim() == 1 ? 0 : 1;
      case "vsplit" -> 0;
      default -> 2;
    };
  }

  private static Tensor[] split(String name, int least, Tensor self, long sections) {
    int dim = dim(name, least, self);
    if (sections == 0 || self.size(dim) % sections != 0) {
      throw new ArgumentException(
          "torch."
              + name
              + " attempted to split along dimension "
              + dim
              + ", but the size of the dimension "
              + self.size(dim)
              + " is not divisible by the split_size "
              + sections
              + "!");
    }
    return tensorSplit(self, sections, dim);
  }

  private static int wrapped(Tensor self, int dim) {
    if (self.dim() == 0) {
      throw new ShapeException(
          "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims");
    }
    return self.shape().wrap(dim);
  }

  static Tensor[] tensorSplit(Tensor self, long sections, int dim) {
    int d = wrapped(self, dim);
    if (sections <= 0) {
      throw new ArgumentException("number of sections must be larger than 0, got " + sections);
    }
    if (sections > Integer.MAX_VALUE / 8) {
      throw new ArgumentException(
          "tensor_split: " + sections + " sections are more than an array can hold");
    }
    long size = self.size(d);
    long least = size / sections;
    long larger = size % sections;
    Tensor[] pieces = new Tensor[(int) sections];
    long start = 0;
    for (int i = 0; i < pieces.length; i++) {
      long end = start + least + (i < larger ? 1 : 0);
      pieces[i] = self.slice(d, start, end);
      start = end;
    }
    return pieces;
  }

  static Tensor[] tensorSplit(Tensor self, long[] indices, int dim) {
    int d = wrapped(self, dim);
    Tensor[] pieces = new Tensor[indices.length + 1];
    long start = 0;
    for (int i = 0; i < indices.length; i++) {
      pieces[i] = self.slice(d, start, indices[i]);
      start = indices[i];
    }
    pieces[indices.length] = self.slice(d, start, self.size(d));
    return pieces;
  }

  static Tensor[] tensorSplit(Tensor self, Tensor at, int dim) {
    if (at.dtype() != DType.INT64) {
      throw new DTypeException(
          "tensor_split expected tensor_indices_or_sections to have dtype of long, but got "
              + at.dtype().typeName());
    }
    if (at.dim() > 1) {
      throw new ShapeException(
          "tensor_split expected tensor_indices_or_sections to be a zero-dimensional or"
              + " one-dimensional tensor, but got a tensor with "
              + at.dim()
              + " dims");
    }
    return at.dim() == 0
        ? tensorSplit(self, at.itemLong(), dim)
        : tensorSplit(self, at.toLongArray(), dim);
  }
}
