package fluxion.benchmarks.workloads;

/** Some work of a framework, done again at each call. */
@FunctionalInterface
public interface Workload {
  /**
   * Does the work.
   *
   * @return what came out; a number where it tells whether frameworks did the same
   * @throws Exception if it fails
   */
  Object run() throws Exception;

  /** Makes a workload: its operands, its network, its memory. */
  @FunctionalInterface
  interface Maker {
    /**
     * {@return a workload that is ready to run}
     *
     * @throws Exception if it cannot be made
     */
    Workload make() throws Exception;
  }
}
