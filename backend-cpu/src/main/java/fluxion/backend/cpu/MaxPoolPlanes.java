package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.backend.cpu.lines.FloatMaxPool;
import fluxion.backend.cpu.lines.FloatMaxPool.Windows;
import fluxion.backend.cpu.reduce.Axes;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.accelerator.MaxPool2d;

/** Max pooling plane by plane: of float32 whose rows are runs of memory, by steps of 1 or 2. */
final class MaxPoolPlanes implements MaxPool2d {
  /** From how many elements on threads share the planes. */
  private static final long PARALLEL = 1 << 15;

  private static final int PARTS = 32;

  /** The largest plane, so that its copy stays in a cache. */
  private static final long LARGEST = 1 << 17;

  @Override
  public boolean maxPool2d(
      Operand input, Slide rows, Slide columns, Operand values, Operand places) {
    int dims = input.shape().dim();
    if (input.dtype() != DType.FLOAT32
        || columns.stride() > 2
        || Dims.stride(input, dims - 1) != 1
        || input.shape().size(dims - 1) * input.shape().size(dims - 2) > LARGEST
        || reach(rows) > LARGEST
        || reach(columns) > LARGEST) {
      return false;
    }
    Windows down = windows(input, values, dims - 2, rows);
    Windows across = windows(input, values, dims - 1, columns);
    if (!haveElements(down) || !haveElements(across) || !FloatMaxPool.takes(input.numel())) {
      return false;
    }
    pool(input, down, across, values, places);
    return true;
  }

  /** Pools all planes. */
  static void pool(Operand input, Windows down, Windows across, Operand values, Operand places) {
    int dims = input.shape().dim();
    Axes planes = new Axes(1, dims);
    for (int d = 0; d < dims - 2; d++) {
      planes.add(input.shape().size(d), Dims.stride(input, d));
    }
    long count = planes.positions();
    int parts = input.numel() < PARALLEL ? 1 : (int) Math.min(PARTS, count);
    Workers.run(
        parts,
        part -> {
          FloatMaxPool pool = new FloatMaxPool(down, across);
          int size = down.output() * across.output();
          long next = count * (part + 1) / parts;
          for (long i = count * part / parts; i < next; i++) {
            pool.pool(
                CpuBuffer.floats(input),
                (int) input.offset() + planes.place(0, i),
                Dims.stride(input, dims - 2),
                CpuBuffer.floats(values),
                (long[]) CpuBuffer.elements(places).array(),
                (int) (values.offset() + i * size),
                (int) (values.offset() + next * size));
          }
        });
  }

  private static long reach(Slide slide) {
    return Math.max(Math.max(slide.kernel(), slide.stride()), slide.padding()) * slide.dilation();
  }

  private static Windows windows(Operand input, Operand values, int dim, Slide slide) {
    return new Windows(
        (int) input.shape().size(dim),
        (int) values.shape().size(dim),
        (int) slide.kernel(),
        (int) slide.stride(),
        (int) slide.padding(),
        (int) slide.dilation());
  }

  /** Whether each window has one; far from all do where elements of a window lie far apart. */
  private static boolean haveElements(Windows windows) {
    for (int window = 0; window < windows.output(); window++) {
      if (windows.first(window) >= windows.size()) {
        return false;
      }
    }
    return true;
  }
}
