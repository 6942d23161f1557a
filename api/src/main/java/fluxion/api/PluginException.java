package fluxion.api;

/** A plugin, operator or engine that is missing or was refused. */
public class PluginException extends FluxionException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param message what was asked, what was found and what to do
   */
  public PluginException(String message) {
    super(message);
  }

  /**
   * Makes an error with a cause.
   *
   * @param message what was asked, what was found and what to do
   * @param cause what brought it about
   */
  public PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}
