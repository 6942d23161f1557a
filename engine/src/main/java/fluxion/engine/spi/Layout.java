package fluxion.engine.spi;

import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a tensor's elements lie in its memory: element {@code (i0, i1, …)} at {@code offset +
 * i0·strides[0] + i1·strides[1] + …}. Views are other layouts of the same memory; each method that
 * makes one copies nothing.
 */
public final class Layout {
  private final Shape shape;
  private final long[] strides;
  private final long offset;
  private final boolean contiguous;

  /** A matrix's layout with its dimensions swapped, once asked for; another thread's is equal. */
  private @Nullable Layout transposed;

  private Layout(Shape shape, long[] strides, long offset) {
    this(shape, strides, offset, inRowMajorOrder(shape, strides));
  }

  private Layout(Shape shape, long[] strides, long offset, boolean contiguous) {
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.contiguous = contiguous;
  }

  private static boolean inRowMajorOrder(Shape shape, long[] strides) {
    if (shape.numel() == 0) {
      return true;
    }
    long expected = 1;
    for (int d = strides.length - 1; d >= 0; d--) {
      long size = shape.size(d);
      if (size != 1 && strides[d] != expected) {
        return false;
      }
      expected *= size;
    }
    return true;
  }

  /**
   * {@return a layout}
   *
   * @param shape the sizes
   * @param strides the steps, in elements, one a dimension
   * @param offset where the first element lies, in elements
   */
  public static Layout of(Shape shape, long[] strides, long offset) {
    if (strides.length != shape.dim()) {
      throw new ShapeException(
          "mismatch in length of strides and shape: "
              + Arrays.toString(strides)
              + " for shape "
              + shape);
    }
    return new Layout(shape, strides.clone(), offset);
  }

  /**
   * {@return the layout of elements in row-major order from the start of the memory}
   *
   * @param shape the sizes
   */
  public static Layout contiguous(Shape shape) {
    return new Layout(shape, shape.contiguousStrides(), 0, true);
  }

  /** {@return the sizes} */
  public Shape shape() {
    return shape;
  }

  /** {@return the steps, in a new array} */
  public long[] strides() {
    return strides.clone();
  }

  /**
   * {@return the step of a dimension}
   *
   * @param dim the dimension, negative from the end
   */
  public long stride(int dim) {
    return strides[shape.wrap(dim)];
  }

  /** {@return where the first element lies} */
  public long offset() {
    return offset;
  }

  /**
   * {@return an operand with this layout}
   *
   * @param buffer the memory
   */
  public Operand operand(Buffer buffer) {
    return new Operand(buffer, this);
  }

  /** {@return whether the elements lie one after another in row-major order} */
  public boolean isContiguous() {
    return contiguous;
  }

  /** {@return whether the elements lie in row-major order from the start of the memory} */
  public boolean isPacked() {
    return contiguous && offset == 0;
  }

  /** {@return whether two different indices may name the same element, by a stride of 0} */
  public boolean overlapsItself() {
    if (shape.numel() == 0) {
      return false;
    }
    for (int d = 0; d < strides.length; d++) {
      if (strides[d] == 0 && shape.size(d) > 1) {
        return true;
      }
    }
    return false;
  }

  /** {@return one more than the largest position of an element, or the offset if there is none} */
  public long bound() {
    if (shape.numel() == 0) {
      return offset;
    }
    long last = offset;
    for (int d = 0; d < strides.length; d++) {
      last += Math.max(strides[d], 0) * (shape.size(d) - 1);
    }
    return last + 1;
  }

  /** {@return the smallest position of an element} */
  public long start() {
    long first = offset;
    for (int d = 0; d < strides.length; d++) {
      first += Math.min(strides[d], 0) * Math.max(shape.size(d) - 1, 0);
    }
    return first;
  }

  /**
   * {@return the layout at one index of a dimension, which is dropped}
   *
   * @param dim the dimension, negative from the end
   * @param index the index, negative from the end
   * @throws IndexException if there is no such index
   */
  public Layout select(int dim, long index) {
    if (shape.dim() == 0) {
      throw new IndexException("select() cannot be applied to a 0-dim tensor.");
    }
    int d = shape.wrap(dim);
    long size = shape.size(d);
    if (index < -size || index >= size) {
      throw new IndexException(
          "index " + index + " is out of bounds for dimension " + d + " with size " + size);
    }
    long at = index < 0 ? index + size : index;
    return new Layout(
        Shape.of(drop(shape.toArray(), d)), drop(strides, d), offset + at * strides[d]);
  }

  /**
   * {@return the layout of a range of a dimension, cut to what there is}
   *
   * @param dim the dimension, negative from the end
   * @param start the first index, negative from the end
   * @param end the bound, negative from the end
   * @param step the step
   * @throws fluxion.api.ArgumentException if the step is not positive
   */
  public Layout slice(int dim, long start, long end, long step) {
    if (shape.dim() == 0) {
      throw new IndexException("slice() cannot be applied to a 0-dim tensor.");
    }
    if (step <= 0) {
      throw new fluxion.api.ArgumentException("slice step must be positive");
    }
    int d = shape.wrap(dim);
    long size = shape.size(d);
    long from = Math.clamp(start < 0 ? start + size : start, 0, size);
    long to = Math.clamp(end < 0 ? end + size : end, from, size);
    long count = (to - from) / step + ((to - from) % step == 0 ? 0 : 1);
    long[] changed = strides.clone();
    changed[d] = strides[d] * step;
    return new Layout(shape.with(d, count), changed, offset + from * strides[d]);
  }

  /**
   * {@return the layout with two dimensions swapped}
   *
   * @param dim0 a dimension, negative from the end
   * @param dim1 another
   */
  public Layout transpose(int dim0, int dim1) {
    int a = shape.wrap(dim0);
    int b = shape.wrap(dim1);
    if (a == b) {
      return this;
    }
    if (strides.length == 2) {
      return matrixTransposed();
    }
    long[] sizes = shape.toArray();
    long[] changed = strides.clone();
    sizes[a] = shape.size(b);
    sizes[b] = shape.size(a);
    changed[a] = strides[b];
    changed[b] = strides[a];
    return new Layout(Shape.of(sizes), changed, offset);
  }

  private Layout matrixTransposed() {
    Layout known = transposed;
    if (known == null) {
      Shape swapped = Shape.of(shape.size(1), shape.size(0));
      known = new Layout(swapped, new long[] {strides[1], strides[0]}, offset);
      known.transposed = this;
      transposed = known;
    }
    return known;
  }

  /**
   * {@return the layout with the dimensions in another order}
   *
   * @param dims for each dimension of the result the one that it was
   */
  public Layout permute(int... dims) {
    if (dims.length != shape.dim()) {
      throw new ShapeException(
          "permute(sparse_coo): number of dimensions in the tensor input does not match the length"
              + " of the desired ordering of dimensions i.e. input.dim() = "
              + shape.dim()
              + " is not equal to len(dims) = "
              + dims.length);
    }
    long[] sizes = new long[dims.length];
    long[] changed = new long[dims.length];
    boolean[] seen = new boolean[dims.length];
    for (int d = 0; d < dims.length; d++) {
      int from = shape.wrap(dims[d]);
      if (seen[from]) {
        throw new ShapeException("permute(): duplicate dims are not allowed.");
      }
      seen[from] = true;
      sizes[d] = shape.size(from);
      changed[d] = strides[from];
    }
    return new Layout(Shape.of(sizes), changed, offset);
  }

  /**
   * {@return the layout with one more dimension of size 1}
   *
   * @param dim where it goes, negative from the end
   */
  public Layout unsqueeze(int dim) {
    int d = Shape.wrap(dim, shape.dim() + 1);
    long[] sizes = new long[shape.dim() + 1];
    long[] changed = new long[sizes.length];
    for (int to = 0; to < sizes.length; to++) {
      int from = to < d ? to : to - 1;
      sizes[to] = to == d ? 1 : shape.size(from);
      changed[to] = to == d ? (d < shape.dim() ? shape.size(d) * strides[d] : 1) : strides[from];
    }
    return new Layout(Shape.of(sizes), changed, offset);
  }

  /**
   * {@return the layout without a dimension of size 1; of another size it stays}
   *
   * @param dim the dimension, negative from the end
   */
  public Layout squeeze(int dim) {
    int d = shape.wrap(dim);
    if (shape.dim() == 0 || shape.size(d) != 1) {
      return this;
    }
    return new Layout(Shape.of(drop(shape.toArray(), d)), drop(strides, d), offset);
  }

  /**
   * {@return the layout with dimensions of size 1 repeated, and leading ones added}
   *
   * @param target the shape to which this one expands
   * @throws ShapeException if it does not
   */
  public Layout expand(Shape target) {
    int lead = target.dim() - shape.dim();
    if (lead < 0) {
      throw new ShapeException(
          "the number of sizes of "
              + target
              + " must be at least the number of dimensions of "
              + shape);
    }
    long[] changed = new long[target.dim()];
    for (int d = 0; d < target.dim(); d++) {
      long size = d < lead ? 1 : shape.size(d - lead);
      if (size == target.size(d)) {
        changed[d] = d < lead ? 0 : strides[d - lead];
      } else if (size != 1) {
        throw new ShapeException(
            "The expanded size of the tensor ("
                + target.size(d)
                + ") must match the existing size ("
                + size
                + ") at non-singleton dimension "
                + d
                + ".  Target sizes: "
                + target
                + ".  Tensor sizes: "
                + shape);
      }
    }
    return new Layout(target, changed, offset);
  }

  /**
   * {@return the layout of the same elements with another shape, or null if that takes a copy}
   *
   * <p>The algorithm is that of PyTorch's {@code computeStride}: dimensions that lie in one run of
   * memory are taken together and cut anew.
   *
   * @param target a shape with as many elements
   */
  public @Nullable Layout view(Shape target) {
    if (shape.equals(target)) {
      return this;
    }
    if (shape.numel() == 0) {
      return new Layout(target, target.contiguousStrides(), offset);
    }
    long[] changed = new long[target.dim()];
    int to = target.dim() - 1;
    long base = shape.dim() == 0 ? 1 : strides[shape.dim() - 1];
    long run = 1;
    long taken = 1;
    for (int from = shape.dim() - 1; from >= 0; from--) {
      run *= shape.size(from);
      boolean runEnds = from == 0 || (shape.size(from - 1) != 1 && strides[from - 1] != run * base);
      if (runEnds) {
        while (to >= 0 && (taken < run || target.size(to) == 1)) {
          changed[to] = taken * base;
          taken *= target.size(to);
          to--;
        }
        if (taken != run) {
          return null;
        }
        if (from > 0) {
          base = strides[from - 1];
          run = 1;
          taken = 1;
        }
      }
    }
    while (to >= 0) {
      changed[to--] = base;
    }
    return new Layout(target, changed, offset);
  }

  private static long[] drop(long[] values, int at) {
    long[] result = new long[values.length - 1];
    System.arraycopy(values, 0, result, 0, at);
    System.arraycopy(values, at + 1, result, at, result.length - at);
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Layout that
        && offset == that.offset
        && shape.equals(that.shape)
        && Arrays.equals(strides, that.strides);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * shape.hashCode() + Arrays.hashCode(strides)) + Long.hashCode(offset);
  }

  @Override
  public String toString() {
    return "shape " + shape + ", strides " + Arrays.toString(strides) + ", offset " + offset;
  }
}
