package fluxion.conformance.faulty;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;

/** Parts of operands, with which faults do their work on the right device's primitives. */
final class Windows {
  private Windows() {}

  /** One element, by its row-major position. */
  static Operand at(Operand operand, long position) {
    long place = operand.offset();
    long rest = position;
    for (int d = operand.shape().dim() - 1; d >= 0; d--) {
      place += rest % operand.shape().size(d) * operand.layout().stride(d);
      rest /= operand.shape().size(d);
    }
    return new Operand(operand.buffer(), Shape.of(1), new long[] {1}, place);
  }

  /** A range of a dimension. */
  static Operand slice(Operand operand, int dim, long start, long end) {
    return operand.layout().slice(dim, start, end, 1).operand(operand.buffer());
  }

  /** With a dimension from its last element to the first. */
  static Operand reversed(Operand operand, int dim) {
    Layout layout = operand.layout();
    long size = layout.shape().size(dim);
    if (size == 0) {
      return operand;
    }
    long[] strides = layout.strides();
    long offset = layout.offset() + (size - 1) * strides[dim];
    strides[dim] = -strides[dim];
    return new Operand(operand.buffer(), layout.shape(), strides, offset);
  }

  /** As many elements one after another from the offset on. */
  static Operand dense(Operand operand) {
    Shape shape = operand.shape();
    return new Operand(operand.buffer(), shape, shape.contiguousStrides(), operand.offset());
  }

  /** New memory in a shape. */
  static Operand fresh(Backend backend, DType dtype, Shape shape) {
    return Layout.contiguous(shape).operand(backend.allocate(dtype, shape.numel()));
  }

  /** A copy in new memory. */
  static Operand copy(Backend backend, Operand operand) {
    Operand copy = fresh(backend, operand.dtype(), operand.shape());
    backend.copy(operand, copy);
    return copy;
  }

  /** Whether a stride is negative. */
  static boolean runsBackwards(Operand operand) {
    for (int d = 0; d < operand.shape().dim(); d++) {
      if (operand.shape().size(d) > 1 && operand.layout().stride(d) < 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether any size is 0. */
  static boolean isEmpty(Operand operand) {
    return operand.numel() == 0;
  }
}
