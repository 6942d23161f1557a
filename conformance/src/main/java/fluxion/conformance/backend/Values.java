package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/**
 * The logical elements of a tensor, in row-major order, on this side: floats in doubles, integers
 * and truth values in longs.
 */
final class Values {
  private static final double[] NO_FLOATS = {};
  private static final long[] NO_LONGS = {};

  private final DType dtype;
  private final Shape shape;
  private final double[] floats;
  private final long[] longs;

  private Values(DType dtype, Shape shape, double[] floats, long[] longs) {
    this.dtype = dtype;
    this.shape = shape;
    this.floats = floats;
    this.longs = longs;
  }

  /** Zeros. */
  Values(DType dtype, Shape shape) {
    int n = Math.toIntExact(shape.numel());
    this(
        dtype,
        shape,
        dtype.isFloatingPoint() ? new double[n] : NO_FLOATS,
        dtype.isFloatingPoint() ? NO_LONGS : new long[n]);
  }

  /** A vector of floats, each rounded to the dtype. */
  static Values floats(DType dtype, double... values) {
    return floats(dtype, Shape.of(values.length), i -> values[i]);
  }

  /** Floats by position, each rounded to the dtype. */
  static Values floats(DType dtype, Shape shape, IntToDoubleFunction at) {
    Values made = new Values(dtype, shape);
    for (int i = 0; i < made.floats.length; i++) {
      made.floats[i] = Numbers.round(dtype, at.applyAsDouble(i));
    }
    return made;
  }

  /** A vector of integers or truth values, each wrapped to the dtype. */
  static Values longs(DType dtype, long... values) {
    return longs(dtype, Shape.of(values.length), i -> values[i]);
  }

  /** Integers or truth values by position, each wrapped to the dtype. */
  static Values longs(DType dtype, Shape shape, IntToLongFunction at) {
    Values made = new Values(dtype, shape);
    for (int i = 0; i < made.longs.length; i++) {
      made.longs[i] = Numbers.wrap(dtype, at.applyAsLong(i));
    }
    return made;
  }

  /** Whole numbers by position, in any dtype. */
  static Values whole(DType dtype, Shape shape, IntToLongFunction at) {
    return dtype.isFloatingPoint()
        ? floats(dtype, shape, i -> at.applyAsLong(i))
        : longs(dtype, shape, at);
  }

  DType dtype() {
    return dtype;
  }

  Shape shape() {
    return shape;
  }

  int size() {
    return Math.toIntExact(shape.numel());
  }

  boolean isFloating() {
    return dtype.isFloatingPoint();
  }

  /** The element at a position as a float. */
  double real(int i) {
    return isFloating() ? floats[i] : longs[i];
  }

  /** The element at a position as an integer. */
  long whole(int i) {
    return isFloating() ? (long) floats[i] : longs[i];
  }

  /** Puts an element of a float dtype, rounded. */
  void setReal(int i, double value) {
    floats[i] = Numbers.round(dtype, value);
  }

  /** Puts an element of an integer dtype, wrapped. */
  void setWhole(int i, long value) {
    longs[i] = Numbers.wrap(dtype, value);
  }

  /** Puts an element of another array of this dtype. */
  void put(int i, Values from, int j) {
    if (isFloating()) {
      floats[i] = from.floats[j];
    } else {
      longs[i] = from.longs[j];
    }
  }

  /** The element as a number of the program. */
  Scalar scalar(int i) {
    return isFloating() ? Scalar.of(floats[i]) : Scalar.of(longs[i]);
  }

  /** What is equal for equal elements: all NaNs are, −0 and 0 are not. */
  long key(int i) {
    return isFloating() ? Double.doubleToLongBits(floats[i]) : longs[i];
  }

  /** The elements in another dtype. */
  Values cast(DType to) {
    Values made = new Values(to, shape);
    for (int i = 0; i < size(); i++) {
      made.putCast(i, this, i);
    }
    return made;
  }

  /** Puts an element of another array, cast to this dtype. */
  void putCast(int i, Values from, int j) {
    if (isFloating()) {
      floats[i] =
          from.isFloating()
              ? Numbers.round(dtype, from.floats[j])
              : Numbers.round(dtype, from.longs[j]);
    } else {
      longs[i] =
          from.isFloating()
              ? Numbers.cut(dtype, from.floats[j])
              : Numbers.wrap(dtype, from.longs[j]);
    }
  }

  /** The same elements in another shape. */
  Values as(long... sizes) {
    return new Values(dtype, Shape.of(sizes), floats, longs);
  }

  /** A copy. */
  Values copy() {
    return new Values(dtype, shape, floats.clone(), longs.clone());
  }

  /** The first slice of the first dimension in the place of all slices. */
  Values firstSliceRepeated() {
    if (shape.dim() == 0 || size() == 0) {
      return this;
    }
    int slice = Math.toIntExact(shape.numel() / shape.size(0));
    Values made = new Values(dtype, shape);
    for (int i = 0; i < size(); i++) {
      made.put(i, this, i % slice);
    }
    return made;
  }

  /** The indices of a position. */
  static int[] indices(Shape shape, int position) {
    int[] indices = new int[shape.dim()];
    int rest = position;
    for (int d = indices.length - 1; d >= 0; d--) {
      int size = Math.toIntExact(shape.size(d));
      indices[d] = rest % size;
      rest /= size;
    }
    return indices;
  }

  /** The position of indices. */
  static int position(Shape shape, int... indices) {
    int position = 0;
    for (int d = 0; d < indices.length; d++) {
      position = position * Math.toIntExact(shape.size(d)) + indices[d];
    }
    return position;
  }

  /** An element in words. */
  String text(int i) {
    if (dtype == DType.BOOL) {
      return longs[i] == 0 ? "false" : longs[i] == 1 ? "true" : "a bool stored as " + longs[i];
    }
    return isFloating() ? Double.toString(floats[i]) : Long.toString(longs[i]);
  }

  /** The indices of a position in words. */
  String place(int i) {
    return Arrays.toString(indices(shape, i));
  }

  /** The dtype and the sizes. */
  @Override
  public String toString() {
    return dtype.shortName() + " " + shape;
  }
}
