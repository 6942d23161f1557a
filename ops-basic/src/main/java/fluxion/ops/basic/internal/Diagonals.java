package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.ViewFunction;
import java.util.List;

/** Diagonals of matrices, and matrices with given diagonals. */
final class Diagonals {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("diagonal")) {
        t.add(
            named("diagonal")
                .overload(
                    "(Tensor self, int offset=0, int dim1=0, int dim2=1)",
                    ShapingCall.Diagonal.class,
                    Diagonals::diagonal)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3)),
                            sample(s.tensor(2, 3, 4), 1, 2, 0),
                            sample(s.tensor(4, 3), -1))));
      }
      if (t.has("diag")) {
        t.add(
            named("diag")
                .overload(
                    "(Tensor self, int diagonal=0)", ShapingCall.Offset.class, Diagonals::diag)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3)),
                            sample(s.tensor(2), -1),
                            sample(s.tensor(2, 3), 1))));
      }
      if (t.has("diag_embed")) {
        t.add(
            named("diag_embed")
                .overload(
                    "(Tensor self, int offset=0, int dim1=-2, int dim2=-1)",
                    ShapingCall.Diagonal.class,
                    Diagonals::diagEmbed)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3)),
                            sample(s.tensor(2, 3), 1, 0, 2),
                            sample(s.tensor(2, 2), -1))));
      }
      if (t.has("diagflat")) {
        t.add(
            named("diagflat")
                .overload(
                    "(Tensor self, int offset=0)",
                    ShapingCall.Offset.class,
                    (self, offset) -> diag(self.reshape(-1), offset))
                .samples(s -> List.of(sample(s.tensor(2, 3)), sample(s.tensor(), 1))));
      }
      if (t.has("diagonal_scatter")) {
        t.add(
            named("diagonal_scatter")
                .overload(
                    "(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1)",
                    ShapingCall.DiagonalScatter.class,
                    Diagonals::diagonalScatter)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2)),
                            sample(s.tensor(2, 3, 4), s.tensor(3, 2), 1, 0, 2))));
      }
      if (t.hasBoth("fill_diagonal")) {
        t.add(
            List.of(
                fill("fill_diagonal", (self, v, wrap) -> fillDiagonal(self.clone(), v, wrap)),
                fill("fill_diagonal_", Diagonals::fillDiagonal)));
      }
    }
  }

  private Diagonals() {}

  private static Operator fill(String name, ShapingCall.FillDiagonal implementation) {
    return named(name)
        .overload(
            "(Tensor self, Scalar fill_value, bool wrap=False)",
            ShapingCall.FillDiagonal.class,
            implementation)
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3), s.scalar()),
                    sample(s.tensor(7, 2), 2, true),
                    sample(s.tensor(2, 2, 2), 0.5)));
  }

  /**
   * A diagonal, which becomes the last dimension.
   *
   * @param offset which, positive above the main one
   * @param dim1 the dimension of the rows, from 0
   * @param dim2 that of the columns
   */
  record Diagonal(long offset, int dim1, int dim2) implements ViewFunction {
    @Override
    public Layout layout(Layout input) {
      Shape shape = input.shape();
      long rows = shape.size(dim1);
      long columns = shape.size(dim2);
      long shift = Math.clamp(offset, -rows, columns);
      long size =
          Math.max(
              0, shift >= 0 ? Math.min(rows, columns - shift) : Math.min(rows + shift, columns));
      long[] sizes = new long[shape.dim() - 1];
      long[] strides = new long[sizes.length];
      int to = 0;
      for (int d = 0; d < shape.dim(); d++) {
        if (d != dim1 && d != dim2) {
          sizes[to] = shape.size(d);
          strides[to++] = input.stride(d);
        }
      }
      sizes[to] = size;
      strides[to] = input.stride(dim1) + input.stride(dim2);
      long start = shift >= 0 ? shift * input.stride(dim2) : -shift * input.stride(dim1);
      return Layout.of(Shape.of(sizes), strides, input.offset() + (size == 0 ? 0 : start));
    }
  }

  private static Diagonal view(int rank, long offset, int dim1, int dim2) {
    int first = Shape.wrap(dim1, rank);
    int second = Shape.wrap(dim2, rank);
    if (first == second) {
      throw new ShapeException("diagonal dimensions cannot be identical " + dim1 + ", " + dim2);
    }
    return new Diagonal(offset, first, second);
  }

  static Tensor diagonal(Tensor self, long offset, int dim1, int dim2) {
    return Functions.view(view(self.dim(), offset, dim1, dim2), self);
  }

  static Tensor diagEmbed(Tensor self, long offset, int dim1, int dim2) {
    int rank = self.dim() + 1;
    Diagonal view = view(rank, offset, dim1, dim2);
    long size = self.size(-1) + Math.abs(offset);
    long[] sizes = new long[rank];
    int from = 0;
    for (int d = 0; d < rank; d++) {
      sizes[d] = d == view.dim1 || d == view.dim2 ? size : self.size(from++);
    }
    return Functions.apply(new DiagEmbed(view, Shape.of(sizes)), self);
  }

  static Tensor diag(Tensor self, long diagonal) {
    return switch (self.dim()) {
      case 1 -> diagEmbed(self, diagonal, 0, 1);
      case 2 -> diagonal(self, diagonal, 0, 1).clone();
      default ->
          throw new ShapeException(
              "matrix or a vector expected, but diag() got " + self.dim() + " dimensions");
    };
  }

  static Tensor diagonalScatter(Tensor self, Tensor src, long offset, int dim1, int dim2) {
    Diagonal view = view(self.dim(), offset, dim1, dim2);
    return ReplaceView.apply("DiagonalScatterBackward0", view, self, src);
  }

  static Tensor fillDiagonal(Tensor self, Scalar value, boolean wrap) {
    int rank = self.dim();
    if (rank < 2) {
      throw new ShapeException(
          "fill_diagonal_: dimensions must larger than 1, but there are " + rank);
    }
    long size = self.size(0);
    long stride = 0;
    for (int d = 0; d < rank; d++) {
      if (rank > 2 && self.size(d) != self.size(0)) {
        throw new ShapeException(
            "fill_diagonal_: all dimensions of input must be of equal length, but its shape is "
                + self.shape());
      }
      size = Math.min(size, self.size(d));
      stride += self.strides()[d];
    }
    if (!wrap || rank > 2 || self.size(0) <= self.size(1)) {
      return fill(self, size, stride, value);
    }
    // Below each square part of a tall matrix one row is left out.
    long period = self.size(1) + 1;
    if (self.isContiguous()) {
      return fill(self, (self.numel() + period - 1) / period, period, value);
    }
    for (long row = 0; row < self.size(0); row += period) {
      Tensor below = self.slice(0, row, self.size(0));
      fill(below, Math.min(self.size(1), below.size(0)), stride, value);
    }
    return self;
  }

  private static Tensor fill(Tensor self, long size, long stride, Scalar value) {
    Tensor view = Windows.asStrided(self, new long[] {size}, new long[] {stride}, null);
    if (value.isFloatingPoint()) {
      view.fill_(value.toDouble());
    } else {
      view.fill_(value.toLong());
    }
    return self;
  }
}
