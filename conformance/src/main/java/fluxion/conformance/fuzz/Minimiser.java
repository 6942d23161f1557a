package fluxion.conformance.fuzz;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Makes an input that fails small: bytes are dropped, in halves and then one by one, and those that
 * stay are made 0 or smaller. As every decision is a byte, and 0 the plainest, that drops
 * operators, shrinks shapes and simplifies values.
 */
final class Minimiser {
  private final Predicate<byte[]> fails;
  private int tries;

  /**
   * Takes the judge.
   *
   * @param fails whether an input fails
   * @param tries how many inputs it may be asked about
   */
  Minimiser(Predicate<byte[]> fails, int tries) {
    this.fails = fails;
    this.tries = tries;
  }

  /** The smallest input that was found. */
  byte[] minimise(byte[] input) {
    byte[] smallest = input;
    byte[] before;
    do {
      before = smallest;
      smallest = plainer(shorter(smallest));
    } while (!Arrays.equals(smallest, before) && tries > 0);
    return smallest;
  }

  private boolean keeps(byte[] candidate) {
    return tries-- > 0 && fails.test(candidate);
  }

  private byte[] shorter(byte[] input) {
    byte[] smallest = input;
    for (int length = Math.max(input.length / 2, 1); length > 0; length /= 2) {
      for (int at = smallest.length - length; at >= 0; at -= length) {
        byte[] candidate = new byte[smallest.length - length];
        System.arraycopy(smallest, 0, candidate, 0, at);
        System.arraycopy(smallest, at + length, candidate, at, candidate.length - at);
        if (keeps(candidate)) {
          smallest = candidate;
        }
      }
    }
    return smallest;
  }

  private byte[] plainer(byte[] input) {
    byte[] smallest = input;
    for (int i = 0; i < input.length; i++) {
      int value = smallest[i] & 0xff;
      for (int plainer : new int[] {0, value / 2, value - 1}) {
        byte[] candidate = smallest.clone();
        candidate[i] = (byte) plainer;
        if (plainer >= 0 && plainer < value && keeps(candidate)) {
          smallest = candidate;
          break;
        }
      }
    }
    return smallest;
  }
}
