package fluxion.api.spi;

/** The one service through which the API finds an engine. */
public interface EngineProvider {
  /** {@return the engine's name, for people} */
  String name();

  /** {@return the engine; the same one each time} */
  Engine engine();
}
