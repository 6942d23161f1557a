package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.ViewFunction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Views with other shapes and orders. */
final class Shapes {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("view")) {
        t.add(
            named("view")
                .overload("(Tensor self, int[] size)", Call.Sized.class, Shapes::view)
                .overload("(Tensor self, ScalarType dtype)", Call.Cast.class, BitViews::view)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), List.of(3L, 2L)),
                            sample(s.tensor(2, 3), List.of(-1L)),
                            sample(s.tensor(), List.of(1L, 1L)),
                            sample(s.integers(9, 2, 4), DType.FLOAT64))));
      }
      if (t.has("reshape")) {
        t.add(
            named("reshape")
                .overload("(Tensor self, int[] shape)", Call.Sized.class, Shapes::reshape)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), List.of(3L, 2L)),
                            sample(s.tensor(2, 3).transpose(0, 1), List.of(6L)))));
      }
      if (t.has("permute")) {
        t.add(
            named("permute")
                .overload("(Tensor self, int[] dims)", Call.Dims.class, Shapes::permute)
                .samples(s -> List.of(sample(s.tensor(2, 3, 4), List.of(2L, 0L, -2L)))));
      }
      if (t.has("t")) {
        t.add(
            named("t")
                .overload("(Tensor self)", Call.Unary.class, Shapes::t)
                .samples(s -> List.of(sample(s.tensor(2, 3)), sample(s.tensor(3)))));
      }
      if (t.has("transpose")) {
        t.add(transpose("transpose"));
      }
      if (t.has("swapaxes")) {
        t.add(transpose("swapaxes"));
      }
      if (t.has("swapdims")) {
        t.add(transpose("swapdims"));
      }
      if (t.has("movedim")) {
        t.add(moveDims("movedim"));
      }
      if (t.has("moveaxis")) {
        t.add(moveDims("moveaxis"));
      }
      if (t.has("squeeze")) {
        t.add(
            named("squeeze")
                .overload("(Tensor self, int dim)", Call.Dim.class, Shapes::squeeze)
                .overload("(Tensor self)", Call.Unary.class, Shapes::squeeze)
                .overload("(Tensor self, int[] dim)", Call.Dims.class, Shapes::squeeze)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 1, 3), 1),
                            sample(s.tensor(1, 2, 1)),
                            sample(s.tensor(1, 2, 1), List.of(0L, 1L)))));
      }
      if (t.has("unsqueeze")) {
        t.add(
            named("unsqueeze")
                .overload("(Tensor self, int dim)", Call.Dim.class, Shapes::unsqueeze)
                .samples(s -> List.of(sample(s.tensor(2, 3), 1), sample(s.tensor(), -1))));
      }
    }
  }

  private Shapes() {}

  private static Operator transpose(String name) {
    return named(name)
        .overload("(Tensor self, int dim0, int dim1)", Call.TwoDims.class, Shapes::transpose)
        .samples(s -> List.of(sample(s.tensor(2, 3, 4), 0, -1)));
  }

  private static Operator moveDims(String name) {
    return named(name)
        .overload(
            "(Tensor self, int[] source, int[] destination)",
            ShapingCall.MoveDims.class,
            Shapes::moveDims)
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3, 4), 0, 2),
                    sample(s.tensor(2, 3, 4), List.of(-1L, 0L), List.of(0L, 1L))));
  }

  static Tensor view(Tensor self, long[] size) {
    return Functions.view(new Views.View(Sizes.infer(size, self.numel())), self);
  }

  static Tensor reshape(Tensor self, long[] size) {
    Shape shape = Sizes.infer(size, self.numel());
    boolean viewable =
        Layout.of(self.shape(), self.strides(), self.storageOffset()).view(shape) != null;
    return viewable
        ? Functions.view(new Views.ReshapeAlias(shape), self)
        : Functions.view(new Views.View(shape), self.clone());
  }

  static Tensor permute(Tensor self, int[] dims) {
    return Functions.view(new Views.Permute(Arrays.stream(dims).boxed().toList()), self);
  }

  static Tensor t(Tensor self) {
    return Functions.view(transposed(self), self);
  }

  static ViewFunction transposed(Tensor self) {
    if (self.dim() > 2) {
      throw new ShapeException(
          "t() expects a tensor with <= 2 dimensions, but self is " + self.dim() + "D");
    }
    return new Views.T();
  }

  static Tensor transpose(Tensor self, int dim0, int dim1) {
    return Functions.view(transposed(self, dim0, dim1), self);
  }

  static ViewFunction transposed(Tensor self, int dim0, int dim1) {
    self.shape().wrap(dim0);
    self.shape().wrap(dim1);
    return new Views.Transpose(dim0, dim1);
  }

  static Tensor squeeze(Tensor self, int dim) {
    return Functions.view(squeezed(self, dim), self);
  }

  static ViewFunction squeezed(Tensor self, int dim) {
    return new Views.Squeeze(self.shape().wrap(dim));
  }

  private static Tensor squeeze(Tensor self) {
    return Functions.view(squeezed(self), self);
  }

  static ViewFunction squeezed(Tensor self) {
    long[] sizes = Arrays.stream(self.shape().toArray()).filter(size -> size != 1).toArray();
    return new Views.SqueezeAll(Shape.of(sizes));
  }

  private static Tensor squeeze(Tensor self, int[] dims) {
    return Functions.view(squeezed(self, dims), self);
  }

  static ViewFunction squeezed(Tensor self, int[] dims) {
    if (dims.length == 0) {
      return new Views.SqueezeAll(self.shape());
    }
    Dims squeezed = Dims.of(self.shape(), dims);
    long[] sizes = self.shape().toArray();
    long[] rest =
        IntStream.range(0, sizes.length)
            .filter(d -> sizes[d] != 1 || !squeezed.contains(d))
            .mapToLong(d -> sizes[d])
            .toArray();
    return new Views.SqueezeAll(Shape.of(rest));
  }

  static Tensor unsqueeze(Tensor self, int dim) {
    return Functions.view(unsqueezed(self, dim), self);
  }

  static ViewFunction unsqueezed(Tensor self, int dim) {
    return new Views.Unsqueeze(Shape.wrap(dim, self.dim() + 1));
  }

  static Tensor moveDims(Tensor self, int[] source, int[] destination) {
    if (source.length != destination.length) {
      throw new ShapeException(
          "movedim: Invalid source or destination dims: source ("
              + Arrays.toString(source)
              + " dims) should contain the same number of dims as destination ("
              + Arrays.toString(destination)
              + " dims)");
    }
    int rank = self.dim();
    int[] dims = new int[rank];
    Arrays.fill(dims, -1);
    boolean[] moved = new boolean[rank];
    for (int i = 0; i < source.length; i++) {
      self.shape().wrap(source[i]);
      self.shape().wrap(destination[i]);
    }
    checkDistinct(self.shape(), "source", source);
    checkDistinct(self.shape(), "destination", destination);
    if (rank == 0) {
      return self.permute();
    }
    for (int i = 0; i < source.length; i++) {
      int from = self.shape().wrap(source[i]);
      dims[self.shape().wrap(destination[i])] = from;
      moved[from] = true;
    }
    // The other dimensions keep their order in the places that are left.
    int from = 0;
    for (int d = 0; d < rank; d++) {
      if (dims[d] < 0) {
        while (moved[from]) {
          from++;
        }
        dims[d] = from++;
      }
    }
    return permute(self, dims);
  }

  private static void checkDistinct(Shape shape, String what, int[] dims) {
    boolean[] seen = new boolean[Math.max(shape.dim(), 1)];
    for (int dim : dims) {
      if (seen[shape.wrap(dim)]) {
        throw new ShapeException(
            "movedim: repeated dim in `" + what + "` (" + Arrays.toString(dims) + ")");
      }
      seen[shape.wrap(dim)] = true;
    }
  }
}
