package fluxion.nn.data;

import java.util.random.RandomGenerator;

/**
 * A source of random numbers for each purpose, which depends on nothing but its numbers: SplitMix64
 * of Steele, Lea and Flood, <i>Fast Splittable Pseudorandom Number Generators</i>, 2014.
 */
final class Randoms implements RandomGenerator {
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private long state;

  private Randoms(long state) {
    this.state = state;
  }

  /**
   * {@return a source of numbers}
   *
   * @param keys what it is for, such as seed, epoch and index
   */
  static Randoms of(long... keys) {
    long state = 0;
    for (long key : keys) {
      state = mix(state + GOLDEN + key);
    }
    return new Randoms(state);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }

  @Override
  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /**
   * {@return the numbers from 0 up to a bound, shuffled}
   *
   * @param n the bound
   * @param random the source of chance
   */
  static int[] permutation(int n, RandomGenerator random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
