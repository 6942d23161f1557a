package fluxion.backend.cpu;

import fluxion.backend.cpu.workers.Workers;

/** Which launches are shared out among the workers, and in what parts. */
final class Split {
  /** The number of operations on elements that take a thread about 20 µs; fewer stay on it. */
  private static final long LEAST_WORK = 1 << 17;

  /** The fewest elements of a chunk: what it takes then is far more than claiming it. */
  private static final int LEAST = 1 << 12;

  /** The most elements of a chunk, so that large launches even out. */
  private static final int MOST = 1 << 15;

  private Split() {}

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
