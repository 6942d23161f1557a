package fluxion.backend.cpu;

import fluxion.api.Scalar;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Operand;

/**
 * Computes kernels at every index, block by block. A block's inputs are all read before its outputs
 * are written, so that an output may be an input.
 */
final class Pointwise {
  private Pointwise() {}

  /** Computes a kernel; see {@link fluxion.engine.spi.Backend#launch}. */
  static void launch(CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
    long left = outputs[0].numel();
    if (left == 0) {
      return;
    }
    int block = (int) Math.min(left, Values.BLOCK);
    KernelRun run =
        new KernelRun(
            CpuKernel.of(kernel).program(),
            scalars,
            outputs[0].shape(),
            Dims.all(outputs[0]),
            inputs,
            block);
    ElementStream[] streams = new ElementStream[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      streams[i] = new ElementStream(outputs[i]);
    }
    while (left > 0) {
      int n = (int) Math.min(left, block);
      run.next(n);
      for (int i = 0; i < outputs.length; i++) {
        streams[i].write(run.output(i), 0, n);
      }
      left -= n;
    }
  }
}
