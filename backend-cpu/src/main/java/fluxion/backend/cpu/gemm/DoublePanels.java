package fluxion.backend.cpu.gemm;

import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/** Packed panels of double matrices, and the memory for them. */
final class DoublePanels {
  /** Each thread keeps the largest array that it has needed, while there is memory. */
  private static final ThreadLocal<@Nullable SoftReference<double[]>> kept = new ThreadLocal<>();

  private DoublePanels() {}

  /** {@return this thread's array, of at least some length} */
  static double[] array(int length) {
    SoftReference<double[]> reference = kept.get();
    double[] array = reference == null ? null : reference.get();
    if (array == null || array.length < length) {
      array = new double[length];
      kept.set(new SoftReference<>(array));
    }
    return array;
  }

  /**
   * Copies a matrix to one of other strides.
   *
   * @param source what is copied
   * @param offset where it begins
   * @param across the step from line to line
   * @param along the step from element to element of a line
   * @param lines how many lines
   * @param count how many elements of each
   * @param panels the target
   * @param at where the target begins
   * @param acrossTo its step from line to line
   * @param alongTo its step from element to element of a line
   */
  static void copy(
      double[] source,
      int offset,
      int across,
      int along,
      int lines,
      int count,
      double[] panels,
      int at,
      int acrossTo,
      int alongTo) {
    int line = 0;
    if (along == 1 && alongTo == 1) {
      for (; line < lines; line++) {
        System.arraycopy(source, offset + line * across, panels, at + line * acrossTo, count);
      }
    }
    for (; line + 4 <= lines; line += 4) {
      copyFour(
          source,
          offset + line * across,
          across,
          along,
          count,
          panels,
          at + line * acrossTo,
          acrossTo,
          alongTo);
    }
    for (; line < lines; line++) {
      int from = offset + line * across;
      int to = at + line * acrossTo;
      for (int p = 0; p < count; p++) {
        panels[to + p * alongTo] = source[from + p * along];
      }
    }
  }

  /** Four lines at once: a cache line that is read or written is used while it is in a cache. */
  private static void copyFour(
      double[] source,
      int offset,
      int across,
      int along,
      int count,
      double[] panels,
      int at,
      int acrossTo,
      int alongTo) {
    for (int p = 0; p < count; p++) {
      int from = offset + p * along;
      int to = at + p * alongTo;
      panels[to] = source[from];
      panels[to + acrossTo] = source[from + across];
      panels[to + 2 * acrossTo] = source[from + 2 * across];
      panels[to + 3 * acrossTo] = source[from + 3 * across];
    }
  }
}
