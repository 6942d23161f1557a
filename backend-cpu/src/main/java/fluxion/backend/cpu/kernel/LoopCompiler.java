package fluxion.backend.cpu.kernel;

import fluxion.engine.spi.Kernel;

/** Makes code of a kernel's own. */
public interface LoopCompiler {
  /**
   * {@return a loop for a layout class}
   *
   * @param kernel a lowered kernel without indices
   * @param steps how each operand lies along a row, in the order of {@link KernelLoop}; the loop is
   *     run with such steps alone
   */
  KernelLoop compile(Kernel kernel, ColumnStep[] steps);

  /**
   * {@return a loop for a layout class that will compute few elements, and is fast soon}
   *
   * @param kernel a lowered kernel without indices
   * @param steps how each operand lies along a row, as for {@link #compile}
   */
  default KernelLoop compileForFew(Kernel kernel, ColumnStep[] steps) {
    return compile(kernel, steps);
  }
}
