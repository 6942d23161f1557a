package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.Operand;
import java.util.Arrays;

/** Fills and copies strided windows; the casts are those of {@link Elements}. */
final class Copier {
  private Copier() {}

  /** Sets every element to a value; see {@link fluxion.engine.spi.Backend#fill}. */
  static void fill(Operand target, Scalar value) {
    long left = target.numel();
    int block = (int) Math.min(left, Values.BLOCK);
    Values values;
    if (value.isFloatingPoint()) {
      double[] registers = new double[block];
      Arrays.fill(registers, value.toDouble());
      values = new DoubleValues(DType.FLOAT64, registers);
    } else {
      long[] registers = new long[block];
      Arrays.fill(registers, value.toLong());
      values = new LongValues(DType.INT64, registers);
    }
    ElementStream out = new ElementStream(target);
    while (left > 0) {
      int n = (int) Math.min(left, block);
      out.write(values, 0, n);
      left -= n;
    }
  }

  /** Copies with a cast; see {@link fluxion.engine.spi.Backend#copy}. */
  static void copy(Operand source, Operand target) {
    if (target.numel() == 0) {
      return;
    }
    if (source.dtype() == target.dtype() && source.isContiguous() && target.isContiguous()) {
      System.arraycopy(
          CpuBuffer.elements(source).array(),
          (int) source.offset(),
          CpuBuffer.elements(target).array(),
          (int) target.offset(),
          (int) target.numel());
      return;
    }
    copy(
        new ElementStream(source),
        new ElementStream(target),
        Values.of(source.dtype(), (int) Math.min(source.numel(), Values.BLOCK)),
        source.numel());
  }

  /**
   * Copies the next elements of one stream to the next ones of another.
   *
   * @param in what is read
   * @param out what is written
   * @param block registers of the kind of the first stream's dtype
   * @param elements how many
   */
  static void copy(ElementStream in, ElementStream out, Values block, long elements) {
    long left = elements;
    while (left > 0) {
      int n = (int) Math.min(left, block.length());
      in.read(block, 0, n);
      out.write(block, 0, n);
      left -= n;
    }
  }

  /**
   * {@return an operand that shares no element with an output: the operand itself where their
   * windows lie apart, else a copy}
   *
   * <p>For primitives that read elements after they have written others.
   *
   * @param input what is read
   * @param output what is written
   */
  static Operand apart(Operand input, Operand output) {
    if (!overlap(input, output)) {
      return input;
    }
    Operand copy = temporary(input.dtype(), input.shape());
    copy(input, copy);
    return copy;
  }

  /** {@return a new contiguous operand for intermediate values} */
  static Operand temporary(DType dtype, Shape shape) {
    CpuBuffer buffer = new CpuBuffer(Memory.elements(dtype, shape.numel()));
    return new Operand(buffer, shape, shape.contiguousStrides(), 0);
  }

  /** {@return whether the ranges of two operands in memory meet} */
  @SuppressWarnings("ReferenceEquality") // the same memory, not memory with the same contents
  static boolean overlap(Operand a, Operand b) {
    return CpuBuffer.elements(a) == CpuBuffer.elements(b)
        && a.numel() > 0
        && b.numel() > 0
        && first(a) <= last(b)
        && first(b) <= last(a);
  }

  private static long first(Operand operand) {
    long position = operand.offset();
    for (int d = 0; d < operand.shape().dim(); d++) {
      position += Math.min(0, (operand.shape().size(d) - 1) * operand.strides()[d]);
    }
    return position;
  }

  private static long last(Operand operand) {
    long position = operand.offset();
    for (int d = 0; d < operand.shape().dim(); d++) {
      position += Math.max(0, (operand.shape().size(d) - 1) * operand.strides()[d]);
    }
    return position;
  }
}
