package fluxion.backend.cpu;

import fluxion.engine.spi.Operand;
import java.util.Arrays;

/** Dimensions of operands; that of a scalar counts as one of size 1. */
final class Dims {
  private Dims() {}

  /** {@return all dimensions of an operand, in order} */
  static int[] all(Operand operand) {
    int[] dims = new int[operand.shape().dim()];
    for (int d = 0; d < dims.length; d++) {
      dims[d] = d;
    }
    return dims;
  }

  /** {@return all dimensions of an operand but one, in order} */
  static int[] allBut(Operand operand, int dim) {
    return Arrays.stream(all(operand)).filter(d -> d != dim).toArray();
  }

  /** {@return the dimensions of an operand from {@code first} on} */
  static int[] from(Operand operand, int first) {
    return Arrays.stream(all(operand)).filter(d -> d >= first).toArray();
  }

  /** {@return the size of a dimension, 1 for a scalar} */
  static long size(Operand operand, int dim) {
    return operand.shape().dim() == 0 ? 1 : operand.shape().size(dim);
  }

  /** {@return the stride of a dimension, 0 where it has only one element} */
  static int stride(Operand operand, int dim) {
    return size(operand, dim) <= 1 ? 0 : (int) operand.layout().stride(dim);
  }

  /** {@return the number of elements in some dimensions} */
  static long numel(Operand operand, int[] dims) {
    long elements = 1;
    for (int d : dims) {
      elements *= operand.shape().size(d);
    }
    return elements;
  }

  /** {@return whether some dimensions lie one after another in row-major order} */
  static boolean contiguous(Operand operand, int[] dims) {
    long expected = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      long size = operand.shape().size(dims[i]);
      if (size != 1 && operand.layout().stride(dims[i]) != expected) {
        return false;
      }
      expected *= size;
    }
    return true;
  }
}
