package fluxion.backend.cpu;

import fluxion.api.DeviceException;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.ExprProgram;
import fluxion.engine.spi.Kernel;

/**
 * A kernel with its program for the interpreter.
 *
 * @param kernel what is computed
 * @param program its steps
 */
record CpuKernel(Kernel kernel, ExprProgram program) implements CompiledKernel {
  /** {@return a kernel made ready} */
  static CpuKernel compile(Kernel kernel) {
    return new CpuKernel(kernel, ExprProgram.compile(kernel));
  }

  /**
   * {@return a compiled kernel as this backend's own}
   *
   * @param kernel a compiled kernel
   * @throws DeviceException if another backend compiled it
   */
  static CpuKernel of(CompiledKernel kernel) {
    if (kernel instanceof CpuKernel own) {
      return own;
    }
    throw new DeviceException(
        "expected a kernel compiled by the device 'cpu', but found a "
            + kernel.getClass().getName());
  }
}
