package acme.device;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import java.util.stream.IntStream;

/** Walks the elements of a strided window in row-major order. */
final class Cursor {
  final AcmeBuffer buffer;
  final long[] index; // of the next element
  private final long[] sizes;
  private final long[] strides;
  private long position;

  Cursor(Operand operand) {
    this.buffer = AcmeBuffer.of(operand.buffer());
    this.sizes = operand.shape().toArray();
    this.strides = operand.strides();
    this.index = new long[sizes.length];
    this.position = operand.offset();
  }

  /** Walks line after line along a dimension, which takes the place of the last one. */
  static Cursor lines(Operand operand, int dim) {
    return new Cursor(operand.layout().transpose(dim, -1).operand(operand.buffer()));
  }

  /** The length of these lines; a tensor without dimensions is a line of one element. */
  static int length(Operand operand, int dim) {
    return operand.shape().dim() == 0 ? 1 : (int) operand.shape().size(dim);
  }

  /** The next element's place in the buffer. */
  int next() {
    int at = (int) position;
    for (int d = sizes.length - 1; d >= 0; d--) {
      position += strides[d];
      if (++index[d] < sizes[d]) {
        break;
      }
      position -= strides[d] * sizes[d];
      index[d] = 0;
    }
    return at;
  }

  /** The places of the next elements. */
  int[] next(int n) {
    return IntStream.generate(this::next).limit(n).toArray();
  }

  /** Memory for intermediate values, row-major. */
  static Operand temporary(DType dtype, Shape shape) {
    return Layout.contiguous(shape).operand(new AcmeBuffer(dtype, shape.numel()));
  }

  /** A copy, cast to a dtype: for primitives that write before they have read all. */
  static Operand copy(Operand source, DType dtype) {
    Operand target = temporary(dtype, source.shape());
    copy(source, target);
    return target;
  }

  /** Copies elements, cast to the target's dtype. */
  static void copy(Operand source, Operand target) {
    Cursor from = new Cursor(source);
    Cursor to = new Cursor(target);
    for (long left = source.numel(); left > 0; left--) {
      if (source.dtype().isFloatingPoint()) {
        to.buffer.setDouble(to.next(), from.buffer.getDouble(from.next()));
      } else {
        to.buffer.setLong(to.next(), from.buffer.getLong(from.next()));
      }
    }
  }
}
