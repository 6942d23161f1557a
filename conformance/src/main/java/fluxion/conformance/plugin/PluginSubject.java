package fluxion.conformance.plugin;

import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that is judged.
 *
 * @param name its module, or its class on the class path
 * @param candidate the provider
 * @param path where its classes lie, a jar or a folder; null where that is not known
 */
public record PluginSubject(String name, Candidate candidate, @Nullable Path path) {
  /**
   * {@return the plugin of a provider of operators}
   *
   * @param provider the provider
   */
  public static PluginSubject of(FunctionProvider provider) {
    return of(new Candidate.Operators(provider));
  }

  /**
   * {@return the plugin of a provider of devices}
   *
   * @param provider the provider
   */
  public static PluginSubject of(BackendProvider provider) {
    return of(new Candidate.Devices(provider));
  }

  private static PluginSubject of(Candidate candidate) {
    Class<?> type = candidate.type();
    return new PluginSubject(
        home(type), candidate, location(type).map(PluginSubject::path).orElse(null));
  }

  /** The module of a class, or itself on the class path: what the engine calls its place. */
  private static String home(Class<?> type) {
    return type.getModule().isNamed() ? type.getModule().getName() : type.getName();
  }

  /** {@return the provider's module, or its class on the class path} */
  String home() {
    return home(candidate.type());
  }

  /** {@return what the provider says of its name, or the empty text where it fails to say it} */
  String nameOfProvider() {
    try {
      return Objects.requireNonNullElse(candidate.name(), "");
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return "";
    }
  }

  private static Optional<URI> location(Class<?> type) {
    Module module = type.getModule();
    ModuleLayer layer = module.getLayer();
    if (module.isNamed() && layer != null) {
      return layer
          .configuration()
          .findModule(module.getName())
          .flatMap(found -> found.reference().location());
    }
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return source == null || source.getLocation() == null
          ? Optional.empty()
          : Optional.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Path path(URI location) {
    try {
      return Path.of(location);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return null;
    }
  }
}
