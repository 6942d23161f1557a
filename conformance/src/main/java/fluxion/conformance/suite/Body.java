package fluxion.conformance.suite;

/** What one check does. It ends normally if all is well, and throws an error otherwise. */
@FunctionalInterface
public interface Body {
  /**
   * Runs the check.
   *
   * @param trial takes what is measured, and gives random numbers
   * @throws NotRun if it turns out that there is nothing to try
   * @throws Exception if something fails; so does an {@link AssertionError} or any other error
   */
  void run(Trial trial) throws Exception;
}
