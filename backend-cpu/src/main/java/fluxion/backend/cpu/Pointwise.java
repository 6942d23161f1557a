package fluxion.backend.cpu;

import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Operand;

/** Computes kernels at every index. An output may be an input. */
final class Pointwise {
  private Pointwise() {}

  /** Computes a kernel; see {@link fluxion.engine.spi.Backend#launch}. */
  static void launch(
      CompiledKernel compiled, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
    CpuKernel kernel = CpuKernel.of(compiled);
    Shape shape = outputs[0].shape();
    if (shape.numel() == 0) {
      return;
    }
    if (kernel.indexed().length > 0) {
      IndexedLaunch.run(kernel, outputs, inputs, scalars);
      return;
    }
    Launch launch = kernel.launch();
    launch.scalars(scalars);
    launch.run(shape, outputs, inputs);
  }
}
