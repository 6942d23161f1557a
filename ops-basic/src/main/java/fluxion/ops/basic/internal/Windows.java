package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.ViewFunction;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Views whose elements may overlap: windows of a dimension, and any layout of the memory. */
final class Windows {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    /** Samples are free of overlaps, and of what depends on how a tensor lies in memory. */
    static void lines(Catalogue t) {
      if (t.has("unfold")) {
        t.add(
            named("unfold")
                .overload(
                    "(Tensor self, int dimension, int size, int step)",
                    ShapingCall.Windows.class,
                    Windows::unfold)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 5), 1, 2, 2),
                            sample(s.tensor(4, 2), -2, 1, 3),
                            sample(s.tensor(), 0, 1, 1))));
      }
      if (t.has("as_strided")) {
        t.add(
            named("as_strided")
                .overload(
                    "(Tensor self, int[] size, int[] stride, int? storage_offset=None)",
                    ShapingCall.Strided.class,
                    Windows::asStrided)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(1), List.of(), List.of()),
                            sample(s.tensor(), List.of(2L, 3L), List.of(0L, 0L)))));
      }
      if (t.has("as_strided_scatter")) {
        t.add(
            named("as_strided_scatter")
                .overload(
                    "(Tensor self, Tensor src, int[] size, int[] stride, int? storage_offset=None)",
                    ShapingCall.StridedScatter.class,
                    Windows::asStridedScatter)
                .samples(
                    s ->
                        List.of(
                            sample(
                                s.tensor(3, 4), s.tensor(2, 2), List.of(2L, 2L), List.of(5L, 2L)),
                            sample(s.tensor(5), s.tensor(), List.of(), List.of(), 3L))));
      }
    }
  }

  private Windows() {}

  /**
   * Windows of a dimension, each along a new last dimension.
   *
   * @param dim the dimension, from 0
   * @param size the size of each window
   * @param step how far the next one lies
   */
  record Unfold(int dim, long size, long step) implements ViewFunction {
    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public Layout layout(Layout input) {
      int rank = input.shape().dim();
      long[] sizes = Arrays.copyOf(input.shape().toArray(), rank + 1);
      long[] strides = Arrays.copyOf(input.strides(), rank + 1);
      sizes[rank] = size;
      strides[rank] = rank == 0 ? 1 : input.stride(dim);
      if (rank > 0) {
        sizes[dim] = (input.shape().size(dim) - size) / step + 1;
        strides[dim] = Math.multiplyExact(input.stride(dim), sizes[dim] == 1 ? 1 : step);
      }
      return Layout.of(Shape.of(sizes), strides, input.offset());
    }

    @Override
    public Tensor backward(TensorSpec input, Tensor gradOutput) {
      Shape shape = input.shape();
      if (shape.dim() == 0) {
        return gradOutput.sum();
      }
      // Along the dimension: the windows one after another, each at the indices that it shows.
      Tensor windows = gradOutput.movedim(-1, dim + 1);
      long count = windows.size(dim);
      Tensor starts = Grids.range(count, gradOutput).mul(step).reshape(count, 1);
      Tensor index = starts.add(Grids.range(size, gradOutput)).reshape(-1);
      Tensor flat = windows.flatten(dim, dim + 1);
      long[] along = new long[shape.dim()];
      Arrays.fill(along, 1);
      along[dim] = index.numel();
      return Functions.apply(
          new ScatterAdd(dim, shape), flat, index.reshape(along).expand(flat.shape().toArray()));
    }
  }

  static Tensor unfold(Tensor self, int dimension, long size, long step) {
    int d = self.shape().wrap(dimension);
    long most = self.dim() == 0 ? 1 : self.size(d);
    if (size < 0) {
      throw new ArgumentException("size is " + size + " but must be >= 0");
    }
    if (size > most) {
      throw new ShapeException(
          "maximum size for tensor at dimension " + d + " is " + most + " but size is " + size);
    }
    if (step <= 0) {
      throw new ArgumentException("step is " + step + " but must be > 0");
    }
    return Functions.view(new Unfold(d, size, step), self);
  }

  /**
   * Another layout of the memory.
   *
   * @param input the layout that the tensor has
   * @param view the layout that the view has
   */
  record AsStrided(Layout input, Layout view) implements ViewFunction {
    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public Layout layout(Layout given) {
      return view;
    }

    @Override
    public Tensor backward(TensorSpec spec, Tensor gradOutput) {
      // Places of the memory add up what all elements of the view there get; then each element of
      // the input takes its place's share.
      long from = Math.min(input.start(), view.start());
      Shape memory = Shape.of(Math.max(Math.max(input.bound(), view.bound()) - from, 0));
      Tensor places =
          Functions.apply(
              new ScatterAdd(0, memory),
              gradOutput.reshape(gradOutput.numel()),
              positions(view, from, gradOutput));
      Tensor at = positions(input, from, gradOutput);
      Tensor taken = Functions.apply(new Gather(0), places, at);
      if (input.overlapsItself()) {
        Tensor one = fluxion.api.Tensors.onesLike(taken);
        Tensor counts = Functions.apply(new ScatterAdd(0, memory), one, at);
        taken = taken.div(Functions.apply(new Gather(0), counts, at));
      }
      return taken.reshape(input.shape().toArray());
    }

    /** Where the elements of a layout lie, in row-major order. */
    private static Tensor positions(Layout layout, long from, Tensor like) {
      int rank = layout.shape().dim();
      Tensor positions = Grids.range(1, like).add(layout.offset() - from).reshape(new long[0]);
      for (int d = 0; d < rank; d++) {
        long[] along = new long[rank];
        Arrays.fill(along, 1);
        along[d] = layout.shape().size(d);
        positions = positions.add(Grids.range(along[d], like).mul(layout.stride(d)).reshape(along));
      }
      return positions.reshape(layout.shape().numel());
    }
  }

  static Tensor asStrided(Tensor self, long[] size, long[] stride, @Nullable Long storageOffset) {
    return Functions.view(strided(self, size, stride, storageOffset), self);
  }

  static ViewFunction strided(
      Tensor self, long[] size, long[] stride, @Nullable Long storageOffset) {
    Layout input = Layout.of(self.shape(), self.strides(), self.storageOffset());
    return new AsStrided(input, layout(size, stride, storageOffset, self.storageOffset()));
  }

  /** A layout that is asked for, after what PyTorch refuses has been refused. */
  private static Layout layout(
      long[] size, long[] stride, @Nullable Long storageOffset, long otherwise) {
    long offset = storageOffset == null ? otherwise : storageOffset;
    if (Arrays.stream(stride).anyMatch(step -> step < 0)) {
      throw new ArgumentException(
          "as_strided: Negative strides are not supported at the moment, got strides: "
              + Arrays.toString(stride));
    }
    if (offset < 0) {
      throw new ArgumentException("Tensor: invalid storage offset " + offset);
    }
    Layout view = Layout.of(Shape.of(size), stride, offset);
    try {
      long last = offset;
      for (int d = 0; d < size.length && view.shape().numel() > 0; d++) {
        last = Math.addExact(last, Math.multiplyExact(stride[d], size[d] - 1));
      }
    } catch (ArithmeticException e) {
      throw new ShapeException(
          "setStorage: " + view + " is out of bounds for storage of any size", e);
    }
    return view;
  }

  /** Strides count in the tensor's elements as they lie contiguously, as in PyTorch. */
  static Tensor asStridedScatter(
      Tensor self, Tensor src, long[] size, long[] stride, @Nullable Long storageOffset) {
    Layout view = layout(size, stride, storageOffset, 0);
    if (!view.shape().equals(src.shape())) {
      throw new ShapeException(
          "expected src to have a size equal to the slice of self. src size = "
              + src.shape()
              + ", slice size = "
              + view.shape());
    }
    if (view.shape().numel() > 0 && view.bound() > self.numel()) {
      throw new ShapeException(
          "setStorage: sizes "
              + Arrays.toString(size)
              + ", strides "
              + Arrays.toString(stride)
              + ", storage offset "
              + view.offset()
              + " are out of bounds for storage of "
              + self.numel()
              + " elements");
    }
    Tensor places = AsStrided.positions(view, 0, self);
    Tensor written =
        Functions.apply(
            new ScatterWrite(0, false),
            self.reshape(self.numel()),
            src.to(self.dtype()).reshape(src.numel()),
            places);
    return written.view(self.shape().toArray());
  }
}
