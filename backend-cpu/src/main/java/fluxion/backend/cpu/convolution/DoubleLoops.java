package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Arithmetic;
import fluxion.backend.cpu.gemm.Gemm;
import fluxion.backend.cpu.workers.Warmup;

/** The loops of float64. */
final class DoubleLoops implements Loops {
  static final DoubleLoops INSTANCE = new DoubleLoops();

  /** Shorter rows are copied element by element. */
  private static final int SHORT = 16;

  private final Arithmetic arithmetic = Gemm.arithmetic(new double[0]);
  private final Warmup warmup = new Warmup(DoubleWindows::trial);

  private DoubleLoops() {}

  @Override
  public Arithmetic arithmetic() {
    return arithmetic;
  }

  @Override
  public boolean hasFastVectors() {
    boolean windows = warmup.isDone(); // both begin with the first question
    return arithmetic.hasFastVectors() && windows;
  }

  @Override
  public Object scratch(Scratch.Use use, int length) {
    return Scratch.doubles(use, length);
  }

  @Override
  public void clear(Object array, int from, int to) {
    double[] all = (double[]) array;
    for (int i = from; i < to; i++) {
      all[i] = 0;
    }
  }

  @Override
  public void copy(Object source, int from, int step, Object target, int at, int count) {
    if (step == 1 && count >= SHORT) {
      System.arraycopy(source, from, target, at, count);
      return;
    }
    double[] read = (double[]) source;
    double[] written = (double[]) target;
    for (int i = 0; i < count; i++) {
      written[at + i] = read[from + i * step];
    }
  }

  @Override
  public void copyRows(
      Object source,
      int from,
      int rowStep,
      int step,
      Object target,
      int at,
      int width,
      int left,
      int right,
      int rows) {
    double[] written = (double[]) target;
    for (int row = 0; row < rows; row++) {
      int to = at + row * width;
      for (int j = 0; j < left; j++) {
        written[to + j] = 0;
      }
      copy(source, from + row * rowStep, step, target, to + left, right - left);
      for (int j = right; j < width; j++) {
        written[to + j] = 0;
      }
    }
  }

  @Override
  public void spread(Object source, int from, Object target, int at, int step, int count) {
    if (step == 1) {
      copy(source, from, 1, target, at, count);
      return;
    }
    double[] read = (double[]) source;
    double[] written = (double[]) target;
    for (int i = 0; i < count; i++) {
      written[at + i * step] = read[from + i];
    }
  }

  @Override
  public void packColumns(
      boolean vectors,
      Object staged,
      int[] offsets,
      int line,
      int lines,
      int[] places,
      int first,
      int count,
      Object panels,
      int at,
      int width) {
    if (vectors) {
      DoubleWindows.pack(
          (double[]) staged, offsets, line, lines, places, first, count, (double[]) panels, at);
    } else {
      packColumns(
          (double[]) staged,
          offsets,
          line,
          lines,
          places,
          first,
          count,
          (double[]) panels,
          at,
          width);
    }
  }

  /** The same without vectors. */
  static void packColumns(
      double[] staged,
      int[] offsets,
      int line,
      int lines,
      int[] places,
      int first,
      int count,
      double[] panels,
      int at,
      int width) {
    for (int p = 0; p < lines; p++) {
      int offset = offsets[line + p];
      int to = at + p * width;
      for (int j = 0; j < count; j++) {
        panels[to + j] = staged[offset + places[first + j]];
      }
    }
  }

  @Override
  public void packRows(
      boolean vectors,
      Object staged,
      int[] offsets,
      int row,
      int rows,
      int[] places,
      int first,
      int count,
      Object panels,
      int at,
      int step) {
    if (vectors && DoubleWindows.fitsBehind(step - count)) {
      DoubleWindows.packRows(
          (double[]) staged, offsets, row, rows, places, first, count, (double[]) panels, at, step);
      return;
    }
    for (int j = 0; j < count; ) {
      int place = places[first + j];
      int run = 1;
      while (j + run < count && places[first + j + run] == place + run) {
        run++;
      }
      for (int i = 0; i < rows; i++) {
        copy(staged, offsets[row + i] + place, 1, panels, at + i * step + j, run);
      }
      j += run;
    }
  }

  @Override
  public void packLines(
      Object staged,
      int[] offsets,
      int first,
      int count,
      int[] places,
      int line,
      int lines,
      Object panels,
      int at,
      int width) {
    double[] read = (double[]) staged;
    double[] written = (double[]) panels;
    int j = 0;
    for (; j + 8 <= count; j += 8) {
      packEight(read, offsets, first + j, places, line, lines, written, at + j, width);
    }
    for (; j < count; j++) {
      int offset = offsets[first + j];
      for (int p = 0; p < lines; p++) {
        written[at + p * width + j] = read[offset + places[line + p]];
      }
    }
  }

  private static void packEight(
      double[] staged,
      int[] offsets,
      int first,
      int[] places,
      int line,
      int lines,
      double[] panels,
      int at,
      int width) {
    int o0 = offsets[first];
    int o1 = offsets[first + 1];
    int o2 = offsets[first + 2];
    int o3 = offsets[first + 3];
    int o4 = offsets[first + 4];
    int o5 = offsets[first + 5];
    int o6 = offsets[first + 6];
    int o7 = offsets[first + 7];
    for (int p = 0; p < lines; p++) {
      int place = places[line + p];
      int to = at + p * width;
      panels[to] = staged[o0 + place];
      panels[to + 1] = staged[o1 + place];
      panels[to + 2] = staged[o2 + place];
      panels[to + 3] = staged[o3 + place];
      panels[to + 4] = staged[o4 + place];
      panels[to + 5] = staged[o5 + place];
      panels[to + 6] = staged[o6 + place];
      panels[to + 7] = staged[o7 + place];
    }
  }

  @Override
  public void addRows(
      boolean vectors,
      Object source,
      int from,
      int rows,
      int count,
      Object target,
      int at,
      int stride) {
    if (vectors) {
      DoubleWindows.addRows((double[]) source, from, rows, count, (double[]) target, at, stride);
      return;
    }
    for (int row = 0; row < rows; row++) {
      add(target, at + row * stride, source, from + row * count, count);
    }
  }

  @Override
  public void addBias(
      Object bias, int first, int step, Object matrix, int at, int stride, int rows, int columns) {
    double[] sums = (double[]) matrix;
    for (int i = 0; i < rows; i++) {
      double summand = ((double[]) bias)[first + i * step];
      int start = at + i * stride;
      for (int j = start; j < start + columns; j++) {
        sums[j] += summand;
      }
    }
  }

  @Override
  public boolean hasFastShifts() {
    return DoubleShifts.WARMUP.isDone();
  }

  @Override
  public void chains(
      boolean vectors,
      Object staged,
      int[] offsets,
      int taps,
      int base,
      Object w,
      int first,
      Object target,
      int at,
      int count) {
    double[] read = (double[]) staged;
    double[] written = (double[]) target;
    if (vectors) {
      DoubleShifts.chains(read, offsets, taps, base, (double[]) w, first, written, at, count);
    } else {
      DoublePlainShifts.chains(read, offsets, taps, base, (double[]) w, first, written, at, count);
    }
  }

  @Override
  public void sums(
      boolean vectors,
      Object source,
      int[] offsets,
      int taps,
      int chain,
      Object w,
      Object target,
      int at,
      int count) {
    double[] read = (double[]) source;
    double[] written = (double[]) target;
    if (vectors) {
      DoubleShifts.sums(read, offsets, taps, chain, (double[]) w, written, at, count);
    } else {
      DoublePlainShifts.sums(read, offsets, taps, chain, (double[]) w, written, at, count);
    }
  }

  @Override
  public void correlate(
      Object staged,
      int[] offsets,
      int taps,
      int base,
      int stride,
      Object y,
      int at,
      int rows,
      int width,
      Object sums,
      int first) {
    DoublePlainShifts.correlate(
        (double[]) staged,
        offsets,
        taps,
        base,
        stride,
        (double[]) y,
        at,
        rows,
        width,
        (double[]) sums,
        first);
  }

  @Override
  public boolean areFinite(Object array, int from, int count) {
    double[] all = (double[]) array;
    for (int i = from; i < from + count; i++) {
      if (!Double.isFinite(all[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void transpose(
      Object source, int stride, int rows, int columns, Object target, int at, int targetStride) {
    double[] read = (double[]) source;
    double[] written = (double[]) target;
    int i = 0;
    for (; i + 8 <= rows; i += 8) {
      for (int j = 0; j < columns; j++) {
        int from = i * stride + j;
        int to = at + j * targetStride + i;
        written[to] = read[from];
        written[to + 1] = read[from + stride];
        written[to + 2] = read[from + 2 * stride];
        written[to + 3] = read[from + 3 * stride];
        written[to + 4] = read[from + 4 * stride];
        written[to + 5] = read[from + 5 * stride];
        written[to + 6] = read[from + 6 * stride];
        written[to + 7] = read[from + 7 * stride];
      }
    }
    for (; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        written[at + j * targetStride + i] = read[i * stride + j];
      }
    }
  }

  @Override
  public void add(Object target, int at, Object source, int from, int count) {
    double[] sums = (double[]) target;
    double[] summands = (double[]) source;
    for (int i = 0; i < count; i++) {
      sums[at + i] += summands[from + i];
    }
  }
}
