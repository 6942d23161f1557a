package fluxion.api;

/** Shapes that do not fit an operator or each other. */
public class ShapeException extends FluxionException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param message what was asked, what was found and what to do
   */
  public ShapeException(String message) {
    super(message);
  }

  /**
   * Makes an error with a cause.
   *
   * @param message what was asked, what was found and what to do
   * @param cause what brought it about
   */
  public ShapeException(String message, Throwable cause) {
    super(message, cause);
  }
}
