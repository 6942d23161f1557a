package fluxion.backend.cpu;

import fluxion.backend.cpu.reduce.Axes;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Operand;

/**
 * Copies a window into one that lies in memory in another order of dimensions: matrices, block by
 * block, each of which stays in the cache while it is read along one dimension and written along
 * another.
 */
final class Transposition {
  /** The rows of a block of the target: elements that lie side by side in the source. */
  private static final int ROWS = 16;

  /** Its columns; with strides of a power of two more lines would push each other out. */
  private static final int COLUMNS = 8;

  /** From how many elements on threads share the work. */
  private static final int PARALLEL = 1 << 16;

  /** The fewest rows that a thread takes at a time. */
  private static final int STRIP = 2 * ROWS;

  private final Object source;
  private final Object target;
  private final int from;
  private final int to;
  private final Axes others;
  private final int rows;
  private final int columns;
  private final int sourceStep;
  private final int targetStep;

  private Transposition(Operand source, Operand target, Axes axes, int row) {
    this.source = CpuBuffer.elements(source).array();
    this.target = CpuBuffer.elements(target).array();
    this.from = (int) source.offset();
    this.to = (int) target.offset();
    int column = axes.count() - 1;
    this.rows = (int) axes.size(row);
    this.columns = (int) axes.size(column);
    this.sourceStep = axes.step(0, column);
    this.targetStep = axes.step(1, row);
    this.others = new Axes(2, axes.count());
    for (int axis = 0; axis < column; axis++) {
      if (axis != row) {
        others.add(axes.size(axis), axes.step(0, axis), axes.step(1, axis));
      }
    }
  }

  /**
   * Copies elements where the two windows lie in such an order.
   *
   * @param source what is read
   * @param target what is written, of the same dtype and at least one element
   * @return whether they were copied
   */
  static boolean copy(Operand source, Operand target) {
    int dims = target.shape().dim();
    if (dims < 2) {
      return false;
    }
    Axes axes = axes(source, target, dims);
    int column = axes.count() - 1;
    if (column < 1 || axes.step(1, column) != 1 || axes.step(0, column) == 0) {
      return false;
    }
    for (int row = column - 1; row >= 0; row--) {
      if (axes.step(0, row) == 1) {
        if (Copier.overlap(source, target)) {
          return false;
        }
        new Transposition(source, target, axes, row).run();
        return true;
      }
    }
    return false;
  }

  /** The dimensions, those over which the target steps farther before others. */
  private static Axes axes(Operand source, Operand target, int dims) {
    int[] order = new int[dims];
    for (int d = 0; d < dims; d++) {
      int place = d;
      while (place > 0 && step(target, order[place - 1]) < step(target, d)) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = d;
    }
    Axes axes = new Axes(2, dims);
    for (int d : order) {
      axes.add(target.shape().size(d), Dims.stride(source, d), Dims.stride(target, d));
    }
    return axes;
  }

  private static int step(Operand operand, int dim) {
    return Math.abs(Dims.stride(operand, dim));
  }

  private void run() {
    long matrices = others.positions();
    if (matrices * rows * columns < PARALLEL) {
      for (long i = 0; i < matrices; i++) {
        matrix(i, 0, rows);
      }
      return;
    }
    int strips = (rows + STRIP - 1) / STRIP;
    int high = STRIP;
    while (matrices * strips > 256 && strips > 1) {
      high *= 2;
      strips = (rows + high - 1) / high;
    }
    int parts = (int) Math.min(matrices, 256);
    int height = high;
    int across = strips;
    Workers.run(
        parts * strips,
        chunk -> {
          int part = chunk / across;
          int row = chunk % across * height;
          for (long i = matrices * part / parts; i < matrices * (part + 1) / parts; i++) {
            matrix(i, row, Math.min(row + height, rows));
          }
        });
  }

  /** Copies some rows of one matrix. */
  private void matrix(long number, int firstRow, int endRow) {
    int start = from + others.place(0, number);
    int end = to + others.place(1, number);
    for (int row = firstRow; row < endRow; row += ROWS) {
      int high = Math.min(ROWS, endRow - row);
      for (int column = 0; column < columns; column += COLUMNS) {
        int wide = Math.min(COLUMNS, columns - column);
        int read = start + row + column * sourceStep;
        int written = end + row * targetStep + column;
        switch (source) {
          case float[] x -> floats(x, read, (float[]) target, written, high, wide);
          case double[] x -> doubles(x, read, (double[]) target, written, high, wide);
          case long[] x -> longs(x, read, (long[]) target, written, high, wide);
          case int[] x -> ints(x, read, (int[]) target, written, high, wide);
          case short[] x -> shorts(x, read, (short[]) target, written, high, wide);
          case byte[] x -> bytes(x, read, (byte[]) target, written, high, wide);
          default -> throw new IllegalStateException("no array of elements: " + source.getClass());
        }
      }
    }
  }

  private void floats(float[] x, int read, float[] y, int written, int high, int wide) {
    for (int row = 0; row < high; row++) {
      int in = read + row;
      int out = written + row * targetStep;
      for (int column = 0; column < wide; column++) {
        y[out + column] = x[in];
        in += sourceStep;
      }
    }
  }

  private void doubles(double[] x, int read, double[] y, int written, int high, int wide) {
    for (int row = 0; row < high; row++) {
      int in = read + row;
      int out = written + row * targetStep;
      for (int column = 0; column < wide; column++) {
        y[out + column] = x[in];
        in += sourceStep;
      }
    }
  }

  private void longs(long[] x, int read, long[] y, int written, int high, int wide) {
    for (int row = 0; row < high; row++) {
      int in = read + row;
      int out = written + row * targetStep;
      for (int column = 0; column < wide; column++) {
        y[out + column] = x[in];
        in += sourceStep;
      }
    }
  }

  private void ints(int[] x, int read, int[] y, int written, int high, int wide) {
    for (int row = 0; row < high; row++) {
      int in = read + row;
      int out = written + row * targetStep;
      for (int column = 0; column < wide; column++) {
        y[out + column] = x[in];
        in += sourceStep;
      }
    }
  }

  private void shorts(short[] x, int read, short[] y, int written, int high, int wide) {
    for (int row = 0; row < high; row++) {
      int in = read + row;
      int out = written + row * targetStep;
      for (int column = 0; column < wide; column++) {
        y[out + column] = x[in];
        in += sourceStep;
      }
    }
  }

  private void bytes(byte[] x, int read, byte[] y, int written, int high, int wide) {
    for (int row = 0; row < high; row++) {
      int in = read + row;
      int out = written + row * targetStep;
      for (int column = 0; column < wide; column++) {
        y[out + column] = x[in];
        in += sourceStep;
      }
    }
  }
}
