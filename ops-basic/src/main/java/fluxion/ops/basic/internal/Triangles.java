package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import java.util.List;

/** Triangular parts of matrices. */
final class Triangles {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.hasBoth("tril")) {
        t.add(both("tril", false));
      }
      if (t.hasBoth("triu")) {
        t.add(both("triu", true));
      }
      if (t.has("tril_indices")) {
        t.add(indices("tril_indices", false));
      }
      if (t.has("triu_indices")) {
        t.add(indices("triu_indices", true));
      }
    }
  }

  private Triangles() {}

  private static List<Operator> both(String name, boolean upper) {
    return List.of(
        one(name, (self, diagonal) -> Functions.apply(triangle(upper, self, diagonal), self)),
        one(
            name + "_",
            (self, diagonal) ->
                Functions.applyInPlace(name + "_", triangle(upper, self, diagonal), self)));
  }

  private static Operator one(String name, ShapingCall.Offset implementation) {
    return named(name)
        .overload("(Tensor self, int diagonal=0)", ShapingCall.Offset.class, implementation)
        .samples(
            s ->
                List.of(
                    sample(s.tensor(3, 3)),
                    sample(s.tensor(2, 3, 4), 1),
                    sample(s.tensor(4, 2), -1)));
  }

  private static Triangle triangle(boolean upper, Tensor self, long diagonal) {
    Triangle triangle = new Triangle(upper, diagonal);
    if (self.dim() < 2) {
      throw new ShapeException(
          triangle.operator() + ": input tensor must have at least 2 dimensions");
    }
    return triangle;
  }

  private static Operator indices(String name, boolean upper) {
    return named(name)
        .overload(
            "(int row, int col, int offset=0)",
            ShapingCall.Triangle.class,
            (row, col, offset) -> indices(upper, row, col, offset))
        .samples(s -> List.of(sample(3, 3), sample(2, 4, 1), sample(4, 2, -1)))
        .notDifferentiable();
  }

  static Tensor indices(boolean upper, long row, long col, long offset) {
    if (row < 0) {
      throw new ArgumentException("row must be non-negative, got" + row);
    }
    if (col < 0) {
      throw new ArgumentException("col must be non-negative, got" + col);
    }
    Tensor all = Tensors.ones(TensorOptions.of(DType.BOOL), row, col);
    Tensor part = Functions.apply(triangle(upper, all, offset), all);
    return Joins.stack(Nonzero.columns(part), 0);
  }
}
