package fluxion.conformance;

/**
 * What came of one case.
 *
 * @param kind whether it passed
 * @param reason why it did not, empty if it did
 */
public record Verdict(Kind kind, String reason) {
  /** The kinds of verdict. */
  public enum Kind {
    /** What was asked for was found. */
    PASS,
    /** Something else was found. */
    FAIL,
    /** Nothing was tried. */
    SKIP
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
   * {@return a case that was not tried}
   *
   * @param reason why, naming what is missing
   */
  public static Verdict skip(String reason) {
    return new Verdict(Kind.SKIP, reason);
  }

  /** {@return the kind, and the reason if there is one} */
  @Override
  public String toString() {
    return reason.isEmpty() ? kind.toString() : kind + ": " + reason;
  }
}
