package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.SelectionCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Functions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements picked by indices. */
final class Picking {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("gather")) {
        t.add(
            named("gather")
                .overload(
                    "(Tensor self, int dim, Tensor index)",
                    SelectionCall.Pick.class,
                    Picking::gather)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), 0, s.integers(2, 4, 3)),
                            sample(s.tensor(2, 3), -1, s.integers(3, 2, 2)),
                            sample(s.tensor(), 0, s.integers(1, 2)))));
      }
      if (t.has("take_along_dim")) {
        t.add(
            named("take_along_dim")
                .overload(
                    "(Tensor self, Tensor indices, int? dim=None)",
                    SelectionCall.PickAlong.class,
                    Picking::takeAlongDim)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.integers(3, 1, 4), 1),
                            sample(s.tensor(2, 3), s.integers(6, 4)))));
      }
      if (t.has("index_select")) {
        t.add(
            named("index_select")
                .overload(
                    "(Tensor self, int dim, Tensor index)",
                    SelectionCall.Pick.class,
                    Picking::indexSelect)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3, 2), 0, s.integers(3, 4)),
                            sample(s.tensor(2, 3, 2), -2, s.integers(3, 2)),
                            sample(s.tensor(), 0, s.integers(1, 2)))));
      }
    }
  }

  private Picking() {}

  private static void checkInt64(String name, Tensor index) {
    if (index.dtype() != DType.INT64) {
      throw new DTypeException(
          name + "(): Expected dtype int64 for index; got " + index.dtype() + ", cast it first");
    }
  }

  static Tensor gather(Tensor self, int dim, Tensor index) {
    int d = self.shape().wrap(dim);
    if (index.numel() == 0) {
      return Functions.apply(new Gather(d), self, index.to(DType.INT64));
    }
    checkInt64("gather", index);
    Tensor x = Aliases.atLeast1d(self);
    Tensor at = Aliases.atLeast1d(index);
    if (x.dim() != at.dim()) {
      throw new ShapeException(
          "Index tensor must have the same number of dimensions as input tensor; got "
              + index.dim()
              + " and "
              + self.dim());
    }
    for (int i = 0; i < x.dim(); i++) {
      if (i != d && at.size(i) > x.size(i)) {
        throw new ShapeException(
            "Size does not match at dimension "
                + i
                + " expected index "
                + index.shape()
                + " to be smaller than self "
                + self.shape()
                + " apart from dimension "
                + d);
      }
    }
    Tensor picked = Functions.apply(new Gather(d), x, at);
    return index.dim() == 0 ? picked.squeeze(0) : picked;
  }

  static Tensor takeAlongDim(Tensor self, Tensor indices, @Nullable Integer dim) {
    checkInt64("take_along_dim", indices);
    if (dim == null) {
      return gather(self.reshape(-1), 0, indices.reshape(-1));
    }
    if (self.dim() != indices.dim()) {
      throw new ShapeException(
          "torch.take_along_dim(): input and indices should have the same number of dimensions, but"
              + " got "
              + self.dim()
              + " dimensions for input, and "
              + indices.dim()
              + " dimensions for indices");
    }
    int d = self.shape().wrap(dim);
    if (self.dim() == 0) {
      return gather(self, 0, indices);
    }
    Shape others = Shape.broadcast(self.shape().with(d, 1), indices.shape().with(d, 1));
    Tensor x = self.expand(others.with(d, self.size(d)).toArray());
    Tensor at = indices.expand(others.with(d, indices.size(d)).toArray());
    return gather(x, d, at);
  }

  /** A device checks the indices of what it picks; it picks nothing where there are no elements. */
  private static void checkRange(Tensor index, long size, int dim) {
    for (long at : Checks.integers(index)) {
      if (at < 0 || at >= size) {
        throw new IndexException(
            "index out of range in self: index "
                + at
                + " is out of bounds for dimension "
                + dim
                + " with size "
                + size);
      }
    }
  }

  static Tensor indexSelect(Tensor self, int dim, Tensor index) {
    if (index.dim() > 1) {
      throw new IndexException("index_select(): Index is supposed to be a vector");
    }
    if (index.dtype() != DType.INT64 && index.dtype() != DType.INT32) {
      throw new DTypeException(
          "index_select(): Expected dtype int32 or int64 for index; got " + index.dtype());
    }
    int d = self.shape().wrap(dim);
    Tensor x = Aliases.atLeast1d(self);
    if (x.numel() == 0) {
      checkRange(index, x.size(d), d);
    }
    long[] sizes = new long[x.dim()];
    java.util.Arrays.fill(sizes, 1);
    sizes[d] = index.numel();
    Tensor at =
        index.to(DType.INT64).reshape(sizes).expand(x.shape().with(d, index.numel()).toArray());
    Tensor picked;
    try {
      picked = Functions.apply(new Gather(d, false, "IndexSelectBackward0"), x, at);
    } catch (IndexException e) {
      throw new IndexException("index out of range in self: " + e.getMessage(), e);
    }
    return self.dim() == 0 && index.numel() == 1 ? picked.squeeze(0) : picked;
  }
}
