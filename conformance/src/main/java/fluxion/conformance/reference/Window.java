package fluxion.conformance.reference;

import fluxion.api.DType;

/** The elements that an operand shows, by their index. */
final class Window {
  private final Object array;
  private final DType dtype;
  private final long[] sizes;
  private final long[] strides;
  private final long offset;

  Window(Object array, DType dtype, long[] sizes, long[] strides, long offset) {
    this.array = array;
    this.dtype = dtype;
    this.sizes = sizes;
    this.strides = strides;
    this.offset = offset;
  }

  /** {@return this; a window without dimensions as one of one dimension, along which it is read} */
  Window lines() {
    return sizes.length > 0 ? this : new Window(array, dtype, new long[] {1}, new long[1], offset);
  }

  /** {@return a window onto elements that lie one after another, with one dimension} */
  Window flat() {
    return new Window(array, dtype, new long[] {numel()}, new long[] {1}, offset);
  }

  DType dtype() {
    return dtype;
  }

  int dims() {
    return sizes.length;
  }

  long size(int dim) {
    return sizes[dim];
  }

  /** {@return the sizes, in a new array} */
  long[] sizes() {
    return sizes.clone();
  }

  /** {@return the sizes with one changed, in a new array} */
  long[] sizesWith(int dim, long size) {
    long[] changed = sizes.clone();
    changed[dim] = size;
    return changed;
  }

  /** {@return how many elements there are} */
  int numel() {
    long count = 1;
    for (long size : sizes) {
      count *= size;
    }
    return Math.toIntExact(count);
  }

  /** {@return the element at an index, in the form of {@link Element}} */
  long get(long[] index) {
    return ReferenceBuffer.get(array, dtype, place(index));
  }

  /** Stores an element, in the form of {@link Element}. */
  void set(long[] index, long element) {
    ReferenceBuffer.set(array, dtype, place(index), element);
  }

  private int place(long[] index) {
    long place = offset;
    for (int d = 0; d < strides.length; d++) {
      place += index[d] * strides[d];
    }
    return (int) place;
  }

  /** {@return all elements in row-major order} */
  long[] toArray() {
    long[] elements = new long[numel()];
    int i = 0;
    for (Walk at = new Walk(sizes); at.isInside(); at.next()) {
      elements[i++] = get(at.index());
    }
    return elements;
  }

  /** Stores elements in row-major order. */
  void fill(long[] elements) {
    int i = 0;
    for (Walk at = new Walk(sizes); at.isInside(); at.next()) {
      set(at.index(), elements[i++]);
    }
  }
}
