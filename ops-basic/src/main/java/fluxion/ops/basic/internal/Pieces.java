package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.ViewFunction;
import java.util.Arrays;
import java.util.List;

/** Views of parts of a tensor. */
final class Pieces {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("select")) {
        t.add(
            named("select")
                .overload("(Tensor self, int dim, int index)", Call.Select.class, Pieces::select)
                .samples(s -> List.of(sample(s.tensor(2, 3), 1, -1))));
      }
      if (t.has("slice")) {
        t.add(
            named("slice")
                .overload(
                    "(Tensor self, int dim=0, int start=0, int end=9223372036854775807, int"
                        + " step=1)",
                    Call.Slice.class,
                    Pieces::slice)
                .samples(
                    s -> List.of(sample(s.tensor(2, 5), 1, 1, 5, 2), sample(s.tensor(3), 0, 1))));
      }
      if (t.has("unbind")) {
        t.add(
            named("unbind")
                .overload("(Tensor self, int dim=0)", Call.Unbind.class, Pieces::unbind)
                .samples(s -> List.of(sample(s.tensor(2, 3), 1))));
      }
      if (t.has("split")) {
        t.add(
            named("split")
                .overload(
                    "(Tensor self, int split_size, int dim=0)", Call.Split.class, Pieces::split)
                .overload(
                    "(Tensor self, int[] split_size, int dim=0)",
                    Call.SplitSizes.class,
                    Pieces::split)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(5, 2), 2),
                            sample(s.tensor(2, 5), List.of(1L, 4L), 1))));
      }
      if (t.has("split_with_sizes")) {
        t.add(
            named("split_with_sizes")
                .overload(
                    "(Tensor self, int[] split_sizes, int dim=0)",
                    Call.SplitSizes.class,
                    Pieces::split)
                .samples(s -> List.of(sample(s.tensor(2, 5), List.of(1L, 4L), 1))));
      }
      if (t.has("chunk")) {
        t.add(
            named("chunk")
                .overload(
                    "(Tensor self, int chunks, int dim=0)", ShapingCall.Chunk.class, Pieces::chunk)
                .samples(s -> List.of(sample(s.tensor(5, 2), 2), sample(s.tensor(2, 5), 3, -1))));
      }
      if (t.has("narrow")) {
        t.add(
            named("narrow")
                .overload(
                    "(Tensor self, int dim, int start, int length)",
                    ShapingCall.Narrow.class,
                    Pieces::narrow)
                .overload(
                    "(Tensor self, int dim, Tensor start, int length)",
                    ShapingCall.NarrowFrom.class,
                    Pieces::narrow)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 5), 1, 1, 3),
                            sample(s.tensor(3), -1, -2, 1),
                            sample(s.tensor(4), 0, s.integers(2), 2))));
      }
    }
  }

  private Pieces() {}

  static Tensor select(Tensor self, int dim, long index) {
    return Functions.view(new Views.Select(checkedSelect(self, dim, index), index), self);
  }

  /** The dimension of an index, both of which are there. */
  static int checkedSelect(Tensor self, int dim, long index) {
    if (self.dim() == 0) {
      throw new IndexException("select() cannot be applied to a 0-dim tensor.");
    }
    int d = self.shape().wrap(dim);
    long size = self.size(d);
    if (index < -size || index >= size) {
      throw new IndexException(
          "select(): index "
              + index
              + " out of range for tensor of size "
              + self.shape()
              + " at dimension "
              + d);
    }
    return d;
  }

  static Tensor slice(Tensor self, int dim, long start, long end, long step) {
    return Functions.view(new Views.Slice(dim, start, end, step), self);
  }

  static Tensor[] unbind(Tensor self, int dim) {
    if (self.dim() == 0) {
      throw new IndexException("Dimension specified as " + dim + " but tensor has no dimensions");
    }
    int d = self.shape().wrap(dim);
    ViewFunction[] views = new ViewFunction[Math.toIntExact(self.size(d))];
    Arrays.setAll(views, i -> new Views.Select(d, i));
    return Functions.views("UnbindBackward0", views, self);
  }

  static Tensor[] split(Tensor self, long splitSize, int dim) {
    if (self.dim() == 0) {
      throw new ShapeException("split expects at least a 1-dimensional tensor");
    }
    if (splitSize < 0) {
      throw new ArgumentException(
          "split expects split_size be non-negative, but got split_size=" + splitSize);
    }
    int d = self.shape().wrap(dim);
    long size = self.size(d);
    if (splitSize == 0 && size != 0) {
      throw new ArgumentException(
          "split_size can only be 0 if dimension size is 0, but got dimension size of " + size);
    }
    int pieces =
        splitSize == 0 ? 1 : Math.toIntExact(Math.max((size + splitSize - 1) / splitSize, 1));
    ViewFunction[] views = new ViewFunction[pieces];
    Arrays.setAll(views, i -> new Views.Slice(d, i * splitSize, (i + 1) * splitSize, 1));
    return Functions.views("SplitBackward0", views, self);
  }

  static Tensor[] split(Tensor self, long[] splitSizes, int dim) {
    if (self.dim() == 0) {
      throw new ShapeException("split_with_sizes expects at least a 1-dimensional tensor");
    }
    int d = self.shape().wrap(dim);
    long total = 0;
    for (long size : splitSizes) {
      if (size < 0) {
        throw new ArgumentException(
            "split_with_sizes expects split_sizes have only non-negative entries, but got"
                + " split_sizes="
                + Arrays.toString(splitSizes));
      }
      total += size;
    }
    if (total != self.size(d)) {
      throw new ShapeException(
          "split_with_sizes expects split_sizes to sum exactly to "
              + self.size(d)
              + " (input tensor's size at dimension "
              + d
              + "), but got split_sizes="
              + Arrays.toString(splitSizes));
    }
    ViewFunction[] views = new ViewFunction[splitSizes.length];
    long start = 0;
    for (int i = 0; i < views.length; i++) {
      views[i] = new Views.Slice(d, start, start + splitSizes[i], 1);
      start += splitSizes[i];
    }
    return Functions.views("SplitWithSizesBackward0", views, self);
  }

  static Tensor[] chunk(Tensor self, long chunks, int dim) {
    if (self.dim() == 0) {
      throw new ShapeException("chunk expects at least a 1-dimensional tensor");
    }
    if (chunks <= 0) {
      throw new ArgumentException("chunk expects `chunks` to be greater than 0, got: " + chunks);
    }
    long size = self.size(dim);
    if (size == 0) {
      return split(self, new long[Math.toIntExact(chunks)], dim);
    }
    return split(self, (size + chunks - 1) / chunks, dim);
  }

  static Tensor narrow(Tensor self, int dim, long start, long length) {
    if (self.dim() == 0) {
      throw new ShapeException("narrow() cannot be applied to a 0-dim tensor.");
    }
    if (length < 0) {
      throw new ArgumentException("narrow(): length must be non-negative.");
    }
    int d = self.shape().wrap(dim);
    long size = self.size(d);
    if (start < -size || start > size) {
      throw new IndexException(
          "start out of range (expected to be in range of [-"
              + size
              + ", "
              + size
              + "], but got "
              + start
              + ")");
    }
    long first = start < 0 ? start + size : start;
    if (first > size - length) {
      throw new ShapeException(
          "start (" + first + ") + length (" + length + ") exceeds dimension size (" + size + ").");
    }
    return slice(self, d, first, first + length, 1);
  }

  static Tensor narrow(Tensor self, int dim, Tensor start, long length) {
    if (start.dim() != 0 || start.dtype().isFloatingPoint() || start.dtype() == DType.BOOL) {
      throw new DTypeException("start must be an 0-dim integral Tensor.");
    }
    return narrow(self, dim, start.itemLong(), length);
  }
}
