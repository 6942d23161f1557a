package fluxion.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** The files of the class path that name providers. */
final class ServiceFiles {
  private ServiceFiles() {}

  /**
   * Where the file lies that names a provider which could not be loaded.
   *
   * @param service the service
   * @param message what the service loader says, with the provider's name in it
   */
  static Location naming(Class<?> service, String message) {
    String name = "META-INF/services/" + service.getName();
    try {
      List<URL> files = Collections.list(ServiceFiles.class.getClassLoader().getResources(name));
      for (URL file : files) {
        for (String line : lines(file)) {
          if (!line.isEmpty()
              && message.matches(".*(?<![\\w$.])" + Pattern.quote(line) + "(?![\\w$]).*")) {
            return place(file.toString(), name);
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // the refusal says what is wrong; where it lies is then not known
      return Location.UNKNOWN;
    }
    return Location.UNKNOWN;
  }

  private static List<String> lines(URL file) throws IOException {
    URLConnection connection = file.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .toList();
    }
  }

  /** The jar or the folder of a file in it. */
  private static Location place(String url, String name) {
    String text = url.replaceFirst("^jar:", "");
    text = text.substring(0, text.length() - name.length()).replaceFirst("(!/|/)$", "");
    return text.startsWith("file:") ? Location.of(Path.of(URI.create(text))) : Location.UNKNOWN;
  }
}
