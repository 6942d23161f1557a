package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.ExprProgram;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One walk of a program over the elements of a shape, block by block, in the row-major order of its
 * dimensions permuted. Inputs and indices are read for each block; the outputs stay in registers.
 */
final class KernelRun {
  private final ExprProgram program;
  private final ExprProgram.Frame frame;
  private final Values[] inputs;
  private final Values[] outputs;
  private final List<Source> sources = new ArrayList<>();
  private final List<IndexRegister> indices = new ArrayList<>();
  private long position;

  /**
   * Stands before the first element.
   *
   * @param program what is run
   * @param scalars its runtime scalars, and perhaps more
   * @param shape the shape of the operands
   * @param order the dimensions, the slowest first
   * @param operands the inputs, or none if the caller fills {@link #input} itself
   * @param block the most elements of a block
   */
  KernelRun(
      ExprProgram program,
      Scalar[] scalars,
      Shape shape,
      int[] order,
      Operand[] operands,
      int block) {
    Kernel kernel = program.kernel();
    this.program = program;
    this.frame = program.newFrame(block);
    frame.scalars(scalars);
    this.inputs = new Values[kernel.inputCount()];
    for (int i = 0; i < inputs.length; i++) {
      DType type = kernel.inputType(i);
      if (type == null) {
        inputs[i] = new DoubleValues(DType.FLOAT64, new double[0]); // nobody reads it
      } else {
        inputs[i] =
            type.isFloatingPoint()
                ? new DoubleValues(type, frame.floatInput(i))
                : new LongValues(type, frame.intInput(i));
        if (operands.length > 0) {
          sources.add(new Source(new ElementStream(operands[i], order), inputs[i]));
        }
      }
    }
    this.outputs = new Values[kernel.outputs().size()];
    for (int i = 0; i < outputs.length; i++) {
      DType type = kernel.output(i).type();
      outputs[i] =
          type.isFloatingPoint()
              ? new DoubleValues(type, frame.floatOutput(i))
              : new LongValues(type, frame.intOutput(i));
    }
    addIndices(kernel, shape, order);
  }

  private void addIndices(Kernel kernel, Shape shape, int[] order) {
    long inner = 1;
    for (int i = order.length - 1; i >= 0; i--) {
      int dim = order[i];
      long size = shape.size(dim);
      if (dim < kernel.indexDims()) {
        indices.add(new IndexRegister(frame.index(dim), inner, size));
      }
      inner *= size;
    }
  }

  /** {@return the most elements of a block} */
  int block() {
    return frame.blockSize();
  }

  /** {@return the registers of an input} */
  Values input(int i) {
    return inputs[i];
  }

  /** {@return the registers of an output after {@link #next}} */
  Values output(int i) {
    return outputs[i];
  }

  /** Goes to a position in the walk. */
  void seek(long target) {
    if (target == position) {
      return;
    }
    position = target;
    for (Source source : sources) {
      source.stream.seek(target);
    }
  }

  /** Reads the next elements of the inputs and computes the outputs. */
  void next(int n) {
    for (Source source : sources) {
      source.stream.read(source.registers, 0, n);
    }
    for (IndexRegister index : indices) {
      index.fill(position, n);
    }
    program.run(frame, n);
    position += n;
  }

  private record Source(ElementStream stream, Values registers) {}

  /** The elements' indices along one dimension: they step every {@code inner} elements. */
  private static final class IndexRegister {
    private final long[] register;
    private final long inner;
    private final long size;

    IndexRegister(long[] register, long inner, long size) {
      this.register = register;
      this.inner = inner;
      this.size = size;
    }

    void fill(long position, int n) {
      long index = position / inner % size;
      long left = inner - position % inner;
      int done = 0;
      while (done < n) {
        int run = (int) Math.min(left, n - done);
        Arrays.fill(register, done, done + run, index);
        done += run;
        left = inner;
        index = index + 1 == size ? 0 : index + 1;
      }
    }
  }
}
