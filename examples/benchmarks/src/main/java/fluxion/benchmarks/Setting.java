package fluxion.benchmarks;

/**
 * Under which circumstances a workload is run.
 *
 * @param threads of the framework
 * @param busy whether another process keeps one core busy meanwhile
 */
record Setting(int threads, boolean busy) {
  static final Setting ONE = new Setting(1, false);
  static final Setting TWO = new Setting(2, false);
  static final Setting TWO_BUSY = new Setting(2, true);

  @Override
  public String toString() {
    return threads + (busy ? ", a core busy" : "");
  }
}
