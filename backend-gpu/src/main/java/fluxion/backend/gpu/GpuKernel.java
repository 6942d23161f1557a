package fluxion.backend.gpu;

import fluxion.api.ArgumentException;
import fluxion.api.DeviceException;
import fluxion.api.Scalar;
import fluxion.backend.gpu.codegen.Leaves;
import fluxion.backend.gpu.codegen.PointwiseSource;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A kernel with what was compiled of it: a program for few dimensions, and for more if needed. */
final class GpuKernel implements CompiledKernel {
  private final OpenDevice runtime;
  private final Kernel kernel;
  private final Kernel lowered;
  private final Leaves leaves;
  private final Map<Integer, Executable> executables = new ConcurrentHashMap<>();

  GpuKernel(OpenDevice runtime, Kernel kernel) {
    this.runtime = runtime;
    this.kernel = kernel;
    this.lowered = kernel.lowered();
    this.leaves = Leaves.of(lowered);
    runtime.capabilities().dialect().require(lowered);
  }

  /**
   * {@return a compiled kernel as a device's own}
   *
   * @param kernel a compiled kernel
   * @param runtime the device
   * @throws DeviceException if another device compiled it
   */
  static GpuKernel of(CompiledKernel kernel, OpenDevice runtime) {
    if (kernel instanceof GpuKernel own && own.runtime == runtime) {
      return own;
    }
    throw new DeviceException(
        "expected a kernel compiled by the device '"
            + runtime.memory().device()
            + "', but found a "
            + kernel.getClass().getName()
            + " of another one; compile it there");
  }

  @Override
  public Kernel kernel() {
    return kernel;
  }

  /** {@return the number of outputs} */
  int outputs() {
    return kernel.outputs().size();
  }

  /** {@return what it reads} */
  Leaves leaves() {
    return leaves;
  }

  /**
   * {@return it compiled}
   *
   * @param dims the number of dimensions that it has room for
   * @param wide whether places may be beyond 2³¹
   */
  Executable executable(int dims, boolean wide) {
    int key = 2 * dims + (wide ? 1 : 0);
    Executable known = executables.get(key);
    if (known == null) {
      String source =
          PointwiseSource.of(lowered, leaves, runtime.capabilities().dialect(), dims, wide);
      known = runtime.compiler().compile(source, PointwiseSource.FUNCTION);
      executables.put(key, known);
    }
    return known;
  }

  /**
   * Adds the runtime scalars that are read.
   *
   * @throws ArgumentException if there are too few
   */
  void addScalars(Arguments arguments, Scalar[] scalars) {
    addScalars(arguments, leaves.scalars(), scalars);
  }

  /**
   * Adds the runtime scalars that are read.
   *
   * @throws ArgumentException if there are too few
   */
  static void addScalars(Arguments arguments, List<Expr> read, Scalar[] scalars) {
    for (Expr leaf : read) {
      if (leaf.number() >= scalars.length) {
        throw new ArgumentException(
            "the kernel reads scalar " + leaf.number() + ", given were " + scalars.length);
      }
      arguments.scalar(scalars[leaf.number()], leaf.type());
    }
  }
}
