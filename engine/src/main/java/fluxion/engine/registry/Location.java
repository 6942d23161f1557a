package fluxion.engine.registry;

import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** Where a plugin lies. Put into words only when somebody asks. */
final class Location {
  static final Location UNKNOWN = new Location(null, null, null);

  private final @Nullable Class<?> type;
  private final @Nullable Module module;
  private final @Nullable Path path;

  private Location(@Nullable Class<?> type, @Nullable Module module, @Nullable Path path) {
    this.type = type;
    this.module = module;
    this.path = path;
  }

  static Location of(Class<?> type) {
    return new Location(type, type.getModule(), null);
  }

  static Location of(Module module) {
    return new Location(null, module, null);
  }

  static Location of(Path path) {
    return new Location(null, null, path);
  }

  /** A path, another place as a URI, or the empty text. */
  String text() {
    if (path != null) {
      return path.toString();
    }
    URI uri = ofModule();
    if (uri == null && type != null) {
      CodeSource source = type.getProtectionDomain().getCodeSource();
      if (source != null && source.getLocation() != null) {
        String text = source.getLocation().toString();
        return text.startsWith("file:") ? Path.of(URI.create(text)).toString() : text;
      }
    }
    if (uri == null) {
      return "";
    }
    return "file".equals(uri.getScheme()) ? Path.of(uri).toString() : uri.toString();
  }

  private @Nullable URI ofModule() {
    if (module == null || !module.isNamed() || module.getLayer() == null) {
      return null;
    }
    return module
        .getLayer()
        .configuration()
        .findModule(module.getName())
        .flatMap(resolved -> resolved.reference().location())
        .orElse(null);
  }
}
