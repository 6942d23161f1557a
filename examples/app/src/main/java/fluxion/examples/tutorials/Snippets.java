package fluxion.examples.tutorials;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The source text of a tutorial's snippets, read from the tutorial's own source file, which lies in
 * the jar beside its class.
 */
final class Snippets {
  private static final String BEGIN = "    notebook.cell(\"";
  private static final String END_OF_METHOD = "  }";

  private final List<String> imports;
  private final Map<String, String> texts;

  private Snippets(List<String> imports, Map<String, String> texts) {
    this.imports = imports;
    this.texts = texts;
  }

  /**
   * {@return the snippets of a tutorial}
   *
   * @param home the class that it is written in
   */
  static Snippets of(Class<?> home) {
    String file = home.getSimpleName() + ".java";
    try (InputStream in = home.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the source " + file + " is not in the jar");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * {@return the snippets in a source file: what follows each call of {@code notebook.cell}}
   *
   * @param lines its lines
   */
  static Snippets parse(List<String> lines) {
    Map<String, StringBuilder> found = new LinkedHashMap<>();
    StringBuilder current = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith(BEGIN)) {
        String title = line.substring(BEGIN.length(), line.lastIndexOf("\");"));
        current = new StringBuilder();
        if (found.put(title, current) != null) {
          throw new IllegalStateException("two snippets have the title '" + title + "'");
        }
      } else if (line.equals(END_OF_METHOD)) {
        current = new StringBuilder();
      } else {
        current.append(line).append('\n');
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    found.forEach((title, text) -> texts.put(title, text.toString().stripTrailing().stripIndent()));
    List<String> imports =
        lines.stream()
            .filter(line -> line.startsWith("import ") && !line.contains(".annotations."))
            .toList();
    return new Snippets(imports, texts);
  }

  /** {@return the imports that the snippets need, a line each} */
  List<String> imports() {
    return imports;
  }

  /** {@return the snippets' titles, in order} */
  List<String> titles() {
    return List.copyOf(texts.keySet());
  }

  /**
   * {@return a snippet's source}
   *
   * @param title its title
   */
  String text(String title) {
    String text = texts.get(title);
    if (text == null) {
      throw new IllegalStateException("no snippet '" + title + "'; there are " + texts.keySet());
    }
    return text;
  }
}
