package fluxion.conformance.fuzz;

import java.util.random.RandomGenerator;

/** Where a generator takes its decisions from: a fuzzer's bytes, or random numbers. */
@FunctionalInterface
public interface ByteSource {
  /** {@return the next byte, from 0 to 255; always 0 once there are no more} */
  int next();

  /**
   * {@return the bytes of an array, then zeros}
   *
   * @param bytes the bytes
   */
  static ByteSource of(byte[] bytes) {
    int[] at = {0};
    return () -> at[0] < bytes.length ? bytes[at[0]++] & 0xff : 0;
  }

  /**
   * {@return random bytes without end}
   *
   * @param random the source of random numbers
   */
  static ByteSource of(RandomGenerator random) {
    return () -> random.nextInt(256);
  }

  /**
   * {@return a decision}
   *
   * @param bound how many there are, from 1 to 256
   */
  default int below(int bound) {
    return next() % bound;
  }
}
