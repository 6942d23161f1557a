package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Indices of a tensor's dimensions as PyTorch's advanced indexing takes them, made ready: masks are
 * the indices of what they choose, negative indices count from the end, all have one shape.
 *
 * @param self the shape of what is indexed
 * @param plan which dimensions are indexed
 * @param given the indices as given, one tensor for each indexed dimension
 * @param indices the indices from 0, of one shape
 */
record IndexTuples(Shape self, IndexPlan plan, List<Tensor> given, List<Tensor> indices) {
  private static final PointwiseFunction WRAP =
      PointwiseFunction.of(
          "wrap", 1, 1, Promotion.SAME, (x, s) -> Expr.select(x[0].lt(0L), x[0].add(s[0]), x[0]));

  /** Indices of one dimension, which may count from the end. */
  static IndexTuples along(Shape self, int dim, Tensor index) {
    return of(self, List.of(dim), List.of(index));
  }

  /** The indices that an index expression names, or null if it names none. */
  static @Nullable IndexTuples of(Shape self, @Nullable Tensor[] expression) {
    List<Integer> dims = new ArrayList<>();
    List<Tensor> given = new ArrayList<>();
    int dim = 0;
    for (Tensor part : expression) {
      if (part == null) {
        dim++;
      } else if (isMask(part)) {
        checkMask(self, part, dim);
        for (Tensor column : Nonzero.columns(part)) {
          dims.add(dim++);
          given.add(column);
        }
      } else if (part.dtype() == DType.INT64) {
        dims.add(dim++);
        given.add(part);
      } else {
        throw new IndexException(
            "tensors used as indices must be long, byte or bool tensors, got " + part.dtype());
      }
    }
    if (dim > self.dim()) {
      throw new IndexException(
          "too many indices for tensor of dimension " + self.dim() + " (got " + dim + ")");
    }
    return dims.isEmpty() ? null : of(self, dims, given);
  }

  static boolean isMask(Tensor index) {
    return index.dtype() == DType.BOOL || index.dtype() == DType.UINT8;
  }

  private static void checkMask(Shape self, Tensor mask, int dim) {
    if (dim + mask.dim() > self.dim()) {
      throw new IndexException(
          "too many indices for tensor of dimension "
              + self.dim()
              + " (a mask of "
              + mask.dim()
              + " dimensions starts at dimension "
              + dim
              + ")");
    }
    for (int d = 0; d < mask.dim(); d++) {
      if (mask.size(d) != self.size(dim + d)) {
        throw new IndexException(
            "The shape of the mask "
                + mask.shape()
                + " at index "
                + d
                + " does not match the shape of the indexed tensor "
                + self
                + " at index "
                + (dim + d));
      }
    }
  }

  private static IndexTuples of(Shape self, List<Integer> dims, List<Tensor> given) {
    Shape shape = given.getFirst().shape();
    for (Tensor index : given) {
      try {
        shape = Shape.broadcast(shape, index.shape());
      } catch (ShapeException e) {
        throw new IndexException(
            "shape mismatch: indexing tensors could not be broadcast together with shapes "
                + String.join(", ", given.stream().map(t -> t.shape().toString()).toList()),
            e);
      }
    }
    List<Tensor> indices = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Tensor wrapped = WRAP.call(given.get(i), Scalar.of(self.size(dims.get(i))));
      indices.add(wrapped.shape().equals(shape) ? wrapped : wrapped.expand(shape.toArray()));
    }
    return new IndexTuples(self, IndexPlan.of(dims), given, indices);
  }

  /** The shape of what the indices pick. */
  Shape resultShape() {
    return plan.resultShape(self, indices.getFirst().shape());
  }

  /** Tensors with the indices behind them: the inputs of a function. */
  Tensor[] inputs(Tensor... first) {
    Tensor[] inputs = new Tensor[first.length + indices.size()];
    System.arraycopy(first, 0, inputs, 0, first.length);
    for (int i = 0; i < indices.size(); i++) {
      inputs[first.length + i] = indices.get(i);
    }
    return inputs;
  }

  /**
   * Runs what picks or writes. A device checks indices as it uses them; what it refuses is told in
   * terms of the indices as they were given, and where it has nothing to do they are checked here.
   */
  Tensor run(Supplier<Tensor> program) {
    if (resultShape().numel() == 0) {
      IndexException wrong = wrong();
      if (wrong != null) {
        throw wrong;
      }
    }
    try {
      return program.get();
    } catch (IndexException e) {
      IndexException wrong = wrong();
      throw wrong == null ? e : wrong;
    }
  }

  private @Nullable IndexException wrong() {
    for (int i = 0; i < given.size(); i++) {
      int dim = plan.dims().get(i);
      long size = self.size(dim);
      for (long at : Checks.integers(given.get(i))) {
        if (at < -size || at >= size) {
          return new IndexException(
              "index " + at + " is out of bounds for dimension " + dim + " with size " + size);
        }
      }
    }
    return null;
  }
}
