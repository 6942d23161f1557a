package fluxion.conformance.suite;

import fluxion.conformance.Verdict;

/** Ends a check that could not be tried, or that the plugin declares not to support. */
public final class NotRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Verdict verdict;

  private NotRun(Verdict verdict) {
    super(verdict.toString());
    this.verdict = verdict;
  }

  /**
   * {@return what ends a check that the plugin declares not to support}
   *
   * @param reason what it declares
   */
  public static NotRun unsupported(String reason) {
    return new NotRun(Verdict.unsupported(reason));
  }

  /**
   * {@return what ends a check that cannot be tried}
   *
   * @param reason why
   */
  public static NotRun because(String reason) {
    return new NotRun(Verdict.notRun(reason));
  }

  /** {@return the verdict} */
  public Verdict verdict() {
    return verdict;
  }
}
