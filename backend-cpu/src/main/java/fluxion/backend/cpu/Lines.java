package fluxion.backend.cpu;

import fluxion.backend.cpu.reduce.Axes;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Operand;

/** The lines of some operands along one dimension, numbered over the other dimensions. */
final class Lines {
  private static final int PARTS = 32;

  /** So many neighbours' running values stay in the first cache. */
  private static final int MOST_NEIGHBOURS = 512;

  private final Axes axes;
  private final Operand[] operands;
  private final int dim;
  private final int length;
  private final long count;

  /**
   * The lines of operands.
   *
   * @param dim the dimension; 0 for scalars, which are lines of one element
   * @param operands windows with as many lines, the first one with at least one element
   */
  Lines(int dim, Operand... operands) {
    this.operands = operands;
    this.dim = dim;
    int dims = operands[0].shape().dim();
    this.axes = new Axes(operands.length, dims);
    int[] steps = new int[operands.length];
    for (int d = 0; d < dims; d++) {
      if (d != dim) {
        for (int w = 0; w < steps.length; w++) {
          steps[w] = Dims.stride(operands[w], d);
        }
        axes.add(operands[0].shape().size(d), steps);
      }
    }
    this.count = axes.positions();
    this.length = Math.toIntExact(Dims.size(operands[0], dim));
  }

  /** {@return the number of elements in a line of the first operand} */
  int length() {
    return length;
  }

  /** {@return the array of an operand} */
  Object array(int operand) {
    return elements(operand).array();
  }

  /** {@return the elements of an operand} */
  Elements elements(int operand) {
    return CpuBuffer.elements(operands[operand]);
  }

  /** {@return the step from one element of a line to the next} */
  int step(int operand) {
    return Dims.stride(operands[operand], dim);
  }

  /** {@return whether the lines of every operand are runs of memory} */
  boolean areRuns() {
    for (int k = 0; k < operands.length; k++) {
      if (step(k) != 1) {
        return false;
      }
    }
    return true;
  }

  /** {@return where a line starts} */
  int start(int operand, long line) {
    return (int) operands[operand].offset() + axes.place(operand, line);
  }

  /**
   * Finds where some lines start.
   *
   * @param operand the operand that they are of
   * @param line the first
   * @param end the bound of the lines that are asked for
   * @param starts takes the places, as many as it has room for
   * @return how many those are
   */
  int starts(int operand, long line, long end, int[] starts) {
    int count = (int) Math.min(starts.length, end - line);
    for (int i = 0; i < count; i++) {
      starts[i] = start(operand, line + i);
    }
    return count;
  }

  /**
   * {@return how many lines from one on lie side by side in the first two operands, so that rows of
   * them are runs of memory}
   *
   * @param line the first
   * @param end the bound of the lines that are asked for
   */
  int neighbours(long line, long end) {
    int last = axes.count() - 1;
    if (last < 0 || step(0) == 1 || axes.step(0, last) != 1 || axes.step(1, last) != 1) {
      return 1;
    }
    long size = axes.size(last);
    return (int) Math.min(Math.min(size - line % size, end - line), MOST_NEIGHBOURS);
  }

  /**
   * Works on all lines, on several threads if there are enough elements.
   *
   * @param parallel from how many elements on
   * @param task works on a range of lines
   */
  void share(long parallel, Task task) {
    if (count * length < parallel || count == 1) {
      task.run(0, count);
      return;
    }
    int parts = (int) Math.min(PARTS, count);
    Workers.run(parts, part -> task.run(part * count / parts, (part + 1) * count / parts));
  }

  /** Works on some lines. */
  @FunctionalInterface
  interface Task {
    /**
     * Works on a range of lines.
     *
     * @param from the first
     * @param to the one behind the last
     */
    void run(long from, long to);
  }
}
