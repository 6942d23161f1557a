package fluxion.backend.cpu;

import fluxion.engine.spi.Operand;
import java.util.Arrays;

/**
 * Walks a strided window in logical row-major order, or in the row-major order of its dimensions
 * permuted, and reads or writes the next elements in blocks.
 *
 * <p>Dimensions that lie in memory as one are walked as one, so a contiguous window is a single run
 * however many dimensions it has.
 */
final class ElementStream {
  private final Elements elements;
  private final long[] sizes;
  private final int[] strides;
  private final long[] index;
  private final int last;
  private int row;

  /** Walks all of an operand. */
  ElementStream(Operand operand) {
    this(operand, Dims.all(operand));
  }

  /**
   * Walks some dimensions of an operand, at index 0 of the others.
   *
   * @param operand the window
   * @param dims the dimensions, the slowest first
   */
  ElementStream(Operand operand, int[] dims) {
    this(CpuBuffer.elements(operand), (int) operand.offset(), operand, dims);
  }

  private ElementStream(Elements elements, int offset, Operand operand, int[] dims) {
    this.elements = elements;
    this.row = offset;
    long[] mergedSizes = new long[Math.max(dims.length, 1)];
    int[] mergedStrides = new int[mergedSizes.length];
    int count = 0;
    for (int d : dims) {
      long size = operand.shape().size(d);
      if (size == 1) {
        continue;
      }
      // a window with elements lies in an array, so the strides of its longer dimensions are ints
      int stride = (int) operand.strides()[d];
      if (count > 0 && mergedStrides[count - 1] == size * stride) {
        mergedSizes[count - 1] *= size;
        mergedStrides[count - 1] = stride;
      } else {
        mergedSizes[count] = size;
        mergedStrides[count] = stride;
        count++;
      }
    }
    if (count == 0) {
      mergedSizes[0] = 1;
      count = 1;
    }
    this.last = count - 1;
    this.sizes = mergedSizes;
    this.strides = mergedStrides;
    this.index = new long[count];
  }

  /** {@return the elements that are walked} */
  Elements elements() {
    return elements;
  }

  /** Goes to the start of the same window elsewhere in the array. */
  void restart(int offset) {
    Arrays.fill(index, 0);
    row = offset;
  }

  /** Goes from any place to a logical position. */
  void seek(long position) {
    long rest = position;
    for (int d = last; d >= 0; d--) {
      // the outermost index is not wrapped: a stream may stand behind its end
      long target = d == 0 ? rest : rest % sizes[d];
      rest = d == 0 ? 0 : rest / sizes[d];
      if (d < last) {
        row += (int) ((target - index[d]) * strides[d]);
      }
      index[d] = target;
    }
  }

  /** {@return where the next element lies, and steps over it} */
  int next() {
    int position = place();
    step(1);
    return position;
  }

  /** Notes where the next elements lie, and steps over them. */
  void positions(int[] to, int n) {
    int done = 0;
    while (done < n) {
      int run = run(n - done);
      int at = place();
      int stride = strides[last];
      for (int i = 0; i < run; i++) {
        to[done + i] = at + i * stride;
      }
      step(run);
      done += run;
    }
  }

  /** Reads the next elements into the registers from {@code start}. */
  void read(Values to, int start, int n) {
    int done = 0;
    while (done < n) {
      int run = run(n - done);
      to.load(elements, place(), strides[last], start + done, run);
      step(run);
      done += run;
    }
  }

  /** Writes the next elements from the registers from {@code start}, cast to the array's dtype. */
  void write(Values from, int start, int n) {
    int done = 0;
    while (done < n) {
      int run = run(n - done);
      from.store(elements, place(), strides[last], start + done, run);
      step(run);
      done += run;
    }
  }

  private int run(int most) {
    return (int) Math.min(most, sizes[last] - index[last]);
  }

  private int place() {
    return row + (int) (index[last] * strides[last]);
  }

  private void step(int run) {
    index[last] += run;
    if (index[last] < sizes[last] || last == 0) {
      return;
    }
    index[last] = 0;
    for (int d = last - 1; d >= 0; d--) {
      row += strides[d];
      index[d]++;
      if (index[d] < sizes[d] || d == 0) {
        return;
      }
      row -= (int) (sizes[d] * strides[d]);
      index[d] = 0;
    }
  }
}
