package fluxion.engine.registry;

import fluxion.api.ArgumentException;

/** How many threads devices may use: what was set, else the property, else the processors. */
final class Threads {
  /** The system property that gives the number at the start. */
  static final String PROPERTY = "fluxion.threads";

  private static final int MOST = 1024;

  private Threads() {}

  /**
   * The number to start with.
   *
   * @param text what the property says, or the empty text
   * @throws ArgumentException if it is not a number in the range
   */
  static int initial(String text) {
    if (text.isEmpty()) {
      return Math.min(Runtime.getRuntime().availableProcessors(), MOST);
    }
    try {
      return check(Integer.parseInt(text.strip()), "-D" + PROPERTY + "=" + text);
    } catch (NumberFormatException e) {
      throw refusal("-D" + PROPERTY + "=" + text);
    }
  }

  /**
   * A number that was asked for.
   *
   * @param n the number
   * @param call how it was asked for
   * @throws ArgumentException if it is out of range
   */
  static int check(int n, String call) {
    if (n < 1 || n > MOST) {
      throw refusal(call);
    }
    return n;
  }

  private static ArgumentException refusal(String call) {
    return new ArgumentException(call + ": expected a number of threads from 1 to " + MOST);
  }
}
