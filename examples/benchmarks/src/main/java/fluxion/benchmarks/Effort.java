package fluxion.benchmarks;

/**
 * How long each turn takes.
 *
 * @param rounds how many turns each contestant has at a row
 * @param warmUp how many iterations nobody looks at
 * @param iterations how many are measured
 * @param millis how long an iteration is
 * @param calls how often the workload whose memory is measured runs
 * @param starts how many processes are started to time a start
 */
record Effort(int rounds, int warmUp, int iterations, int millis, int calls, int starts) {
  static final Effort QUICK = new Effort(1, 0, 1, 10, 5, 1);

  /** Vector code takes over after some seconds; the peers warm up as long. */
  static Effort of(int rounds, int warmUp, int seconds) {
    return new Effort(rounds, warmUp, seconds, 1000, 10, 5);
  }
}
