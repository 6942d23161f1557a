package fluxion.backend.cpu;

import fluxion.backend.cpu.codegen.KernelCompiler;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.backend.cpu.kernel.LoopCompiler;
import fluxion.engine.spi.Kernel;

/**
 * The way to the code generator. Nothing of it, and nothing that it needs, is initialised before
 * the first kernel is compiled.
 */
final class GeneratedLoops implements LoopCompiler {
  /** The compiler that kernels use unless a test gives them another. */
  static final LoopCompiler COMPILER = new GeneratedLoops();

  private GeneratedLoops() {}

  @Override
  public KernelLoop compile(Kernel kernel, ColumnStep[] steps) {
    return KernelCompiler.compile(kernel, steps);
  }

  @Override
  public KernelLoop compileForFew(Kernel kernel, ColumnStep[] steps) {
    return KernelCompiler.compileScalar(kernel, steps);
  }
}
