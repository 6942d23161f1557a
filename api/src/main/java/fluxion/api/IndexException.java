package fluxion.api;

/** An index or a dimension out of range. */
public class IndexException extends FluxionException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param message what was asked, what was found and what to do
   */
  public IndexException(String message) {
    super(message);
  }

  /**
   * Makes an error with a cause.
   *
   * @param message what was asked, what was found and what to do
   * @param cause what brought it about
   */
  public IndexException(String message, Throwable cause) {
    super(message, cause);
  }
}
