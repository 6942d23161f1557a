package fluxion.backend.cpu.gemm;

import java.lang.ref.SoftReference;
import java.util.Arrays;
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

  /** Packs a panel; see {@link Arithmetic#pack}. */
  static void pack(
      double[] source,
      int offset,
      int across,
      int along,
      int count,
      int width,
      int lines,
      double[] panels,
      int at) {
    if (count < width) {
      Arrays.fill(panels, at, at + lines * width, 0);
    }
    if (across == 1) {
      for (int p = 0; p < lines; p++) {
        System.arraycopy(source, offset + p * along, panels, at + p * width, count);
      }
      return;
    }
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      packFour(source, offset + i * across, across, along, width, lines, panels, at + i);
    }
    for (; i < count; i++) {
      int from = offset + i * across;
      for (int p = 0; p < lines; p++) {
        panels[at + i + p * width] = source[from + p * along];
      }
    }
  }

  /** Four elements of each line at once: what is written is used while it is in a cache. */
  private static void packFour(
      double[] source,
      int offset,
      int across,
      int along,
      int width,
      int lines,
      double[] panels,
      int at) {
    int second = offset + across;
    int third = second + across;
    int fourth = third + across;
    for (int p = 0; p < lines; p++) {
      int step = p * along;
      int to = at + p * width;
      panels[to] = source[offset + step];
      panels[to + 1] = source[second + step];
      panels[to + 2] = source[third + step];
      panels[to + 3] = source[fourth + step];
    }
  }
}
