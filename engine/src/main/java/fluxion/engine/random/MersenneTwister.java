package fluxion.engine.random;

import fluxion.api.FormatException;
import java.nio.ByteBuffer;

/**
 * The 32-bit Mersenne Twister MT19937 of Matsumoto and Nishimura. Not safe for use by several
 * threads.
 */
final class MersenneTwister {
  /** The number of words of state. */
  static final int WORDS = 624;

  private static final int SHIFT = 397;
  private static final int MATRIX = 0x9908b0df;
  private static final int UPPER = 0x80000000;
  private static final int LOWER = 0x7fffffff;

  private final int[] words = new int[WORDS];

  /** The word to be given next. */
  private int next;

  /**
   * One more than the number of words left before the state is renewed. It runs against {@link
   * #next} except before the first draw, and PyTorch stores both.
   */
  private int left;

  /** Starts from a seed; only its low 32 bits count. */
  MersenneTwister(long seed) {
    words[0] = (int) seed;
    for (int j = 1; j < WORDS; j++) {
      int previous = words[j - 1];
      words[j] = 1812433253 * (previous ^ (previous >>> 30)) + j;
    }
    left = 1;
  }

  /** Continues from a state; see {@link #read}. */
  private MersenneTwister() {}

  /** {@return the next 32 bits} */
  int draw() {
    if (--left == 0) {
      renew();
    }
    int y = words[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  private void renew() {
    left = WORDS;
    next = 0;
    int p = 0;
    for (; p < WORDS - SHIFT; p++) {
      words[p] = words[p + SHIFT] ^ twist(words[p], words[p + 1]);
    }
    for (; p < WORDS - 1; p++) {
      words[p] = words[p + SHIFT - WORDS] ^ twist(words[p], words[p + 1]);
    }
    words[p] = words[p + SHIFT - WORDS] ^ twist(words[p], words[0]);
  }

  private static int twist(int u, int v) {
    int mixed = (u & UPPER) | (v & LOWER);
    return (mixed >>> 1) ^ ((v & 1) == 0 ? 0 : MATRIX);
  }

  /** Writes the state as PyTorch lays it out: both counters, then the words widened to 64 bits. */
  void write(ByteBuffer out) {
    out.putInt(left).putInt(1).putLong(next);
    for (int word : words) {
      out.putLong(Integer.toUnsignedLong(word));
    }
  }

  /**
   * {@return a twister that continues from what {@link #write} wrote}
   *
   * @throws FormatException if the counters do not fit together
   */
  static MersenneTwister read(ByteBuffer in) {
    MersenneTwister twister = new MersenneTwister();
    twister.left = in.getInt();
    int seeded = in.getInt();
    long next = in.getLong();
    // After a draw both sum to one more than the words; before a renewal next does not matter.
    boolean valid =
        seeded == 1
            && next >= 0
            && twister.left >= 1
            && (twister.left == 1 ? next <= WORDS : next + twister.left == WORDS + 1);
    if (!valid) {
      throw new FormatException(
          "this is no state of the CPU generator: seeded="
              + seeded
              + ", left="
              + twister.left
              + ", next="
              + next);
    }
    twister.next = (int) next;
    for (int j = 0; j < WORDS; j++) {
      twister.words[j] = (int) in.getLong();
    }
    return twister;
  }
}
