package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.ViewFunction;
import java.util.Arrays;
import java.util.List;

/** Views of other shapes and of parts, and the joining of tensors. */
final class Shapes {
  static final List<Operator> OPERATORS =
      List.of(
          named("view")
              .overload("(Tensor self, int[] size)", Call.Sized.class, Shapes::view)
              .samples(
                  s ->
                      List.of(
                          sample(s.tensor(2, 3), List.of(3L, 2L)),
                          sample(s.tensor(2, 3), List.of(-1L)),
                          sample(s.tensor(), List.of(1L, 1L)))),
          named("reshape")
              .overload("(Tensor self, int[] shape)", Call.Sized.class, Shapes::reshape)
              .samples(
                  s ->
                      List.of(
                          sample(s.tensor(2, 3), List.of(3L, 2L)),
                          sample(s.tensor(2, 3).transpose(0, 1), List.of(6L)))),
          named("permute")
              .overload("(Tensor self, int[] dims)", Call.Dims.class, Shapes::permute)
              .samples(s -> List.of(sample(s.tensor(2, 3, 4), List.of(2L, 0L, -2L)))),
          named("t")
              .overload("(Tensor self)", Call.Unary.class, Shapes::t)
              .samples(s -> List.of(sample(s.tensor(2, 3)), sample(s.tensor(3)))),
          named("transpose")
              .overload("(Tensor self, int dim0, int dim1)", Call.TwoDims.class, Shapes::transpose)
              .samples(s -> List.of(sample(s.tensor(2, 3, 4), 0, -1))),
          named("squeeze")
              .overload("(Tensor self, int dim)", Call.Dim.class, Shapes::squeeze)
              .overload("(Tensor self)", Call.Unary.class, Shapes::squeeze)
              .samples(s -> List.of(sample(s.tensor(2, 1, 3), 1), sample(s.tensor(1, 2, 1)))),
          named("unsqueeze")
              .overload("(Tensor self, int dim)", Call.Dim.class, Shapes::unsqueeze)
              .samples(s -> List.of(sample(s.tensor(2, 3), 1), sample(s.tensor(), -1))),
          named("select")
              .overload("(Tensor self, int dim, int index)", Call.Select.class, Shapes::select)
              .samples(s -> List.of(sample(s.tensor(2, 3), 1, -1))),
          named("slice")
              .overload(
                  "(Tensor self, int dim=0, int start=0, int end=9223372036854775807, int step=1)",
                  Call.Slice.class,
                  Shapes::slice)
              .samples(s -> List.of(sample(s.tensor(2, 5), 1, 1, 5, 2), sample(s.tensor(3), 0, 1))),
          named("unbind")
              .overload("(Tensor self, int dim=0)", Call.Unbind.class, Shapes::unbind)
              .samples(s -> List.of(sample(s.tensor(2, 3), 1))),
          named("split")
              .overload("(Tensor self, int split_size, int dim=0)", Call.Split.class, Shapes::split)
              .overload(
                  "(Tensor self, int[] split_size, int dim=0)",
                  Call.SplitSizes.class,
                  Shapes::split)
              .samples(
                  s ->
                      List.of(
                          sample(s.tensor(5, 2), 2), sample(s.tensor(2, 5), List.of(1L, 4L), 1))),
          named("stack")
              .overload("(Tensor[] tensors, int dim=0)", Call.Join.class, Shapes::stack)
              .samples(s -> List.of(sample(List.of(s.tensor(2, 3), s.tensor(2, 3)), -1))));

  private Shapes() {}

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
    if (self.dim() > 2) {
      throw new ShapeException(
          "t() expects a tensor with <= 2 dimensions, but self is " + self.dim() + "D");
    }
    return Functions.view(new Views.T(), self);
  }

  static Tensor transpose(Tensor self, int dim0, int dim1) {
    self.shape().wrap(dim0);
    self.shape().wrap(dim1);
    return Functions.view(new Views.Transpose(dim0, dim1), self);
  }

  static Tensor squeeze(Tensor self, int dim) {
    return Functions.view(new Views.Squeeze(self.shape().wrap(dim)), self);
  }

  private static Tensor squeeze(Tensor self) {
    long[] sizes = Arrays.stream(self.shape().toArray()).filter(size -> size != 1).toArray();
    return Functions.view(new Views.View(Shape.of(sizes)), self);
  }

  static Tensor unsqueeze(Tensor self, int dim) {
    return Functions.view(new Views.Unsqueeze(Shape.wrap(dim, self.dim() + 1)), self);
  }

  static Tensor select(Tensor self, int dim, long index) {
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
    return Functions.view(new Views.Select(d, index), self);
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

  static Tensor stack(Tensor[] tensors, int dim) {
    if (tensors.length == 0) {
      throw new ArgumentException("stack expects a non-empty TensorList");
    }
    for (int i = 1; i < tensors.length; i++) {
      if (!tensors[i].shape().equals(tensors[0].shape())) {
        throw new ShapeException(
            "stack expects each tensor to be equal size, but got "
                + tensors[0].shape()
                + " at entry 0 and "
                + tensors[i].shape()
                + " at entry "
                + i);
      }
    }
    return Functions.apply(new Stack(Shape.wrap(dim, tensors[0].dim() + 1)), tensors);
  }
}
