package fluxion.benchmarks;

/**
 * How long each turn takes.
 *
 * @param rounds how many turns each contestant has at a row
 * @param warmUp milliseconds of processor time that nobody looks at
 * @param millis milliseconds that are timed
 * @param calls how often the workload whose memory is measured runs
 * @param starts how many processes are started to time a start
 */
record Effort(int rounds, int warmUp, int millis, int calls, int starts) {
  static final Effort QUICK = new Effort(1, 0, 10, 5, 1);

  /** Vector code takes over after some seconds; the peers warm up as long. */
  static Effort of(int rounds, int warmUp, int seconds) {
    return new Effort(rounds, 1000 * warmUp, 1000 * seconds, 10, 7);
  }

  /** What the report says of it. */
  String text() {
    return equals(QUICK)
        ? "A quick run, which shows that everything runs: no figure here means anything."
        : "The median of %d turns of %d s, each in a process of its own after %d s of processor"
                .formatted(rounds, millis / 1000, warmUp / 1000)
            + " time of warm-up, the frameworks in turn; on one thread its processor time.";
  }
}
