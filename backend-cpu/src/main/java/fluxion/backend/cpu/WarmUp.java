package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * Runs new code on scratch operands until the virtual machine has compiled it.
 *
 * <p>Before that, a loop over vectors takes some hundred times as long as afterwards, and most of
 * it would be the callers' time.
 */
final class WarmUp {
  /**
   * Runs of two or more vectors and a tail: as many calls as bring a method to HotSpot's first
   * compiler (Tier3InvocationThreshold) at the least cost.
   */
  private static final int SHORT_RUNS = 220;

  /** Longer runs that bring it to the second one (Tier4MinInvocationThreshold and more loops). */
  private static final int MEDIUM_RUNS = SHORT_RUNS + 640;

  private static final int SHORT = 39;
  private static final int MEDIUM = 407;
  private static final int LONG = 4103;

  /** One turn takes so long at most. */
  private static final long LIMIT_NANOS = 300_000_000;

  private final KernelLoop loop;
  private final KernelLoop other;
  private final @Nullable Object[] arrays;
  private final int[] offsets;
  private final int[] columnSteps;
  private final double[] floatScalars;
  private final long[] intScalars;
  private int runs;

  /**
   * Makes operands of zeros.
   *
   * @param kernel the kernel
   * @param steps its layout class
   * @param loop the new code
   * @param other what it is to replace
   */
  WarmUp(Kernel kernel, ColumnStep[] steps, KernelLoop loop, KernelLoop other) {
    this.loop = loop;
    this.other = other;
    this.arrays = new Object[steps.length];
    this.offsets = new int[steps.length];
    this.columnSteps = new int[steps.length];
    int outputs = kernel.outputs().size();
    for (int k = 0; k < steps.length; k++) {
      DType type = k < outputs ? kernel.output(k).type() : kernel.inputType(k - outputs);
      columnSteps[k] = steps[k] == ColumnStep.UNIT ? 1 : steps[k] == ColumnStep.ZERO ? 0 : 2;
      if (type != null) {
        arrays[k] = Elements.allocate(type, 1 + (LONG - 1) * columnSteps[k]).array();
      }
    }
    int scalars = 0;
    for (Expr node : kernel.nodes()) {
      scalars += node.op() == ExprOp.SCALAR ? 1 : 0;
    }
    this.floatScalars = new double[scalars];
    this.intScalars = new long[scalars];
  }

  /** {@return the new code} */
  KernelLoop loop() {
    return loop;
  }

  /** {@return whether the new code is the faster, after one more turn of at most 0.3 seconds} */
  boolean isFaster() {
    long end = System.nanoTime() + LIMIT_NANOS;
    long best = Long.MAX_VALUE;
    long otherBest = Long.MAX_VALUE;
    do {
      if (runs++ < SHORT_RUNS) {
        time(loop, SHORT);
      } else if (runs < MEDIUM_RUNS) {
        time(loop, MEDIUM);
      } else {
        best = Math.min(best, time(loop, LONG));
        otherBest = Math.min(otherBest, time(other, LONG));
        if (best < otherBest) {
          return true;
        }
      }
    } while (System.nanoTime() < end);
    return false;
  }

  private long time(KernelLoop code, int columns) {
    long start = System.nanoTime();
    code.run(arrays, offsets, offsets, columnSteps, 1, columns, floatScalars, intScalars);
    return System.nanoTime() - start;
  }
}
