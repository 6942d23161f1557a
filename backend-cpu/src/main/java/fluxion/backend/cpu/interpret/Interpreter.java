package fluxion.backend.cpu.interpret;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.engine.spi.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that runs block by block on registers.
 *
 * <p>Small pieces are computed where they lie: an operand that is contiguous, of a register's own
 * array type and at the same offset as the first output is used as its register. All operands of a
 * loop have the same indices, since the compiler vectorises no loop whose arrays have different
 * offsets and may be one. Everything else is copied to registers a block at a time, several short
 * rows together, and the results are copied back when the block's inputs have all been read, so
 * that an output may be an input.
 */
public final class Interpreter implements KernelLoop {
  /** Frames of as many threads are kept. */
  private static final int SLOTS = 8;

  /** The columns of a tile of operands that are transposed to each other. */
  private static final int TILE = 32;

  /** How much is computed at a time where nothing needs a register. */
  private static final int STRETCH = 4096;

  private final Program program;
  private final @Nullable Registers[] slots = new Registers[SLOTS];

  private Interpreter(Program program) {
    this.program = program;
  }

  /**
   * {@return the loop of a kernel, at once}
   *
   * @param kernel a kernel without indices
   */
  public static Interpreter of(Kernel kernel) {
    return new Interpreter(new Program(kernel));
  }

  /** {@return how many operations an element takes, as a measure of time} */
  public int operations() {
    return program.steps.length;
  }

  @Override
  public void run(
      @Nullable Object[] arrays,
      int[] offsets,
      int[] rowSteps,
      int[] columnSteps,
      int rows,
      int columns,
      double[] floatScalars,
      long[] intScalars) {
    if (rows == 0 || columns == 0) {
      return;
    }
    Registers own = registers();
    int start = offsets[0];
    if (rows == 1) {
      boolean small = start <= Registers.BLOCK - columns;
      if (small || (program.bare && columns > 1)) {
        long direct = program.direct(arrays, offsets, columnSteps, columns);
        if (small) {
          program.fillScalars(own, floatScalars, intScalars, start, start + columns);
          piece(own, arrays, offsets, columnSteps, direct, start, columns);
          return;
        }
        if (direct == program.allOperands) {
          stretches(own, arrays, direct, start, columns);
          return;
        }
      }
    }
    blocks(own, arrays, offsets, rowSteps, columnSteps, rows, columns, floatScalars, intScalars);
  }

  /** One row that fits a register from {@code start} on. */
  private void piece(
      Registers own,
      @Nullable Object[] arrays,
      int[] offsets,
      int[] columnSteps,
      long direct,
      int start,
      int n) {
    if (direct != program.allOperands) {
      for (int i = program.outputs; i < program.operands; i++) {
        Object array = arrays[i];
        if (array != null && !Program.has(direct, i)) {
          DType type = program.type(i);
          Staging.load(type, array, offsets[i], columnSteps[i], own.get(i), start, n);
        }
      }
    }
    for (Step step : program.steps) {
      step.run(own, arrays, direct, start, start + n);
    }
    if (direct != program.allOperands) {
      for (int k = 0; k < program.outputs; k++) {
        if (!Program.has(direct, k)) {
          Object from = own.get(program.source(k), arrays, direct);
          Object array = present(arrays[k]);
          Staging.store(program.type(k), from, start, array, offsets[k], columnSteps[k], n);
        }
      }
    }
  }

  /** One row of any length whose operands are all used where they lie. */
  private void stretches(
      Registers own, @Nullable Object[] arrays, long direct, int start, int columns) {
    for (int done = 0; done < columns; done += STRETCH) {
      int from = start + done;
      int to = from + Math.min(STRETCH, columns - done);
      for (Step step : program.steps) {
        step.run(own, arrays, direct, from, to);
      }
    }
  }

  private void blocks(
      Registers own,
      @Nullable Object[] arrays,
      int[] offsets,
      int[] rowSteps,
      int[] columnSteps,
      int rows,
      int columns,
      double[] floatScalars,
      long[] intScalars) {
    boolean tiled = rows > 1 && columns > TILE && isTransposed(arrays, rowSteps, columnSteps);
    int wide = Math.min(columns, tiled ? TILE : Registers.BLOCK);
    int high = wide < columns && !tiled ? 1 : Math.min(rows, Registers.BLOCK / wide);
    int across = (columns - 1) / wide + 1;
    int down = (rows - 1) / high + 1;
    program.fillScalars(own, floatScalars, intScalars, 0, high * wide);
    int lastRow = -1;
    int lastColumn = -1;
    for (int block = 0; block < across * down; block++) {
      // a transposed operand is walked down a tile of columns, whose cache lines are used again
      int row = high * (tiled ? block % down : block / across);
      int column = wide * (tiled ? block / down : block % across);
      int height = Math.min(high, rows - row);
      int width = Math.min(wide, columns - column);
      for (int i = program.outputs; i < program.operands; i++) {
        Object array = arrays[i];
        // what a broadcast input left in its register for the block before still holds
        boolean kept =
            block > 0
                && (rowSteps[i] == 0 || row == lastRow)
                && (columnSteps[i] == 0 || column == lastColumn)
                && (high == 1 || wide == columns || (rowSteps[i] == 0 && columnSteps[i] == 0));
        if (array != null && !kept) {
          int at = offsets[i] + row * rowSteps[i] + column * columnSteps[i];
          load(own.get(i), i, array, at, rowSteps[i], columnSteps[i], height, width);
        }
      }
      for (Step step : program.steps) {
        step.run(own, arrays, 0, 0, height * width);
      }
      for (int k = 0; k < program.outputs; k++) {
        int at = offsets[k] + row * rowSteps[k] + column * columnSteps[k];
        Object from = own.get(program.source(k));
        store(from, k, present(arrays[k]), at, rowSteps[k], columnSteps[k], height, width);
      }
      lastRow = row;
      lastColumn = column;
    }
  }

  /** {@return whether an input lies closer together along columns than along rows} */
  private boolean isTransposed(@Nullable Object[] arrays, int[] rowSteps, int[] columnSteps) {
    for (int i = program.outputs; i < program.operands; i++) {
      if (arrays[i] != null
          && rowSteps[i] != 0
          && Math.abs(rowSteps[i]) < Math.abs(columnSteps[i])) {
        return true;
      }
    }
    return false;
  }

  private void load(
      Object register,
      int operand,
      Object array,
      int at,
      int rowStep,
      int columnStep,
      int height,
      int width) {
    DType type = program.type(operand);
    if (rowStep == width * columnStep) {
      Staging.load(type, array, at, columnStep, register, 0, height * width);
      return;
    }
    for (int r = 0; r < height; r++) {
      Staging.load(type, array, at + r * rowStep, columnStep, register, r * width, width);
    }
  }

  private void store(
      Object register,
      int operand,
      Object array,
      int at,
      int rowStep,
      int columnStep,
      int height,
      int width) {
    DType type = program.type(operand);
    if (rowStep == width * columnStep) {
      Staging.store(type, register, 0, array, at, columnStep, height * width);
      return;
    }
    for (int r = 0; r < height; r++) {
      Staging.store(type, register, r * width, array, at + r * rowStep, columnStep, width);
    }
  }

  private static Object present(@Nullable Object output) {
    if (output == null) {
      throw new IllegalArgumentException("an output has no array");
    }
    return output;
  }

  /**
   * Registers that no other thread uses. Threads share slots, and one finds its own registers by
   * their owner alone, so that nothing is locked; where threads take turns in a slot, each makes
   * new ones.
   */
  private Registers registers() {
    long thread = Thread.currentThread().threadId();
    int slot = (int) thread & (SLOTS - 1);
    Registers found = slots[slot];
    if (found == null || found.owner != thread) {
      found = program.newRegisters(thread);
      slots[slot] = found;
    }
    return found;
  }
}
