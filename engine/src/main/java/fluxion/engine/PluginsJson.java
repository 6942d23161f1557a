package fluxion.engine;

import fluxion.api.Plugin;
import fluxion.api.Selection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes which plugins there are, and who serves what, as JSON. */
final class PluginsJson {
  private PluginsJson() {}

  /**
   * {@return an object with the lists {@code plugins} and {@code selections}}
   *
   * @param plugins the plugins
   * @param selections who serves what
   */
  static String of(List<Plugin> plugins, List<Selection> selections) {
    return "{\n"
        + list("plugins", plugins.stream().map(PluginsJson::plugin).toList())
        + ",\n"
        + list("selections", selections.stream().map(PluginsJson::selection).toList())
        + "\n}\n";
  }

  private static String list(String name, List<String> lines) {
    return "  "
        + quoted(name)
        + ": ["
        + (lines.isEmpty() ? "" : "\n    " + String.join(",\n    ", lines) + "\n  ")
        + "]";
  }

  private static String plugin(Plugin plugin) {
    return object(
        field("kind", kind(plugin.kind())),
        field("name", plugin.name()),
        field("module", plugin.module()),
        field("version", plugin.version()),
        field("location", plugin.location()),
        quoted("offers") + ": " + strings(plugin.offers()),
        field("refusal", plugin.refusal()));
  }

  private static String selection(Selection selection) {
    return object(
        field("kind", kind(selection.kind())),
        field("name", selection.name()),
        field("module", selection.module()),
        quoted("candidates") + ": " + strings(selection.candidates()),
        field("reason", selection.reason()));
  }

  private static String kind(Plugin.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String object(String... fields) {
    return "{" + String.join(", ", fields) + "}";
  }

  private static String field(String name, String value) {
    return quoted(name) + ": " + quoted(value);
  }

  private static String strings(List<String> values) {
    return values.stream().map(PluginsJson::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
