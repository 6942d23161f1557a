package fluxion.api;

import java.util.Arrays;

/**
 * The sizes of a tensor's dimensions, immutable.
 *
 * <p>The shape of a scalar tensor has no dimensions and one element. A negative dimension counts
 * from the end, as in PyTorch.
 */
public final class Shape {
  /** The shape of a 0-dimensional tensor. */
  public static final Shape SCALAR = new Shape(new long[0]);

  private final long[] sizes;
  private final long numel;

  private Shape(long[] sizes) {
    this.sizes = sizes;
    this.numel = product(sizes);
  }

  /**
   * {@return a shape with the given sizes}
   *
   * @param sizes the sizes, each at least 0
   * @throws ShapeException if a size is negative or the number of elements overflows a {@code long}
   */
  public static Shape of(long... sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  private static long product(long[] sizes) {
    long elements = 1;
    boolean empty = false;
    for (long size : sizes) {
      if (size < 0) {
        throw new ShapeException(
            "Trying to create tensor with negative dimension "
                + size
                + ": "
                + Arrays.toString(sizes));
      }
      empty |= size == 0;
    }
    if (empty) {
      return 0;
    }
    for (long size : sizes) {
      try {
        elements = Math.multiplyExact(elements, size);
      } catch (ArithmeticException e) {
        throw new ShapeException(
            "the number of elements of shape " + Arrays.toString(sizes) + " overflows 64 bits", e);
      }
    }
    return elements;
  }

  /** {@return the number of dimensions} */
  public int dim() {
    return sizes.length;
  }

  /** {@return the number of elements} */
  public long numel() {
    return numel;
  }

  /**
   * {@return the size of a dimension}
   *
   * @param dim the dimension, negative from the end
   * @throws IndexException if there is no such dimension
   */
  public long size(int dim) {
    if (sizes.length == 0) {
      throw new IndexException("dimension specified as " + dim + " but tensor has no dimensions");
    }
    return sizes[wrap(dim)];
  }

  /**
   * {@return a dimension counted from the start}
   *
   * <p>As in PyTorch, a scalar tensor accepts 0 and −1.
   *
   * @param dim the dimension, negative from the end
   * @throws IndexException if there is no such dimension
   */
  public int wrap(int dim) {
    return wrap(dim, sizes.length);
  }

  /**
   * {@return a dimension of a tensor with {@code dims} dimensions, counted from the start}
   *
   * @param dim the dimension, negative from the end
   * @param dims the number of dimensions
   * @throws IndexException if there is no such dimension
   */
  public static int wrap(int dim, int dims) {
    int n = Math.max(dims, 1);
    if (dim < -n || dim >= n) {
      throw new IndexException(
          "Dimension out of range (expected to be in range of ["
              + -n
              + ", "
              + (n - 1)
              + "], but got "
              + dim
              + ")");
    }
    return dim < 0 ? dim + n : dim;
  }

  /** {@return the sizes, in a new array} */
  public long[] toArray() {
    return sizes.clone();
  }

  /** {@return the strides of a contiguous tensor of this shape, in elements} */
  public long[] contiguousStrides() {
    long[] strides = new long[sizes.length];
    long step = 1;
    for (int d = sizes.length - 1; d >= 0; d--) {
      strides[d] = step;
      step *= Math.max(sizes[d], 1);
    }
    return strides;
  }

  /**
   * {@return this shape with one dimension's size replaced}
   *
   * @param dim the dimension, negative from the end
   * @param size its new size
   */
  public Shape with(int dim, long size) {
    long[] changed = sizes.clone();
    changed[wrap(dim)] = size;
    return new Shape(changed);
  }

  /**
   * {@return the shape to which tensors of both shapes broadcast}
   *
   * @param a a shape
   * @param b another
   * @throws ShapeException if two sizes differ and neither is 1
   */
  public static Shape broadcast(Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int dims = Math.max(a.dim(), b.dim());
    long[] result = new long[dims];
    for (int d = dims - 1; d >= 0; d--) {
      int da = d - (dims - a.dim());
      int db = d - (dims - b.dim());
      long sa = da < 0 ? 1 : a.sizes[da];
      long sb = db < 0 ? 1 : b.sizes[db];
      if (sa != sb && sa != 1 && sb != 1) {
        throw new ShapeException(
            "The size of tensor a ("
                + sa
                + ") must match the size of tensor b ("
                + sb
                + ") at non-singleton dimension "
                + d);
      }
      result[d] = sa == 1 ? sb : sa;
    }
    return new Shape(result);
  }

  /**
   * {@return whether a tensor of this shape can be expanded to another}
   *
   * @param target the larger shape
   */
  public boolean expandsTo(Shape target) {
    int lead = target.dim() - dim();
    if (lead < 0) {
      return false;
    }
    for (int d = 0; d < sizes.length; d++) {
      if (sizes[d] != 1 && sizes[d] != target.sizes[lead + d]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Shape that && Arrays.equals(sizes, that.sizes));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** {@return the sizes in brackets: {@code [2, 3]}} */
  @Override
  public String toString() {
    return Arrays.toString(sizes);
  }
}
