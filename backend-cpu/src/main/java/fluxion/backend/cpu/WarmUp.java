package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs new code on scratch operands until the virtual machine has compiled it.
 *
 * <p>Before that, a loop over vectors takes some hundred times as long as afterwards, and most of
 * it would be the callers' time.
 *
 * <p>HotSpot's second compiler takes a method after a few thousand calls, whatever they do; so most
 * runs are of one element or three, which use no vectors and take a microsecond. But it leaves out
 * what it has never seen done, and code that comes there later is thrown away and begins anew. So
 * runs differ: with and without vectors, of one row and of two, with numbers of all kinds.
 */
final class WarmUp {
  /** The runs between two comparisons. */
  private static final int BURST = 512;

  /** One run of so many is long enough for vectors, and one of so many of those has two rows. */
  private static final int SELDOM = 8;

  /** Two or more vectors and a tail. */
  private static final int SHORT = 39;

  private static final int MEDIUM = 407;
  private static final int LONG = 4103;

  /**
   * Code that takes so many times as long as the other is not tried again, nor on more columns: an
   * object for each vector is a heap of garbage.
   */
  private static final int HOPELESS = 2;

  private static final int TRIALS = 3;

  /** Runs begin at so many places in turn, so that each number meets each operation. */
  private static final int PLACES = 26;

  /** For as long the compilers are left alone before the next burst. */
  private static final long PAUSE_NANOS = 2_000_000;

  private static final double[] NUMBERS = {
    0,
    1,
    -1,
    0.5,
    -2.5,
    3,
    20,
    -20,
    100,
    -100,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  private final KernelLoop loop;
  private final KernelLoop other;
  private final @Nullable Object[] arrays;
  private final int[] offsets;
  private final int[] rowSteps;
  private final int[] columnSteps;
  private final double[] floatScalars;
  private final long[] intScalars;
  private int runs;
  private long otherMedium = Long.MAX_VALUE;

  /**
   * Makes operands.
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
    this.rowSteps = new int[steps.length];
    this.columnSteps = new int[steps.length];
    int outputs = kernel.outputs().size();
    for (int k = 0; k < steps.length; k++) {
      DType type = k < outputs ? kernel.output(k).type() : kernel.inputType(k - outputs);
      columnSteps[k] = steps[k] == ColumnStep.UNIT ? 1 : steps[k] == ColumnStep.ZERO ? 0 : 2;
      if (type != null) {
        int last = PLACES + (LONG - 1) * columnSteps[k];
        arrays[k] = numbers(type, last + 1, k).array();
      }
    }
    int scalars = 0;
    for (Expr node : kernel.nodes()) {
      scalars += node.op() == ExprOp.SCALAR ? 1 : 0;
    }
    this.floatScalars = new double[scalars];
    this.intScalars = new long[scalars];
  }

  private static Elements numbers(DType type, int length, int seed) {
    Elements elements = Elements.allocate(type, length);
    for (int i = 0; i < length; i++) {
      double number = NUMBERS[i * (seed + 1) % NUMBERS.length];
      if (type.isFloatingPoint()) {
        elements.setDouble(i, number);
      } else {
        elements.setLong(i, type == DType.BOOL ? i / (seed + 1) & 1 : (long) Math.abs(number) & 63);
      }
    }
    return elements;
  }

  /** {@return the new code} */
  KernelLoop loop() {
    return loop;
  }

  /**
   * {@return whether the new code is the faster, after more runs}
   *
   * @param more whether there may be a burst after one that was not enough
   */
  boolean isFaster(BooleanSupplier more) {
    while (true) {
      for (int i = 0; i < BURST; i++) {
        run();
      }
      Arrays.fill(offsets, 0);
      if (wins()) {
        return true;
      }
      if (!more.getAsBoolean()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void run() {
    int run = runs++;
    Arrays.fill(offsets, run % PLACES);
    Arrays.fill(floatScalars, NUMBERS[run % NUMBERS.length]);
    Arrays.fill(intScalars, run & 1);
    boolean vectors = run % SELDOM == 0;
    boolean twoRows = vectors && run / SELDOM % SELDOM == 0;
    run(loop, twoRows ? 2 : 1, vectors ? SHORT : 1 + (run & 2));
  }

  private boolean wins() {
    otherMedium = Math.min(otherMedium, time(other, MEDIUM));
    if (time(loop, MEDIUM) / HOPELESS > otherMedium) {
      return false;
    }
    long best = Long.MAX_VALUE;
    long otherBest = Long.MAX_VALUE;
    for (int i = 0; i < TRIALS; i++) {
      otherBest = Math.min(otherBest, time(other, LONG));
      best = Math.min(best, time(loop, LONG));
      if (best / HOPELESS > otherBest) {
        return false;
      }
    }
    return best < otherBest;
  }

  private long time(KernelLoop code, int columns) {
    long start = System.nanoTime();
    run(code, 1, columns);
    return System.nanoTime() - start;
  }

  private void run(KernelLoop code, int rows, int columns) {
    code.run(arrays, offsets, rowSteps, columnSteps, rows, columns, floatScalars, intScalars);
  }
}
