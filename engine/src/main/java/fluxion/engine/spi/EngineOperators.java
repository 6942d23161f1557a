package fluxion.engine.spi;

import fluxion.engine.intrinsics.EngineFunctions;

/**
 * The operators that the engine itself brings: copies, casts and plain writes.
 *
 * <p>They are always there; no service offers them. Tools that try operators get them here.
 */
public final class EngineOperators {
  private EngineOperators() {}

  /** {@return the provider of the engine's own operators} */
  public static FunctionProvider provider() {
    return new EngineFunctions();
  }
}
