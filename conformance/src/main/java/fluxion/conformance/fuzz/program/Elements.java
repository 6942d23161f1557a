package fluxion.conformance.fuzz.program;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import java.util.Arrays;

/** A tensor's elements, taken off the device. */
final class Elements {
  private static final double[] NO_FLOATS = {};
  private static final long[] NO_INTEGERS = {};

  private final DType dtype;
  private final Shape shape;
  private final double[] floats;
  private final long[] integers;

  private Elements(Tensor tensor) {
    dtype = tensor.dtype();
    shape = tensor.shape();
    floats = dtype.isFloatingPoint() ? tensor.toDoubleArray() : NO_FLOATS;
    integers = dtype.isFloatingPoint() ? NO_INTEGERS : tensor.toLongArray();
  }

  static Elements of(Tensor tensor) {
    return new Elements(tensor);
  }

  DType dtype() {
    return dtype;
  }

  double real(int i) {
    return floats[i];
  }

  long integer(int i) {
    return integers[i];
  }

  boolean isFloat() {
    return dtype.isFloatingPoint();
  }

  int count() {
    return isFloat() ? floats.length : integers.length;
  }

  String kind() {
    return dtype.shortName() + " " + shape;
  }

  /** An element as text. */
  String text(int i) {
    return isFloat() ? Double.toString(floats[i]) : Long.toString(integers[i]);
  }

  /** Where an element is. */
  String place(int i) {
    long[] index = new long[shape.dim()];
    long rest = i;
    for (int d = index.length - 1; d >= 0; d--) {
      index[d] = rest % shape.size(d);
      rest /= shape.size(d);
    }
    return Arrays.toString(index);
  }
}
