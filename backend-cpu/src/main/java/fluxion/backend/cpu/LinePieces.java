package fluxion.backend.cpu;

import fluxion.api.Shape;
import fluxion.backend.cpu.reduce.Axes;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Operand;

/** The lines of some operands along one dimension, some at a time: as many as stay in the cache. */
final class LinePieces {
  private static final int PARTS = 32;

  private final Operand[] operands;
  private final Axes axes;
  private final long count;
  private final long length;
  private final int[] steps;

  /** The dimension of the lines in a piece: the first, unless they lie in memory one by one. */
  private final boolean first;

  /**
   * The lines of operands.
   *
   * @param dim the dimension; 0 for scalars, which are lines of one element
   * @param operands windows of one shape, with at least one element
   */
  LinePieces(int dim, Operand... operands) {
    this.operands = operands;
    int dims = operands[0].shape().dim();
    this.axes = new Axes(operands.length, dims);
    this.steps = new int[operands.length];
    for (int d = 0; d < dims; d++) {
      if (d != dim) {
        for (int k = 0; k < steps.length; k++) {
          steps[k] = Dims.stride(operands[k], d);
        }
        axes.add(operands[0].shape().size(d), steps);
      }
    }
    for (int k = 0; k < steps.length; k++) {
      steps[k] = Dims.stride(operands[k], dim);
    }
    this.count = axes.positions();
    this.length = Dims.size(operands[0], dim);
    this.first = axes.count() > 0 && Math.abs(steps[0]) != 1;
  }

  /** Works on some lines. */
  @FunctionalInterface
  interface Task {
    /**
     * Works on some lines.
     *
     * @param pieces windows of the operands
     * @param dim the dimension of the lines in them
     */
    void run(Operand[] pieces, int dim);
  }

  /**
   * Works on all lines, on several threads if there are enough elements.
   *
   * @param parallel from how many elements on
   * @param task works on a piece
   */
  void share(long parallel, Task task) {
    long most = Math.max(Scratch.PIECE / length, 1);
    if (count * length < parallel) {
      range(0, count, most, task);
      return;
    }
    int parts = (int) Math.min(PARTS, (count + most - 1) / most);
    Workers.run(parts, part -> range(part * count / parts, (part + 1) * count / parts, most, task));
  }

  private void range(long from, long to, long most, Task task) {
    long position = from;
    while (position < to) {
      Axes.Box box = axes.box(position, Math.min(most, to - position));
      some(box, position, task);
      position += box.positions();
    }
  }

  private void some(Axes.Box box, long position, Task task) {
    int dims = Math.max(axes.count() - box.axis(), 1) + 1;
    int line = first ? 0 : dims - 1;
    long[] sizes = new long[dims];
    for (int d = 0; d < dims - 1; d++) {
      sizes[first ? d + 1 : d] = d == 0 ? box.size() : axes.size(box.axis() + d);
    }
    sizes[line] = length;
    Shape shape = Shape.of(sizes);
    Operand[] pieces = new Operand[operands.length];
    for (int k = 0; k < pieces.length; k++) {
      long[] strides = new long[dims];
      for (int d = 0; d < dims - 1 && axes.count() > 0; d++) {
        strides[first ? d + 1 : d] = axes.step(k, box.axis() + d);
      }
      strides[line] = steps[k];
      long start = operands[k].offset() + axes.place(k, position);
      pieces[k] = new Operand(operands[k].buffer(), shape, strides, start);
    }
    task.run(pieces, line);
  }
}
