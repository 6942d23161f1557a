package fluxion.backend.cpu;

import fluxion.backend.cpu.interpret.Interpreter;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.backend.cpu.kernel.LoopCompiler;
import fluxion.engine.spi.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * The ways to run one kernel: the interpreter and, a layout class each, code of its own.
 *
 * <p>A kernel is interpreted until it has computed {@link #WARM} elements; the count is read
 * between calls, so that a first call is interpreted whatever its size. From then on code is
 * generated for each layout class that occurs, off the callers' threads, and used once it is faster
 * there. The bits are the same either way. Where that fails the class stays interpreted.
 *
 * <p>Launches of little work are counted by themselves, and from {@link #OFTEN} on have code
 * without vectors. They would gain little by those, which take the virtual machine's compiler long,
 * and for as long all that a small program consists of waits for it.
 */
final class KernelLoops {
  /** The number of elements after which a kernel is compiled. */
  static final int WARM = 1 << 20;

  /** The number of little launches after which they have code of their own. */
  static final int OFTEN = 250;

  /** A launch is little if it takes at most so many operations. */
  private static final int LITTLE = 1024;

  /** An element counts as so many operations at least. */
  private static final int LEAST = 8;

  /** How many operands a layout class tells apart; further ones are taken to lie anyhow. */
  private static final int KEYED = Long.SIZE / 2;

  private final Kernel kernel;
  private final Interpreter interpreter;
  private final KernelMode mode;
  private final LoopCompiler compiler;
  private final int operands;
  private final int operations;
  private final Object growing = new Object();
  private long computed; // racy: a lost count only delays the compilation
  private int launches; // likewise
  private final int most;
  private volatile @Nullable LayoutClass classes;
  private volatile @Nullable LayoutClass littleClasses;

  /**
   * The loops of a kernel.
   *
   * @param kernel a lowered kernel without indices
   * @param mode when it is compiled
   * @param compiler what compiles it
   */
  KernelLoops(Kernel kernel, KernelMode mode, LoopCompiler compiler) {
    this.kernel = kernel;
    this.interpreter = Interpreter.of(kernel);
    this.mode = mode;
    this.compiler = compiler;
    this.operands = kernel.outputs().size() + kernel.inputCount();
    this.operations = interpreter.operations();
    this.most = LITTLE / Math.max(operations, LEAST);
  }

  /** {@return the number of operations an element, as a measure of time} */
  int operations() {
    return operations;
  }

  /**
   * {@return the loop for a launch}
   *
   * @param elements how many elements it computes
   * @param columnSteps the steps from column to column
   */
  KernelLoop choose(int elements, int[] columnSteps) {
    boolean little = false;
    if (mode == KernelMode.ADAPTIVE) {
      little = elements <= most;
      if (little ? launches < OFTEN : computed < WARM) {
        if (little) {
          launches++;
        } else {
          computed += elements;
        }
        return interpreter;
      }
    } else if (mode == KernelMode.INTERPRETED) {
      return interpreter;
    }
    KernelLoop loop = layoutClass(little, columnSteps).loop;
    return loop != null ? loop : interpreter;
  }

  private LayoutClass layoutClass(boolean little, int[] columnSteps) {
    long key = key(columnSteps);
    LayoutClass found = find(little ? littleClasses : classes, key);
    return found != null ? found : add(little, key, columnSteps);
  }

  private static long key(int[] columnSteps) {
    long key = 0;
    for (int k = 0; k < Math.min(columnSteps.length, KEYED); k++) {
      int step = columnSteps[k];
      key = key << 2 | (step == 1 ? 1 : step == 0 ? 2 : 3);
    }
    return key;
  }

  private static @Nullable LayoutClass find(@Nullable LayoutClass first, long key) {
    for (LayoutClass c = first; c != null; c = c.next) {
      if (c.key == key) {
        return c;
      }
    }
    return null;
  }

  private LayoutClass add(boolean little, long key, int[] columnSteps) {
    LayoutClass added;
    synchronized (growing) {
      LayoutClass first = little ? littleClasses : classes;
      LayoutClass found = find(first, key);
      if (found != null) {
        return found;
      }
      added = new LayoutClass(key, first);
      if (little) {
        littleClasses = added;
      } else {
        classes = added;
      }
    }
    ColumnStep[] steps = new ColumnStep[operands];
    for (int k = 0; k < operands; k++) {
      steps[k] = k < KEYED ? ColumnStep.of(columnSteps[k]) : ColumnStep.ANY;
    }
    Compilation compilation = new Compilation(compiler, kernel, steps, interpreter, added, little);
    if (mode == KernelMode.COMPILED) {
      compilation.now();
    } else {
      compilation.submit();
    }
    return added;
  }

  /** The compiled loop of a layout class, once it is there. */
  static final class LayoutClass {
    /** The loop, or null as long as there is none. */
    volatile @Nullable KernelLoop loop;

    private final long key;
    private final @Nullable LayoutClass next;

    LayoutClass(long key, @Nullable LayoutClass next) {
      this.key = key;
      this.next = next;
    }
  }
}
