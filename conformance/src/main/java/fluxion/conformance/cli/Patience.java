package fluxion.conformance.cli;

import java.time.Duration;

/**
 * How long what takes part in a run may be silent. Checks and listings are given up by the worker
 * itself; the parent waits longer, for a worker that cannot even do that.
 */
final class Patience {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final int LISTING = 3;

  private Patience() {}

  /** How long a unit may take to list its checks. */
  static Duration listing(Options options) {
    return options.settings().limit().multipliedBy(LISTING);
  }

  /**
   * How long the parent waits for a sign of life.
   *
   * @param options what is asked for
   * @param stage what the worker is at
   * @param limit how long the check may take that it is at
   */
  static Duration silence(Options options, Stage stage, Duration limit) {
    return switch (stage) {
      case CHECKING -> limit.plus(GRACE);
      // the engine looks for plugins while it starts
      case STARTING, LISTING, BETWEEN -> listing(options).plus(GRACE);
    };
  }
}
