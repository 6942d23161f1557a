package fluxion.engine.registry;

import fluxion.api.Plugin;
import java.util.Map;

/**
 * A service through which plugins are found, and what its providers are asked.
 *
 * @param <P> the service's interface
 * @param <T> what a provider offers
 */
interface Service<P, T> {
  /** The service's interface. */
  Class<P> type();

  /** What its providers provide. */
  Plugin.Kind kind();

  /** The version of the SPI for which a provider was compiled. */
  int spiVersion(P provider);

  /** A provider's name. */
  String name(P provider);

  /**
   * What a provider offers, by name and in its order.
   *
   * @throws fluxion.api.PluginException if something of it cannot be used; then nothing is
   */
  Map<String, T> offers(P provider);

  /** Why a provider that offers nothing does so. */
  String nothing(P provider);
}
