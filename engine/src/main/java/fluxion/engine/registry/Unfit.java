package fluxion.engine.registry;

/** Arguments that do not fit a signature; another may take them. */
final class Unfit extends Exception {
  private static final long serialVersionUID = 1L;

  Unfit(String message) {
    super(message, null, false, false);
  }
}
