package fluxion.backend.cpu;

import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Operand;
import java.util.function.Supplier;

/** Picks elements by index. All indices are checked before anything is written. */
final class Gather {
  /** From how many elements on threads share the work. */
  private static final long PARALLEL = 1 << 16;

  private static final int PARTS = 32;

  private Gather() {}

  /** Picks along one dimension; see {@link fluxion.engine.spi.Backend#gather}. */
  static void along(Operand input, int dim, Operand index, Operand output) {
    if (index.numel() <= Values.BLOCK
        && index.shape().dim() == 2
        && index.isContiguous()
        && output.isContiguous()) {
      few(input, dim, index, output);
      return;
    }
    Indices.check(index, dim, Dims.size(input, dim));
    Operand source = Copier.apart(input, output);
    Operand apart = Copier.apart(index, output);
    elements(source, () -> Places.along(source, dim, apart), output);
  }

  /** Picks from a matrix, at indices that lie side by side. */
  private static void few(Operand input, int dim, Operand index, Operand output) {
    long[] indices = (long[]) CpuBuffer.elements(index).array();
    int first = (int) index.offset();
    int rows = (int) index.shape().size(0);
    int columns = (int) index.shape().size(1);
    long size = input.shape().size(dim);
    Operand source = Copier.apart(input, output);
    int stride = Dims.stride(source, dim);
    int rowStep = dim == 0 ? 0 : Dims.stride(source, 0);
    int columnStep = dim == 1 ? 0 : Dims.stride(source, 1);
    int[] places = new int[rows * columns];
    for (int i = 0; i < places.length; i++) {
      long at = indices[first + i];
      Indices.check(at, dim, size);
      places[i] = (int) at * stride;
    }
    int begin = (int) source.offset();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        places[row * columns + column] += begin + row * rowStep + column * columnStep;
      }
    }
    Object target = CpuBuffer.elements(output).array();
    Object elements = CpuBuffer.elements(source).array();
    Moves.pick(elements, places, target, (int) output.offset(), 1, places.length);
  }

  /** Picks by tuples; see {@link fluxion.engine.spi.Backend#indexedGather}. */
  static void tuples(Operand input, Operand[] indices, Operand output) {
    Operand[] separate = new Operand[indices.length];
    for (int d = 0; d < indices.length; d++) {
      Indices.check(indices[d], d, input.shape().size(d));
      separate[d] = Copier.apart(indices[d], output);
    }
    Operand source = Copier.apart(input, output);
    if (indices.length == 0) {
      Copier.copy(source, output);
      return;
    }
    int[] rest = Dims.from(input, indices.length);
    if (Dims.numel(source, rest) == 1) {
      elements(source, () -> Places.tuples(source, separate), output);
    } else {
      rows(source, rest, () -> Places.tuples(source, separate), separate[0].numel(), output);
    }
  }

  private static void elements(Operand input, Supplier<Places> places, Operand output) {
    share(
        output.numel(),
        1,
        (from, to) -> {
          Places in = places.get();
          in.seek(from);
          ElementStream out = new ElementStream(output);
          out.seek(from);
          Object source = CpuBuffer.elements(input).array();
          Object target = out.elements().array();
          if (output.isContiguous()) {
            int at = (int) (output.offset() + from);
            for (long done = from; done < to; done += Values.BLOCK) {
              int n = (int) Math.min(to - done, Values.BLOCK);
              Moves.pick(source, in.next(n), target, at, 1, n);
              at += n;
            }
            return;
          }
          Elements block = Elements.allocate(input.dtype(), Values.BLOCK);
          int[] targets = new int[Values.BLOCK];
          for (long done = from; done < to; done += Values.BLOCK) {
            int n = (int) Math.min(to - done, Values.BLOCK);
            Moves.pick(source, in.next(n), block.array(), 0, 1, n);
            out.positions(targets, n);
            Moves.put(block.array(), 0, 1, target, targets, n);
          }
        });
  }

  private static void rows(
      Operand input, int[] rest, Supplier<Places> places, long tuples, Operand output) {
    long row = Dims.numel(input, rest);
    if (row == 0) {
      return;
    }
    boolean plain = Dims.contiguous(input, rest) && output.isContiguous();
    share(
        tuples,
        row,
        (from, to) -> {
          Places in = places.get();
          in.seek(from);
          Values block = Values.of(input.dtype(), (int) Math.min(row, Values.BLOCK));
          ElementStream source = new ElementStream(input, rest);
          ElementStream out = new ElementStream(output);
          out.seek(from * row);
          Object target = out.elements().array();
          int at = (int) (output.offset() + from * row);
          for (long done = from; done < to; done += Values.BLOCK) {
            int n = (int) Math.min(to - done, Values.BLOCK);
            int[] starts = in.next(n);
            for (int i = 0; i < n; i++) {
              if (plain) {
                System.arraycopy(source.elements().array(), starts[i], target, at, (int) row);
                at += (int) row;
              } else {
                source.restart(starts[i]);
                Copier.copy(source, out, block, row);
              }
            }
          }
        });
  }

  private static void share(long count, long row, Lines.Task task) {
    if (count == 0) {
      return; // there is no place in a window without elements to go to
    }
    if (count * row < PARALLEL) {
      task.run(0, count);
      return;
    }
    int parts = (int) Math.min(PARTS, count);
    Workers.run(parts, part -> task.run(part * count / parts, (part + 1) * count / parts));
  }
}
