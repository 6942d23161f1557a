package fluxion.api;

/** A dtype that an operator or a device does not take. */
public class DTypeException extends FluxionException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param message what was asked, what was found and what to do
   */
  public DTypeException(String message) {
    super(message);
  }

  /**
   * Makes an error with a cause.
   *
   * @param message what was asked, what was found and what to do
   * @param cause what brought it about
   */
  public DTypeException(String message, Throwable cause) {
    super(message, cause);
  }
}
