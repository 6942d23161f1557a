package fluxion.engine.spi;

/** The version of this package. */
public final class SpiVersion {
  /** The version that this engine speaks; it changes when a plugin must be compiled anew. */
  public static final int CURRENT = 2;

  private SpiVersion() {}
}
