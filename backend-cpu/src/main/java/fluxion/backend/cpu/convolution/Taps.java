package fluxion.backend.cpu.convolution;

/**
 * The 3×3 kernels of one group in an array, whose elements are contiguous.
 *
 * @param array a {@code float[]}
 * @param offset where the first one begins
 * @param row the step from produced channel to produced channel
 * @param column the step from channel to channel of the sum
 * @param turned whether elements are counted from the last one
 */
record Taps(Object array, int offset, int row, int column, boolean turned) {
  /** The elements of a kernel. */
  static final int COUNT = 9;

  /**
   * Copies kernels of a produced channel, element by element.
   *
   * @param number which produced channel
   * @param first the first channel of the sum
   * @param count how many of them
   * @param target what is written
   * @param plane the step from element to element
   */
  void copy(int number, int first, int count, float[] target, int plane) {
    int from = offset + number * row + first * column;
    if (turned) {
      // rows of the target from the last one up
      copy((float[]) array, from, column, count, target, 8 * plane, -plane);
    } else {
      copy((float[]) array, from, column, count, target, 0, plane);
    }
  }

  private static void copy(
      float[] array, int start, int step, int count, float[] target, int at, int plane) {
    int t1 = at + plane;
    int t2 = t1 + plane;
    int t3 = t2 + plane;
    int t4 = t3 + plane;
    int t5 = t4 + plane;
    int t6 = t5 + plane;
    int t7 = t6 + plane;
    int t8 = t7 + plane;
    for (int c = 0; c < count; c++) {
      int from = start + c * step;
      target[at + c] = array[from];
      target[t1 + c] = array[from + 1];
      target[t2 + c] = array[from + 2];
      target[t3 + c] = array[from + 3];
      target[t4 + c] = array[from + 4];
      target[t5 + c] = array[from + 5];
      target[t6 + c] = array[from + 6];
      target[t7 + c] = array[from + 7];
      target[t8 + c] = array[from + 8];
    }
  }
}
