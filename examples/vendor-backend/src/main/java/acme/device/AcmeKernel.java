package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.*;
import fluxion.engine.spi.ExprProgram.Frame;
import java.util.Arrays;

/** A kernel as a program of the engine's interpreter. A device with a compiler compiles here. */
record AcmeKernel(Kernel kernel, ExprProgram program) implements CompiledKernel {
  private static final int BLOCK = 256;

  /** Each block is read before it is written: an output may be the same window as an input. */
  void run(Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
    Window[] in = Arrays.stream(inputs).map(Window::new).toArray(Window[]::new);
    Window[] out = Arrays.stream(outputs).map(Window::new).toArray(Window[]::new);
    Shape shape = outputs[0].shape();
    Frame frame = program.newFrame(BLOCK); // of this call alone: any number of threads may be here
    frame.scalars(scalars);
    for (int start = 0; start < out[0].size(); start += BLOCK) {
      int n = Math.min(out[0].size() - start, BLOCK);
      for (int k = 0; k < kernel.inputCount(); k++) {
        if (kernel.inputType(k) != null) { // an output reads it
          boolean floats = kernel.inputType(k).isFloatingPoint();
          Window.of(floats ? frame.floatInput(k) : frame.intInput(k)).set(0, in[k], start, n);
        }
      }
      for (int d = 0; d < kernel.indexDims(); d++) {
        long[] index = frame.index(d);
        long step = shape.contiguousStrides()[d];
        for (int i = 0; i < n; i++) {
          index[i] = (start + i) / step % shape.size(d);
        }
      }
      program.run(frame, n);
      for (int k = 0; k < out.length; k++) {
        boolean floats = kernel.output(k).type().isFloatingPoint();
        out[k].set(start, Window.of(floats ? frame.floatOutput(k) : frame.intOutput(k)), 0, n);
      }
    }
  }
}
