package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.backend.cpu.lines.FloatAvgPool;
import fluxion.backend.cpu.lines.FloatAvgPool.Windows;
import fluxion.backend.cpu.reduce.Axes;
import fluxion.backend.cpu.reduce.Fold;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.accelerator.AvgPool2d;

/**
 * Average pooling plane by plane: of float32 whose rows are runs of memory, with windows small
 * enough that a reduction adds their elements up one after another.
 */
final class AvgPoolPlanes implements AvgPool2d {
  /** From how many elements on threads share the planes. */
  private static final long PARALLEL = 1 << 15;

  private static final int PARTS = 32;

  /** The longest step; with longer ones places might be no ints. */
  private static final long LONGEST = 1 << 20;

  @Override
  public boolean takes(DType dtype) {
    return dtype == DType.FLOAT32;
  }

  @Override
  public boolean avgPool2d(
      Operand input, Slide rows, Slide columns, Operand divisors, Operand result) {
    int last = input.shape().dim() - 1;
    if (!takes(input.dtype())
        || !areFew(rows, columns)
        || (input.shape().size(last) > 1 && Dims.stride(input, last) != 1)) {
      return false;
    }
    Windows down = windows(input, result, last - 1, rows);
    Windows across = windows(input, result, last, columns);
    float[] quotients = divisors(divisors);
    Axes planes = planes(input);
    float[] x = CpuBuffer.floats(input);
    float[] y = CpuBuffer.floats(result);
    int step = Dims.stride(input, last - 1);
    int windows = down.output() * across.output();
    share(
        planes.positions(),
        input.numel(),
        (first, end) -> {
          FloatAvgPool pool = new FloatAvgPool(down, across, quotients);
          int[] starts = new int[FloatAvgPool.GROUP];
          boolean areRuns = pool.isRun(step);
          for (long plane = first; plane < end; ) {
            int count = areRuns ? (int) Math.min(starts.length, end - plane) : 1;
            for (int i = 0; i < count; i++) {
              starts[i] = (int) input.offset() + planes.place(0, plane + i);
            }
            int to = (int) (result.offset() + plane * windows);
            if (areRuns) {
              pool.means(x, starts, count, y, to);
            } else {
              pool.pool(x, starts[0], step, y, to);
            }
            plane += count;
          }
        });
    return true;
  }

  @Override
  public boolean gradient(Operand g, Slide rows, Slide columns, Operand divisors, Operand target) {
    if (!takes(g.dtype()) || !areFew(rows, columns)) {
      return false;
    }
    int last = g.shape().dim() - 1;
    Windows down = windows(target, g, last - 1, rows);
    Windows across = windows(target, g, last, columns);
    float[] quotients = divisors(divisors);
    Axes planes = planes(g);
    float[] cotangents = CpuBuffer.floats(g);
    float[] results = CpuBuffer.floats(target);
    share(
        planes.positions(),
        target.numel(),
        (first, end) -> {
          FloatAvgPool pool = new FloatAvgPool(down, across, quotients);
          for (long plane = first; plane < end; plane++) {
            pool.gradient(
                cotangents,
                (int) g.offset() + planes.place(0, plane),
                Dims.stride(g, last - 1),
                Dims.stride(g, last),
                results,
                (int) (target.offset() + plane * down.size() * across.size()));
          }
        });
    return true;
  }

  private static void share(long planes, long elements, Lines.Task task) {
    if (elements < PARALLEL || planes == 1) {
      task.run(0, planes);
      return;
    }
    int parts = (int) Math.min(PARTS, planes);
    Workers.run(parts, part -> task.run(part * planes / parts, (part + 1) * planes / parts));
  }

  /** Whether a reduction adds the elements of a window up one after another, in one block. */
  private static boolean areFew(Slide rows, Slide columns) {
    return rows.kernel() <= Fold.ROW_BLOCK
        && columns.kernel() <= Fold.ROW_BLOCK
        && rows.kernel() * columns.kernel() <= Fold.ROW_BLOCK
        && rows.stride() <= LONGEST
        && columns.stride() <= LONGEST;
  }

  private static Windows windows(Operand image, Operand means, int dim, Slide slide) {
    return new Windows(
        (int) image.shape().size(dim),
        (int) means.shape().size(dim),
        (int) slide.kernel(),
        (int) slide.stride(),
        (int) slide.padding());
  }

  private static Axes planes(Operand operand) {
    int dims = operand.shape().dim();
    Axes planes = new Axes(1, dims);
    for (int d = 0; d < dims - 2; d++) {
      planes.add(operand.shape().size(d), Dims.stride(operand, d));
    }
    return planes;
  }

  /** One divisor, if there is one for all windows, or all of them, row by row. */
  private static float[] divisors(Operand divisors) {
    float[] array = CpuBuffer.floats(divisors);
    int down = Dims.stride(divisors, 0);
    int across = Dims.stride(divisors, 1);
    int at = (int) divisors.offset();
    if (down == 0 && across == 0) {
      return new float[] {array[at]};
    }
    int columns = (int) divisors.shape().size(1);
    float[] all = new float[(int) divisors.numel()];
    for (int i = 0; i < all.length; i++) {
      all[i] = array[at + i / columns * down + i % columns * across];
    }
    return all;
  }
}
