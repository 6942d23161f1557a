package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import java.util.List;
import java.util.function.UnaryOperator;

/** The joining of tensors. */
final class Joins {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("stack")) {
        t.add(
            named("stack")
                .overload("(Tensor[] tensors, int dim=0)", Call.Join.class, Joins::stack)
                .samples(s -> List.of(sample(List.of(s.tensor(2, 3), s.tensor(2, 3)), -1))));
      }
      if (t.has("cat")) {
        t.add(cat("cat"));
      }
      if (t.has("concat")) {
        t.add(cat("concat"));
      }
      if (t.has("hstack")) {
        t.add(stack("hstack", Joins::hstack));
      }
      if (t.has("vstack")) {
        t.add(stack("vstack", Joins::vstack));
      }
      if (t.has("dstack")) {
        t.add(stack("dstack", Joins::dstack));
      }
      if (t.has("row_stack")) {
        t.add(stack("row_stack", Joins::vstack));
      }
      if (t.has("column_stack")) {
        t.add(stack("column_stack", Joins::columnStack));
      }
      if (t.has("block_diag")) {
        t.add(
            named("block_diag")
                .overload("(Tensor[] tensors)", ShapingCall.Stack.class, Joins::blockDiag)
                .samples(s -> List.of(sample(List.of(s.tensor(2, 3), s.tensor(), s.tensor(2))))));
      }
      if (t.has("concatenate")) {
        t.add(cat("concatenate"));
      }
    }
  }

  private Joins() {}

  private static Operator cat(String name) {
    return named(name)
        .overload("(Tensor[] tensors, int dim=0)", Call.Join.class, Joins::cat)
        .samples(
            s ->
                List.of(
                    sample(List.of(s.tensor(2, 3), s.tensor(1, 3)), 0),
                    sample(List.of(s.tensor(2, 3), s.tensor(2, 0), s.tensor(2, 1)), -1),
                    sample(List.of(s.tensor(0), s.tensor(2)))));
  }

  private static Operator stack(String name, ShapingCall.Stack implementation) {
    return named(name)
        .overload("(Tensor[] tensors)", ShapingCall.Stack.class, implementation)
        .samples(
            s ->
                List.of(
                    sample(List.of(s.tensor(2, 3), s.tensor(2, 3))),
                    sample(List.of(s.tensor(3), s.tensor(3)))));
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

  static Tensor cat(Tensor[] tensors, int dim) {
    if (tensors.length == 0) {
      throw new ArgumentException("torch.cat(): expected a non-empty list of Tensors");
    }
    Tensor model = null;
    for (int i = 0; i < tensors.length; i++) {
      if (tensors[i].dim() == 0) {
        throw new ShapeException(
            "zero-dimensional tensor (at position " + i + ") cannot be concatenated");
      }
      if (model == null && !Cat.isSkipped(tensors[i].shape())) {
        model = tensors[i];
      }
    }
    Shape shape = (model == null ? tensors[0] : model).shape();
    int d = shape.wrap(dim);
    long size = 0;
    for (int i = 0; i < tensors.length; i++) {
      Shape other = tensors[i].shape();
      if (!Cat.isSkipped(other)) {
        checkFits(shape, other, d, i);
        size += other.size(d);
      }
    }
    return Functions.apply(new Cat(d, shape.with(d, size)), tensors);
  }

  private static void checkFits(Shape shape, Shape other, int dim, int position) {
    if (other.dim() != shape.dim()) {
      throw new ShapeException(
          "Tensors must have same number of dimensions: got "
              + shape.dim()
              + " and "
              + other.dim());
    }
    for (int i = 0; i < shape.dim(); i++) {
      if (i != dim && other.size(i) != shape.size(i)) {
        throw new ShapeException(
            "Sizes of tensors must match except in dimension "
                + dim
                + ". Expected size "
                + shape.size(i)
                + " but got size "
                + other.size(i)
                + " for tensor number "
                + position
                + " in the list.");
      }
    }
  }

  private static Tensor[] each(String name, Tensor[] tensors, UnaryOperator<Tensor> change) {
    if (tensors.length == 0) {
      throw new ArgumentException(name + " expects a non-empty TensorList");
    }
    return Aliases.each(tensors, change);
  }

  static Tensor hstack(Tensor[] tensors) {
    Tensor[] changed = each("hstack", tensors, Aliases::atLeast1d);
    return cat(changed, changed[0].dim() == 1 ? 0 : 1);
  }

  static Tensor vstack(Tensor[] tensors) {
    return cat(each("vstack", tensors, Aliases::atLeast2d), 0);
  }

  static Tensor dstack(Tensor[] tensors) {
    return cat(each("dstack", tensors, Aliases::atLeast3d), 2);
  }

  static Tensor columnStack(Tensor[] tensors) {
    return hstack(
        each(
            "column_stack",
            tensors,
            tensor -> tensor.dim() < 2 ? tensor.reshape(tensor.numel(), 1) : tensor));
  }

  static Tensor blockDiag(Tensor[] tensors) {
    if (tensors.length == 0) {
      return Tensors.zeros(1, 0);
    }
    long rows = 0;
    long columns = 0;
    Tensor[] blocks = new Tensor[tensors.length];
    for (int i = 0; i < blocks.length; i++) {
      if (tensors[i].dim() > 2) {
        throw new ShapeException(
            "torch.block_diag: Input tensors must have 2 or fewer dimensions. Input "
                + i
                + " has "
                + tensors[i].dim()
                + " dimensions");
      }
      blocks[i] = Aliases.atLeast2d(tensors[i]);
      rows += blocks[i].size(0);
      columns += blocks[i].size(1);
    }
    return Functions.apply(new BlockDiag(Shape.of(rows, columns)), blocks);
  }
}
