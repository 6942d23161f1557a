package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Arithmetic;

/**
 * The loops of one element type. Arrays are {@code float[]} or {@code double[]}, the same in one
 * call.
 */
interface Loops {
  /** {@return the loops of an array's elements} */
  static Loops of(Object array) {
    return array instanceof float[] ? FloatLoops.INSTANCE : DoubleLoops.INSTANCE;
  }

  /** {@return the products' loops} */
  Arithmetic arithmetic();

  /** {@return whether the loops over vectors are fast already} */
  boolean hasFastVectors();

  /** {@return this thread's array for a use, of at least some length and with any content} */
  Object scratch(Scratch.Use use, int length);

  /** Sets elements to zero. */
  void clear(Object array, int from, int to);

  /** Copies a row whose source has steps. */
  void copy(Object source, int from, int step, Object target, int at, int count);

  /**
   * Copies rows to a target where they lie one after another, with zeros beside them.
   *
   * @param source what is copied
   * @param from where its first element lies
   * @param rowStep the step from row to row
   * @param step the step from element to element of a row
   * @param target the target
   * @param at where its first row begins
   * @param width the length of its rows
   * @param left how many zeros a row begins with
   * @param right where the zeros at its end begin
   * @param rows how many rows
   */
  void copyRows(
      Object source,
      int from,
      int rowStep,
      int step,
      Object target,
      int at,
      int width,
      int left,
      int right,
      int rows);

  /** Copies a row to a target that has steps. */
  void spread(Object source, int from, Object target, int at, int step, int count);

  /**
   * Packs windows, the same place of each, into lines: element {@code j} of line {@code p} goes to
   * {@code at + p · width + j} and is {@code staged[offsets[line + p] + places[first + j]]}.
   */
  void packColumns(
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
      int width);

  /**
   * Packs windows, the same place of each, into rows: element {@code j} of row {@code i} goes to
   * {@code at + i · step + j} and is {@code staged[offsets[row + i] + places[first + j]]}. What is
   * between rows, and behind the last one up to where another would begin, may change.
   */
  void packRows(
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
      int step);

  /**
   * Packs windows, one after another, into lines: element {@code j} of line {@code p} goes to
   * {@code at + p · width + j} and is {@code staged[offsets[first + j] + places[line + p]]}.
   */
  void packLines(
      Object staged,
      int[] offsets,
      int first,
      int count,
      int[] places,
      int line,
      int lines,
      Object panels,
      int at,
      int width);

  /**
   * Adds rows, one after another in the source, to rows that are some steps apart in the target.
   * Behind what is added either has room for a vector.
   */
  void addRows(
      boolean vectors,
      Object source,
      int from,
      int rows,
      int count,
      Object target,
      int at,
      int stride);

  /** Adds an element of a bias to each row of a matrix. */
  void addBias(
      Object bias, int first, int step, Object matrix, int at, int stride, int rows, int columns);

  /** {@return whether the vector loops of {@link #chains} and {@link #sums} are fast already} */
  boolean hasFastShifts();

  /**
   * Computes chains over shifted elements: element {@code at + j} becomes the chain of fused
   * multiply-adds from 0 over {@code k} of {@code w[first + k] · staged[offsets[k] + base + j]}.
   * Behind the last, elements of the target change, and of the source are read, as many as four
   * vectors have.
   */
  void chains(
      boolean vectors,
      Object staged,
      int[] offsets,
      int taps,
      int base,
      Object w,
      int first,
      Object target,
      int at,
      int count);

  /**
   * Computes sums of chains over shifted elements: element {@code at + j} becomes the sum from 0
   * over {@code k < taps} of the chains over {@code o < chain} of {@code w[k · chain + o] ·
   * source[offsets[k · chain + o] + j]}. Behind the last, it is as with {@link #chains}.
   */
  void sums(
      boolean vectors,
      Object source,
      int[] offsets,
      int taps,
      int chain,
      Object w,
      Object target,
      int at,
      int count);

  /**
   * Continues chains over rows, one for each shift: {@code sums[first + k]} goes on with {@code
   * staged[offsets[k] + base + i · stride + j] · y[at + i · width + j]} over rows {@code i} and
   * their elements {@code j}.
   */
  void correlate(
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
      int first);

  /** {@return whether some elements of an array are finite, every one of them} */
  boolean areFinite(Object array, int from, int count);

  /** Writes the transpose of a matrix. */
  void transpose(
      Object source, int stride, int rows, int columns, Object target, int at, int targetStride);

  /** Adds the elements of an array to those of another. */
  void add(Object target, int at, Object source, int from, int count);
}
