package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.*;
import fluxion.engine.spi.ExprProgram.Frame;
import java.util.Arrays;

/** Kernels: blocks of elements go into a frame's registers, through the program, and out. */
interface Pointwise extends Backend {
  /** The most elements of a block. */
  int BLOCK = 256;

  /** A kernel as a program of the engine's interpreter. A device with a compiler compiles here. */
  record AcmeKernel(Kernel kernel, ExprProgram program) implements CompiledKernel {}

  /** Throws if the device was closed. */
  void requireOpen();

  @Override
  default AcmeKernel compile(Kernel kernel) {
    requireOpen();
    return new AcmeKernel(kernel, ExprProgram.compile(kernel));
  }

  /** A block is read before it is written, so an output may be the same window as an input. */
  @Override
  default void launch(
      CompiledKernel compiled, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
    if (!(compiled instanceof AcmeKernel(Kernel kernel, ExprProgram program))) {
      throw new DeviceException("expected a kernel of 'acme', found a " + compiled.getClass());
    }
    Cursor[] in = Arrays.stream(inputs).map(Cursor::new).toArray(Cursor[]::new);
    Cursor[] out = Arrays.stream(outputs).map(Cursor::new).toArray(Cursor[]::new);
    Cursor where = new Cursor(outputs[0]);
    Frame frame = program.newFrame(BLOCK); // of this call alone: any number of threads may be here
    frame.scalars(scalars);
    for (long left = outputs[0].numel(); left > 0; left -= BLOCK) {
      int n = (int) Math.min(left, BLOCK);
      for (int k = 0; k < kernel.inputCount(); k++) {
        if (kernel.inputType(k) != null) { // an output reads it
          load(in[k], frame, k, n);
        }
      }
      for (int i = 0; kernel.usesIndex() && i < n; i++, where.next()) {
        for (int d = 0; d < kernel.indexDims(); d++) {
          frame.index(d)[i] = where.index[d];
        }
      }
      program.run(frame, n);
      for (int k = 0; k < out.length; k++) {
        store(out[k], frame, k, n);
      }
    }
  }

  private static void load(Cursor from, Frame frame, int input, int n) {
    if (from.buffer.dtype().isFloatingPoint()) {
      double[] registers = frame.floatInput(input);
      for (int i = 0; i < n; i++) {
        registers[i] = from.buffer.getDouble(from.next());
      }
    } else {
      long[] registers = frame.intInput(input);
      for (int i = 0; i < n; i++) {
        registers[i] = from.buffer.getLong(from.next());
      }
    }
  }

  private static void store(Cursor to, Frame frame, int output, int n) {
    if (to.buffer.dtype().isFloatingPoint()) {
      double[] registers = frame.floatOutput(output);
      for (int i = 0; i < n; i++) {
        to.buffer.setDouble(to.next(), registers[i]);
      }
    } else {
      long[] registers = frame.intOutput(output);
      for (int i = 0; i < n; i++) {
        to.buffer.setLong(to.next(), registers[i]);
      }
    }
  }
}
