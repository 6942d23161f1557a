package fluxion.conformance.fuzz;

import java.io.Serial;

/** What a fuzz target found: something that is wrong. */
public final class Finding extends AssertionError {
  @Serial private static final long serialVersionUID = 1;

  /** The Java that shows it. */
  private final String reproducer;

  /**
   * Makes a finding.
   *
   * @param message what is wrong: where, what was expected and what was found
   * @param reproducer Java that shows it, as small as it could be made; empty if there is none
   */
  public Finding(String message, String reproducer) {
    super(message);
    this.reproducer = reproducer;
  }

  /**
   * Makes a finding about something that was thrown.
   *
   * @param message what is wrong
   * @param reproducer Java that shows it; empty if there is none
   * @param cause what was thrown
   */
  public Finding(String message, String reproducer, Throwable cause) {
    super(message, cause);
    this.reproducer = reproducer;
  }

  /** {@return Java that shows it, as small as it could be made; empty if there is none} */
  public String reproducer() {
    return reproducer;
  }
}
