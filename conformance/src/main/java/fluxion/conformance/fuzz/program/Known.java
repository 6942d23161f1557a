package fluxion.conformance.fuzz.program;

import fluxion.api.DType;
import fluxion.api.Shape;

/**
 * What is known of a program's tensor before it runs.
 *
 * @param slot the statement that gives it
 * @param shape its shape
 * @param dtype its dtype
 * @param writable whether it may be written to in place: it has no overlapping elements, and its
 *     memory is no leaf's that requires a gradient
 */
record Known(int slot, Shape shape, DType dtype, boolean writable) {
  int dim() {
    return shape.dim();
  }

  long size(int dim) {
    return shape.size(dim);
  }

  boolean isFloat() {
    return dtype.isFloatingPoint();
  }
}
