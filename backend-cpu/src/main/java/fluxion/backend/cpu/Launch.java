package fluxion.backend.cpu;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How one launch walks its operands: dimensions are put in the order of the first output's strides,
 * those that lie in memory as one are merged, the fastest is the columns, the next one the rows,
 * and the others are walked around the loop.
 *
 * <p>The object is a thread's working memory for one kernel. The operands' arrays are not kept in
 * it: a launch would be what keeps a freed tensor's memory alive, and storing a reference into an
 * old object costs more than a small new array.
 */
final class Launch {
  /** The number of the thread that may use it, {@link Thread#threadId()}. */
  final long owner;

  private final CpuKernel kernel;
  private final int operands;
  private final int[] offsets;
  private final int[] unitSteps;
  private final int[] noSteps;
  private final double[] floatScalars;
  private final long[] intScalars;
  private int dims;
  private int[] sizes = new int[4];
  private int[][] steps = new int[4][];

  Launch(CpuKernel kernel, long owner) {
    this.kernel = kernel;
    this.owner = owner;
    this.operands = kernel.operands();
    this.offsets = new int[operands];
    this.unitSteps = new int[operands];
    Arrays.fill(unitSteps, 1);
    this.noSteps = new int[operands];
    this.floatScalars = new double[kernel.scalarTypes().length];
    this.intScalars = new long[floatScalars.length];
    for (int d = 0; d < steps.length; d++) {
      steps[d] = new int[operands];
    }
  }

  /**
   * Takes the runtime scalars, converted to the dtypes with which they are read.
   *
   * @throws ArgumentException if there are too few
   */
  void scalars(Scalar[] scalars) {
    requireScalars(scalars, kernel.scalarCount());
    DType[] types = kernel.scalarTypes();
    int[] numbers = kernel.scalarNumbers();
    for (int k = 0; k < types.length; k++) {
      Scalar scalar = scalars[numbers[k]];
      DType type = types[k];
      if (type == DType.FLOAT32) {
        floatScalars[k] =
            scalar.isFloatingPoint() ? (float) scalar.toDouble() : (float) scalar.toLong();
      } else if (type == DType.FLOAT64) {
        floatScalars[k] = scalar.toDouble();
      } else if (type == DType.BOOL) {
        intScalars[k] = scalar.toBoolean() ? 1 : 0;
      } else {
        intScalars[k] = LongValues.wrap(type, scalar.toLong());
      }
    }
  }

  /**
   * Checks that there are enough runtime scalars.
   *
   * @throws ArgumentException if there are too few
   */
  static void requireScalars(Scalar[] scalars, int count) {
    if (scalars.length < count) {
      throw new ArgumentException(
          "the kernel reads " + count + " scalars, given were " + scalars.length);
    }
  }

  /** Computes every element. */
  void run(Shape shape, Operand[] outputs, Operand[] inputs) {
    @Nullable Object[] arrays = new Object[operands];
    boolean contiguous = true;
    for (int k = 0; k < operands; k++) {
      if (kernel.reads(k)) {
        Operand operand = operand(outputs, inputs, k);
        arrays[k] = CpuBuffer.elements(operand).array();
        Layout layout = operand.layout();
        offsets[k] = (int) layout.offset();
        contiguous = contiguous && layout.isContiguous();
      }
    }
    int elements = (int) shape.numel();
    if (contiguous) {
      dims = 0;
      run(arrays, elements, 1, elements, noSteps, unitSteps);
    } else {
      arrange(shape, outputs, inputs);
      run(
          arrays,
          elements,
          dims > 1 ? sizes[dims - 2] : 1,
          dims > 0 ? sizes[dims - 1] : 1,
          dims > 1 ? steps[dims - 2] : noSteps,
          dims > 0 ? steps[dims - 1] : unitSteps);
    }
  }

  private Operand operand(Operand[] outputs, Operand[] inputs, int k) {
    return k < outputs.length ? outputs[k] : inputs[k - outputs.length];
  }

  private void run(
      @Nullable Object[] arrays,
      int elements,
      int rows,
      int columns,
      int[] rowSteps,
      int[] columnSteps) {
    KernelLoop loop = kernel.loops().choose(elements, columnSteps);
    if (Split.pays(elements, kernel.loops().operations())) {
      Chunks parts = new Chunks(loop, arrays, elements, rows, columns, rowSteps, columnSteps);
      Workers.run(parts.count(), parts);
    } else if (dims <= 2) {
      runAligned(loop, arrays, rows, columns, rowSteps, columnSteps);
    } else {
      walk(loop, arrays, rows, rowSteps, columnSteps, 0, elements / columns, 0, columns);
    }
  }

  /** Computes all elements; of one long row the few before a line of the cache begins first. */
  private void runAligned(
      KernelLoop loop,
      @Nullable Object[] arrays,
      int rows,
      int columns,
      int[] rowSteps,
      int[] columnSteps) {
    int before = rows == 1 ? Split.unaligned(arrays[0], offsets[0], columns) : 0;
    if (before == 0) {
      loop.run(arrays, offsets, rowSteps, columnSteps, rows, columns, floatScalars, intScalars);
      return;
    }
    walk(loop, arrays, 1, rowSteps, columnSteps, 0, 1, 0, before);
    walk(loop, arrays, 1, rowSteps, columnSteps, 0, 1, before, columns - before);
  }

  /** Computes some columns of some rows, counted through all dimensions but the last. */
  private void walk(
      KernelLoop loop,
      @Nullable Object[] arrays,
      int rows,
      int[] rowSteps,
      int[] columnSteps,
      int firstRow,
      int endRow,
      int firstColumn,
      int columns) {
    int[] at = new int[operands];
    int row = firstRow;
    while (row < endRow) {
      int inner = row % rows;
      int height = Math.min(rows - inner, endRow - row);
      int outer = row / rows;
      for (int k = 0; k < operands; k++) {
        at[k] = offsets[k] + inner * rowSteps[k] + firstColumn * columnSteps[k];
      }
      for (int d = dims - 3; d >= 0; d--) {
        int index = outer % sizes[d];
        outer /= sizes[d];
        for (int k = 0; k < operands; k++) {
          at[k] += index * steps[d][k];
        }
      }
      loop.run(arrays, at, rowSteps, columnSteps, height, columns, floatScalars, intScalars);
      row += height;
    }
  }

  /** Orders and merges the dimensions of more than one element. */
  private void arrange(Shape shape, Operand[] outputs, Operand[] inputs) {
    dims = 0;
    for (int d = 0; d < shape.dim(); d++) {
      int size = (int) shape.size(d);
      if (size > 1) {
        reserve(dims);
        sizes[dims] = size;
        for (int k = 0; k < operands; k++) {
          // an operand with elements lies in an array, so its strides are ints
          steps[dims][k] =
              kernel.reads(k) ? (int) operand(outputs, inputs, k).layout().stride(d) : 0;
        }
        sink(dims++);
      }
    }
    int merged = 0;
    for (int d = 1; d < dims; d++) {
      if (areOne(merged, d)) {
        sizes[merged] *= sizes[d];
        swap(d, merged, steps);
      } else {
        merged++;
        sizes[merged] = sizes[d];
        swap(d, merged, steps);
      }
    }
    dims = Math.min(dims, merged + 1);
  }

  private void reserve(int dim) {
    if (dim == sizes.length) {
      sizes = Arrays.copyOf(sizes, 2 * dim);
      steps = Arrays.copyOf(steps, 2 * dim);
      for (int d = dim; d < steps.length; d++) {
        steps[d] = new int[operands];
      }
    }
  }

  /** Brings a dimension before those over which the first output steps less far. */
  private void sink(int dim) {
    for (int d = dim; d > 0 && Math.abs(steps[d - 1][0]) < Math.abs(steps[d][0]); d--) {
      int size = sizes[d];
      sizes[d] = sizes[d - 1];
      sizes[d - 1] = size;
      swap(d, d - 1, steps);
    }
  }

  /** Whether stepping through one dimension is going on along the next. */
  private boolean areOne(int outer, int inner) {
    for (int k = 0; k < operands; k++) {
      if (steps[outer][k] != (long) sizes[inner] * steps[inner][k]) {
        return false;
      }
    }
    return true;
  }

  private static void swap(int a, int b, int[][] rows) {
    int[] row = rows[a];
    rows[a] = rows[b];
    rows[b] = row;
  }

  /** The parts of a split launch: some rows, and of long rows some columns. */
  private final class Chunks implements Workers.Task {
    private final KernelLoop loop;
    private final @Nullable Object[] arrays;
    private final int rows;
    private final int columns;
    private final int[] rowSteps;
    private final int[] columnSteps;
    private final int high;
    private final int wide;
    private final int before;
    private final int across;
    private final int allRows;

    Chunks(
        KernelLoop loop,
        @Nullable Object[] arrays,
        int elements,
        int rows,
        int columns,
        int[] rowSteps,
        int[] columnSteps) {
      this.loop = loop;
      this.arrays = arrays;
      this.rows = rows;
      this.columns = columns;
      this.rowSteps = rowSteps;
      this.columnSteps = columnSteps;
      int chunk = Split.chunk(elements);
      boolean longRows = columns >= 2 * chunk;
      this.high = longRows ? 1 : Math.max(1, chunk / columns);
      this.wide = longRows ? chunk : columns;
      this.before = longRows ? Split.unaligned(arrays[0], offsets[0], columns) : 0;
      this.across = (columns - before - 1) / wide + (before > 0 ? 2 : 1);
      this.allRows = elements / columns;
    }

    int count() {
      return across * ((allRows - 1) / high + 1);
    }

    @Override
    public void run(int chunk) {
      int row = chunk / across * high;
      int part = chunk % across;
      int column = part * wide;
      int width = Math.min(wide, columns - column);
      if (before > 0) {
        column = part == 0 ? 0 : before + (part - 1) * wide;
        width = part == 0 ? before : Math.min(wide, columns - column);
      }
      int endRow = Math.min(row + high, allRows);
      walk(loop, arrays, rows, rowSteps, columnSteps, row, endRow, column, width);
    }
  }
}
