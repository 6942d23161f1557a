package fluxion.engine.registry;

import fluxion.engine.spi.SpiVersion;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a provider and asks it what it offers. Whatever it does wrong becomes a refusal, so that it
 * leaves the others working.
 */
final class Interview {
  private Interview() {}

  /**
   * What a provider says.
   *
   * @param service the service
   * @param type the provider's class, as far as it is known before it is made
   * @param maker makes it
   * @param layer the layer that was searched, or null for the engine's own
   */
  static <P, T> Found<T> ask(
      Service<P, T> service, Class<?> type, Supplier<P> maker, @Nullable ModuleLayer layer) {
    Class<?> known = type;
    try {
      P provider = maker.get();
      known = provider.getClass();
      return answers(service, provider, origin(known, layer));
    } catch (Throwable e) {
      Causes.letJvmsPass(e);
      return Found.refused(
          service.kind(), known.getName(), origin(known, layer), Causes.describe(e), e);
    }
  }

  /**
   * What a provider says that was made elsewhere.
   *
   * @param service the service
   * @param provider the provider
   * @param source what it is added with
   */
  static <P, T> Found<T> askMade(Service<P, T> service, P provider, Object source) {
    Found.Origin origin = origin(provider.getClass(), null).with(source);
    try {
      return answers(service, provider, origin);
    } catch (Throwable e) {
      Causes.letJvmsPass(e);
      return Found.refused(
          service.kind(), provider.getClass().getName(), origin, Causes.describe(e), e);
    }
  }

  /**
   * What a provider says that a container brings.
   *
   * @param service the service
   * @param brought the provider, and where it is from
   */
  static <P, T> Found<T> ask(Service<P, T> service, Brought<P> brought) {
    Found.Origin origin =
        new Found.Origin(brought.module(), brought.version(), brought.source(), Location.UNKNOWN);
    try {
      return answers(service, brought.maker().get(), origin);
    } catch (Throwable e) {
      Causes.letJvmsPass(e);
      return Found.refused(service.kind(), brought.type(), origin, Causes.describe(e), e);
    }
  }

  private static <P, T> Found<T> answers(Service<P, T> service, P provider, Found.Origin origin) {
    int spoken = service.spiVersion(provider);
    if (spoken != SpiVersion.CURRENT) {
      return Found.refused(
          service.kind(), provider.getClass().getName(), origin, otherVersion(spoken), null);
    }
    String name = service.name(provider);
    if (name == null || name.isBlank()) {
      return Found.refused(
          service.kind(), provider.getClass().getName(), origin, "name() gave no name", null);
    }
    Map<String, T> offers = service.offers(provider);
    return offers.isEmpty()
        ? Found.refused(service.kind(), name, origin, service.nothing(provider), null)
        : Found.taken(service.kind(), name, origin, offers);
  }

  private static String otherVersion(int spoken) {
    return "was compiled for version "
        + spoken
        + " of the SPI, and this engine speaks version "
        + SpiVersion.CURRENT
        + "; use a release of the plugin for version "
        + SpiVersion.CURRENT
        + " or an engine that speaks version "
        + spoken;
  }

  /** Where a provider of a class comes from. */
  static Found.Origin origin(Class<?> type, @Nullable ModuleLayer searched) {
    Module module = type.getModule();
    if (!module.isNamed()) {
      String version = type.getPackage().getImplementationVersion();
      return new Found.Origin(
          type.getName(), version == null ? "" : version, searched, Location.of(type));
    }
    return new Found.Origin(
        module.getName(),
        version(module),
        searched == null ? null : module.getLayer(),
        Location.of(type));
  }

  /** A module's version, or the empty text. */
  static String version(Module module) {
    return module.getDescriptor() == null ? "" : module.getDescriptor().rawVersion().orElse("");
  }
}
