package fluxion.conformance;

/**
 * What came of one check or one recorded case.
 *
 * @param kind what kind of verdict it is
 * @param reason why it is not a pass; of a pass what there is to say, which mostly is nothing
 */
public record Verdict(Kind kind, String reason) {
  /** The kinds of verdict. */
  public enum Kind {
    /** What was asked for was found. */
    PASS,
    /** Something else was found. */
    FAIL,
    /** The plugin declares that it does not offer this. It counts as neither passed nor failed. */
    UNSUPPORTED,
    /** Nothing was tried, for a reason that lies outside of the plugin. */
    NOT_RUN,
    /**
     * It failed, as its vendor said beforehand; what is expected to fail and passes is a failure.
     */
    EXPECTED_FAILURE;

    /** {@return the kind in words, such as {@code NOT RUN}} */
    @Override
    public String toString() {
      return name().replace('_', ' ');
    }
  }

  /** A case that passed. */
  public static final Verdict PASS = new Verdict(Kind.PASS, "");

  /**
   * {@return a case that failed}
   *
   * @param reason what differs, with the numbers
   */
  public static Verdict fail(String reason) {
    return new Verdict(Kind.FAIL, reason);
  }

  /**
   * {@return a case that the plugin declares not to support}
   *
   * @param reason what it declares
   */
  public static Verdict unsupported(String reason) {
    return new Verdict(Kind.UNSUPPORTED, reason);
  }

  /**
   * {@return a case that was not tried}
   *
   * @param reason why, naming what is missing
   */
  public static Verdict notRun(String reason) {
    return new Verdict(Kind.NOT_RUN, reason);
  }

  /**
   * {@return a case that failed as was said beforehand}
   *
   * @param reason what its vendor said, and what was found
   */
  public static Verdict expectedFailure(String reason) {
    return new Verdict(Kind.EXPECTED_FAILURE, reason);
  }

  /** {@return the kind, and the reason if there is one} */
  @Override
  public String toString() {
    return reason.isEmpty() ? kind.toString() : kind + ": " + reason;
  }
}
