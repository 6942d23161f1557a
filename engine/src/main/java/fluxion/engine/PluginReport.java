package fluxion.engine;

import fluxion.api.Plugin;
import fluxion.api.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lays out for a terminal which plugins there are. */
final class PluginReport {
  private static final int WIDTH = 80;
  private static final String NONE = "-";

  /** One line of the table: a module and all that its providers offer. */
  private record Row(String module, String version, String operators, String devices) {}

  private final List<Plugin> plugins;
  private final List<Selection> selections;
  private final StringBuilder text = new StringBuilder();

  private PluginReport(List<Plugin> plugins, List<Selection> selections) {
    this.plugins = plugins;
    this.selections = selections;
  }

  /**
   * {@return the report, with a newline at its end}
   *
   * @param plugins the plugins
   * @param selections who serves what
   * @param names whether it lists the names of all operators
   */
  static String of(List<Plugin> plugins, List<Selection> selections, boolean names) {
    return new PluginReport(plugins, selections).write(names);
  }

  private String write(boolean names) {
    table();
    if (names) {
      operatorNames();
    }
    accelerators();
    refusals();
    advice();
    summary(names);
    return text.toString();
  }

  // ---- the table

  private void table() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("Module", "Version", "Operators", "Devices"));
    rows.addAll(rows());
    int module = width(rows, Row::module);
    int version = width(rows, Row::version);
    int operators = width(rows, Row::operators);
    int devices = width(rows, Row::devices);
    rows.add(
        1,
        new Row(
            "-".repeat(module), "-".repeat(version), "-".repeat(operators), "-".repeat(devices)));
    String format = "%-" + module + "s  %-" + version + "s  %" + operators + "s  %s";
    for (Row row : rows) {
      line(
          String.format(
              Locale.ROOT, format, row.module(), row.version(), row.operators(), row.devices()));
    }
  }

  private static int width(List<Row> rows, java.util.function.Function<Row, String> column) {
    return rows.stream().mapToInt(row -> column.apply(row).length()).max().orElse(0);
  }

  private List<Row> rows() {
    Map<List<String>, List<Plugin>> byModule =
        plugins.stream()
            .collect(
                Collectors.groupingBy(
                    plugin -> List.of(plugin.module(), plugin.version()),
                    () ->
                        new TreeMap<>(
                            Comparator.comparing((List<String> key) -> key.get(0))
                                .thenComparing(key -> key.get(1))),
                    Collectors.toList()));
    List<Row> rows = new ArrayList<>();
    byModule.forEach(
        (module, providers) ->
            rows.add(
                new Row(
                    module.get(0),
                    module.get(1).isEmpty() ? NONE : module.get(1),
                    operatorCell(providers),
                    deviceCell(providers))));
    return rows;
  }

  private static String operatorCell(List<Plugin> providers) {
    List<Plugin> bringers = providers.stream().filter(PluginReport::isOfOperators).toList();
    if (bringers.isEmpty()) {
      return NONE;
    }
    int count = operatorCount(bringers);
    return count == 0 ? "refused" : String.valueOf(count);
  }

  private static String deviceCell(List<Plugin> providers) {
    List<Plugin> bringers =
        providers.stream().filter(plugin -> plugin.kind() == Plugin.Kind.BACKEND).toList();
    if (bringers.isEmpty()) {
      return NONE;
    }
    List<String> devices = deviceNames(bringers);
    return devices.isEmpty() ? "refused" : String.join(", ", devices);
  }

  private static boolean isOfOperators(Plugin plugin) {
    return plugin.kind() == Plugin.Kind.ENGINE || plugin.kind() == Plugin.Kind.OPERATORS;
  }

  private static int operatorCount(List<Plugin> plugins) {
    return plugins.stream()
        .filter(PluginReport::isOfOperators)
        .mapToInt(plugin -> plugin.offers().size())
        .sum();
  }

  private static List<String> deviceNames(List<Plugin> plugins) {
    return plugins.stream()
        .filter(plugin -> plugin.kind() == Plugin.Kind.BACKEND)
        .flatMap(plugin -> plugin.offers().stream())
        .toList();
  }

  // ---- what follows it

  private void operatorNames() {
    for (Plugin plugin : plugins) {
      if (isOfOperators(plugin) && !plugin.offers().isEmpty()) {
        line("");
        line("Operators of " + plugin.module() + ":");
        wrapped(String.join(", ", plugin.offers().stream().sorted().toList()), "  ");
      }
    }
  }

  private void accelerators() {
    List<Selection> served =
        selections.stream()
            .filter(selection -> selection.kind() == Plugin.Kind.ACCELERATORS)
            .toList();
    if (!served.isEmpty()) {
      line("");
      line("Accelerators:");
      for (Selection selection : served) {
        String module = selection.module().isEmpty() ? "nobody" : selection.module();
        line("  " + selection.name() + " is served by " + module);
        wrapped(selection.reason(), "    ");
      }
    }
  }

  private List<Plugin> refused() {
    return plugins.stream().filter(plugin -> !plugin.isFullyUsable()).toList();
  }

  private void refusals() {
    List<Plugin> refused = refused();
    if (refused.isEmpty()) {
      return;
    }
    line("");
    line("Refused:");
    for (Plugin plugin : refused) {
      String version = plugin.version().isEmpty() ? "" : " " + plugin.version();
      String name = plugin.name().equals(plugin.module()) ? "" : " (" + plugin.name() + ")";
      line("  " + plugin.module() + version + name);
      if (plugin.kind() == Plugin.Kind.JAR) {
        line("    " + plugin.location());
      }
      wrapped(plugin.refusal(), "    ");
    }
  }

  private void advice() {
    if (plugins.stream().noneMatch(PluginReport::bringsOperators)) {
      line("");
      wrapped(
          "No operators but the engine's own: no module on the path provides others. Add the jar of"
              + " an operator module to the module path.",
          "");
    }
    if (deviceNames(plugins).isEmpty()) {
      line("");
      wrapped(
          "No backend: no module on the path provides a device, so no tensor can be made. Add the"
              + " jar of a backend to the module path.",
          "");
    }
  }

  private static boolean bringsOperators(Plugin plugin) {
    return plugin.kind() == Plugin.Kind.OPERATORS && !plugin.offers().isEmpty();
  }

  private void summary(boolean names) {
    int operators = operatorCount(plugins);
    int devices = deviceNames(plugins).size();
    int refused = refused().size();
    line("");
    line(
        count(operators, "operator")
            + ", "
            + count(devices, "device")
            + (refused == 0 ? ", nothing refused" : ", " + refused + " refused")
            + (names ? "" : " (--operators lists the names)"));
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  // ---- lines

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  private void wrapped(String words, String indent) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : words.split(" ", -1)) {
      boolean begins = line.length() == indent.length();
      if (!begins && line.length() + 1 + word.length() > WIDTH) {
        line(line.toString());
        line.setLength(indent.length());
        begins = true;
      }
      line.append(begins ? "" : " ").append(word);
    }
    line(line.toString());
  }
}
