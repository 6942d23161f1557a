package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.ViewFunction;

/** The view functions of this module, a record each, named as PyTorch names their nodes. */
final class Views {
  private Views() {}

  /**
   * Another shape.
   *
   * @param shape the shape
   */
  record View(Shape shape) implements ViewFunction {
    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public Layout layout(Layout input) {
      Layout view = input.view(shape);
      if (view == null) {
        throw new ShapeException(
            "view size is not compatible with input tensor's size and stride (at least one"
                + " dimension spans across two contiguous subspaces). Use .reshape(...) instead.");
      }
      return view;
    }

    @Override
    public Tensor backward(TensorSpec input, Tensor gradOutput) {
      return gradOutput.reshape(input.shape().toArray());
    }
  }

  /**
   * Another shape, by {@code reshape}.
   *
   * @param shape the shape
   */
  record ReshapeAlias(Shape shape) implements ViewFunction {
    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public Layout layout(Layout input) {
      return new View(shape).layout(input);
    }

    @Override
    public Tensor backward(TensorSpec input, Tensor gradOutput) {
      return gradOutput.reshape(input.shape().toArray());
    }
  }

  /**
   * Two dimensions swapped.
   *
   * @param dim0 a dimension
   * @param dim1 another
   */
  record Transpose(int dim0, int dim1) implements ViewFunction {
    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public Layout layout(Layout input) {
      return input.transpose(dim0, dim1);
    }

    @Override
    public Tensor backward(TensorSpec input, Tensor gradOutput) {
      return gradOutput.transpose(dim0, dim1);
    }
  }

  /** A matrix transposed. */
  record T() implements ViewFunction {
    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public Layout layout(Layout input) {
      return input.shape().dim() < 2 ? input : input.transpose(0, 1);
    }

    @Override
    public Tensor backward(TensorSpec input, Tensor gradOutput) {
      return gradOutput.t();
    }
  }

  /**
   * The dimensions in another order.
   *
   * @param dims for each dimension of the result the one that it was
   */
  record Permute(java.util.List<Integer> dims) implements ViewFunction {
    @Override
    public Layout layout(Layout input) {
      return input.permute(dims.stream().mapToInt(d -> d).toArray());
    }

    @Override
    public Tensor backward(TensorSpec input, Tensor gradOutput) {
      int[] inverse = new int[dims.size()];
      for (int d = 0; d < inverse.length; d++) {
        inverse[Shape.wrap(dims.get(d), inverse.length)] = d;
      }
      return gradOutput.permute(inverse);
    }
  }

  /**
   * A dimension of size 1 dropped.
   *
   * @param dim the dimension
   */
  record Squeeze(int dim) implements ViewFunction {
    @Override
    public String name() {
      return "SqueezeBackward1";
    }

    @Override
    public Layout layout(Layout input) {
      return input.squeeze(dim);
    }

    @Override
    public Tensor backward(TensorSpec input, Tensor gradOutput) {
      return gradOutput.reshape(input.shape().toArray());
    }
  }

  /**
   * All dimensions of size 1 dropped.
   *
   * @param shape the shape without them
   */
  record SqueezeAll(Shape shape) implements ViewFunction {
    @Override
    public String name() {
      return "SqueezeBackward0";
    }

    @Override
    public Layout layout(Layout input) {
      return new View(shape).layout(input);
    }

    @Override
    public Tensor backward(TensorSpec input, Tensor gradOutput) {
      return gradOutput.reshape(input.shape().toArray());
    }
  }

  /**
   * A dimension of size 1 put in.
   *
   * @param dim where, from 0
   */
  record Unsqueeze(int dim) implements ViewFunction {
    @Override
    public Layout layout(Layout input) {
      return input.unsqueeze(dim);
    }

    @Override
    public Tensor backward(TensorSpec input, Tensor gradOutput) {
      return gradOutput.squeeze(dim);
    }
  }

  /**
   * One index of a dimension.
   *
   * @param dim the dimension
   * @param index the index
   */
  record Select(int dim, long index) implements ViewFunction {
    @Override
    public Layout layout(Layout input) {
      return input.select(dim, index);
    }
  }

  /**
   * A range of a dimension.
   *
   * @param dim the dimension
   * @param start the first index
   * @param end the bound
   * @param step the step
   */
  record Slice(int dim, long start, long end, long step) implements ViewFunction {
    @Override
    public Layout layout(Layout input) {
      return input.slice(dim, start, end, step);
    }
  }
}
