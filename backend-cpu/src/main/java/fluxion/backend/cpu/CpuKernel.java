package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.DeviceException;
import fluxion.backend.cpu.kernel.LoopCompiler;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kernel with the loops that run it.
 *
 * <p>A kernel that reads indices is rewritten to one that reads an int64 input instead, the {@code
 * j}-th after its own inputs for the {@code j}-th dimension in {@link #indexed}, and adds a runtime
 * scalar to it, likewise numbered.
 */
final class CpuKernel implements CompiledKernel {
  /** The launches of as many threads are kept. */
  private static final int SLOTS = 8;

  private final Kernel kernel;
  private final KernelLoops loops;
  private final int[] indexed;
  private final int outputs;
  private final boolean[] read;
  private final DType[] scalarTypes;
  private final int[] scalarNumbers;
  private final int scalarCount;
  private final @Nullable Launch[] slots = new Launch[SLOTS];

  private CpuKernel(Kernel kernel, KernelMode mode, LoopCompiler compiler) {
    this.kernel = kernel;
    this.indexed = indexedDims(kernel);
    Kernel lowered = withoutIndices(kernel, indexed).lowered();
    this.loops = new KernelLoops(lowered, mode, compiler);
    this.outputs = kernel.outputs().size();
    this.read = new boolean[outputs + lowered.inputCount()];
    for (int k = 0; k < read.length; k++) {
      read[k] = k < outputs || lowered.inputType(k - outputs) != null;
    }
    List<Expr> scalars = new ArrayList<>();
    for (Expr node : lowered.nodes()) {
      if (node.op() == ExprOp.SCALAR) {
        scalars.add(node);
      }
    }
    this.scalarTypes = new DType[scalars.size()];
    this.scalarNumbers = new int[scalars.size()];
    for (int k = 0; k < scalarTypes.length; k++) {
      scalarTypes[k] = scalars.get(k).type();
      scalarNumbers[k] = scalars.get(k).number();
    }
    this.scalarCount = lowered.scalarCount();
  }

  /** {@return a kernel made ready} */
  static CpuKernel compile(Kernel kernel) {
    return compile(kernel, KernelMode.fromProperty(), GeneratedLoops.COMPILER);
  }

  /** {@return a kernel that always runs interpreted} */
  static CpuKernel interpreted(Kernel kernel) {
    return compile(kernel, KernelMode.INTERPRETED, GeneratedLoops.COMPILER);
  }

  /** {@return a kernel made ready to be run in a mode, by a compiler} */
  static CpuKernel compile(Kernel kernel, KernelMode mode, LoopCompiler compiler) {
    return new CpuKernel(kernel, mode, compiler);
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

  private static int[] indexedDims(Kernel kernel) {
    int[] dims = new int[kernel.indexDims()];
    int count = 0;
    for (int d = 0; d < dims.length; d++) {
      if (kernel.nodes().contains(Expr.index(d))) {
        dims[count++] = d;
      }
    }
    return Arrays.copyOf(dims, count);
  }

  private static Kernel withoutIndices(Kernel kernel, int[] dims) {
    if (dims.length == 0) {
      return kernel;
    }
    List<Expr> outputs = new ArrayList<>(kernel.outputs());
    for (int j = 0; j < dims.length; j++) {
      Expr position =
          Expr.input(kernel.inputCount() + j, DType.INT64)
              .add(Expr.scalar(kernel.scalarCount() + j, DType.INT64));
      for (int k = 0; k < outputs.size(); k++) {
        outputs.set(k, outputs.get(k).replace(Expr.index(dims[j]), position));
      }
    }
    return Kernel.of(outputs);
  }

  @Override
  public Kernel kernel() {
    return kernel;
  }

  /** {@return the loops, which run the kernel without its indices} */
  KernelLoops loops() {
    return loops;
  }

  /** {@return the dimensions whose indices are read, ascending; not to be changed} */
  int[] indexed() {
    return indexed;
  }

  /** {@return the number of outputs} */
  int outputs() {
    return outputs;
  }

  /** {@return the number of operands: outputs, inputs and the indices' inputs} */
  int operands() {
    return read.length;
  }

  /** {@return whether an operand is written or read} */
  boolean reads(int operand) {
    return read[operand];
  }

  /** {@return the number of runtime scalars that must be given} */
  int scalarCount() {
    return scalarCount;
  }

  /** {@return the dtypes of the scalars in the order of their leaves; not to be changed} */
  DType[] scalarTypes() {
    return scalarTypes;
  }

  /** {@return the numbers of the scalars in the order of their leaves; not to be changed} */
  int[] scalarNumbers() {
    return scalarNumbers;
  }

  /**
   * {@return the calling thread's launch, whose arrays are used again by its next one}
   *
   * <p>Threads share slots, and one finds its own launch by its owner alone, so that nothing is
   * locked; where threads take turns in a slot, each makes a new one.
   */
  Launch launch() {
    long thread = Thread.currentThread().threadId();
    int slot = (int) thread & (SLOTS - 1);
    Launch found = slots[slot];
    if (found == null || found.owner != thread) {
      found = new Launch(this, thread);
      slots[slot] = found;
    }
    return found;
  }
}
