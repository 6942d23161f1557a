package fluxion.api;

/** A use of memory that has been given back, or a scope that is closed in the wrong place. */
public class MemoryException extends FluxionException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param message what was asked, what was found and what to do
   */
  public MemoryException(String message) {
    super(message);
  }
}
