package fluxion.api;

/** A device that is not there, or tensors on devices that do not go together. */
public class DeviceException extends FluxionException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param message what was asked, what was found and what to do
   */
  public DeviceException(String message) {
    super(message);
  }

  /**
   * Makes an error with a cause.
   *
   * @param message what was asked, what was found and what to do
   * @param cause what brought it about
   */
  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
