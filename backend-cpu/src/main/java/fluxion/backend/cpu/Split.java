package fluxion.backend.cpu;

import fluxion.backend.cpu.workers.Workers;
import org.jspecify.annotations.Nullable;

/** Which launches are shared out among the workers, and in what parts. */
final class Split {
  /** The number of operations on elements that take a thread about 20 µs; fewer stay on it. */
  private static final long LEAST_WORK = 1 << 17;

  /** The fewest elements of a chunk: what it takes then is far more than claiming it. */
  private static final int LEAST = 1 << 12;

  /** The most elements of a chunk, so that large launches even out. */
  private static final int MOST = 1 << 15;

  /** The bytes of a line of the cache, which are those of the widest vector. */
  private static final int LINE = 64;

  /** The fewest elements of a row whose begin is worth a look; shorter arrays lie anywhere. */
  private static final int LONG = 1 << 18;

  /** The bytes before the first element of an array. */
  private static final int HEADER = 16;

  private Split() {}

  /**
   * {@return how many elements of a long row lie before the first line of the cache that begins
   * with an element}
   *
   * <p>Large arrays begin where a line does, so all vectors behind those elements lie in one line
   * each. Others cross into the next, which takes twice as long to load or to store. Where an array
   * begins elsewhere, nothing is lost.
   *
   * @param array the array that is written
   * @param offset the first element of the row
   * @param columns the length of the row
   */
  static int unaligned(@Nullable Object array, int offset, int columns) {
    if (columns < LONG) {
      return 0;
    }
    int bytes =
        array instanceof float[] || array instanceof int[]
            ? Integer.BYTES
            : array instanceof double[] || array instanceof long[] ? Long.BYTES : 0;
    return bytes == 0 ? 0 : (LINE - HEADER) / bytes - offset & LINE / bytes - 1;
  }

  /**
   * {@return whether a launch takes long enough to be shared out}
   *
   * @param elements how many elements it computes
   * @param operations how many operations each takes
   */
  static boolean pays(int elements, int operations) {
    return elements > LEAST
        && (long) elements * Math.max(operations, 1) >= LEAST_WORK
        && Workers.threads() > 1;
  }

  /**
   * {@return about how many elements a chunk has: a sixteenth of the launch, within bounds}
   *
   * @param elements how many elements the launch computes
   */
  static int chunk(int elements) {
    return Math.clamp((elements >> 4) & -LEAST, LEAST, MOST);
  }
}
