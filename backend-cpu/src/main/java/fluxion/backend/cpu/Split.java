package fluxion.backend.cpu;

/** Shares out large launches. */
final class Split {
  private Split() {}

  /** The number of operations on elements below which a launch stays on its thread. */
  private static final long LEAST_WORK = 1 << 17;

  /** Chunks are so many elements at most, a multiple of the interpreter's block. */
  private static final int MOST = 1 << 15;

  private static final int LEAST = 1 << 12;

  /** Work in parts that may be done in any order. */
  interface Work {
    /** {@return the number of parts} */
    int chunks();

    /** Does one part. */
    void run(int chunk);
  }

  /** {@return whether a launch takes long enough to be shared out} */
  static boolean pays(int elements, int operations) {
    return elements > LEAST && (long) elements * Math.max(operations, 1) >= LEAST_WORK;
  }

  /** {@return the number of elements of a chunk, which follows from the launch's size alone} */
  static int chunk(int elements) {
    return Math.clamp((elements >> 4) & -LEAST, LEAST, MOST);
  }

  /** Does every part once. */
  static void run(Work work) {
    int chunks = work.chunks();
    for (int n = 0; n < chunks; n++) {
      work.run(n);
    }
  }
}
