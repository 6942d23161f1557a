package fluxion.nn.data;

import fluxion.api.FluxionException;

/** An example could not be had, or examples do not make a batch; the cause says why. */
public final class DatasetException extends FluxionException {
  private static final long serialVersionUID = 1L;

  /** The number of the example. */
  private final int index;

  /**
   * Makes an error.
   *
   * @param index the number of the example, or of the first of a batch
   * @param message what is wrong
   * @param cause what brought it about
   */
  public DatasetException(int index, String message, Throwable cause) {
    super(message, cause);
    this.index = index;
  }

  /** {@return the number of the example, or of the first of a batch} */
  public int index() {
    return index;
  }
}
