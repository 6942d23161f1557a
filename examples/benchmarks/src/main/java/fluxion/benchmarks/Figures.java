package fluxion.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was measured: a figure for each turn of each contestant at each row. */
final class Figures {
  /** Of how much the numbers may differ that contestants come to. */
  private static final double SAME = 1e-3;

  /**
   * Where a figure belongs.
   *
   * @param row the row's name
   * @param setting under which
   * @param contestant whose
   */
  record Key(String row, Setting setting, String contestant) {}

  private final Map<Key, List<Turn.Outcome>> figures = new LinkedHashMap<>();

  void add(Key key, Turn.Outcome outcome) {
    figures.computeIfAbsent(key, k -> new ArrayList<>()).add(outcome);
  }

  boolean isEmpty() {
    return figures.isEmpty();
  }

  boolean has(String row, Setting setting) {
    return figures.keySet().stream()
        .anyMatch(key -> key.row.equals(row) && key.setting.equals(setting));
  }

  /** The median of all turns' medians, or NaN where there was none. */
  double median(String row, Setting setting, String contestant) {
    double[] all =
        outcomes(row, setting, contestant).mapToDouble(Turn.Outcome::median).sorted().toArray();
    if (all.length == 0) {
      return Double.NaN;
    }
    return (all[(all.length - 1) / 2] + all[all.length / 2]) / 2;
  }

  /** The least of all turns, or NaN where there was none. */
  double best(String row, Setting setting, String contestant) {
    return outcomes(row, setting, contestant)
        .mapToDouble(Turn.Outcome::best)
        .min()
        .orElse(Double.NaN);
  }

  private Stream<Turn.Outcome> outcomes(String row, Setting setting, String contestant) {
    return figures.getOrDefault(new Key(row, setting, contestant), List.of()).stream();
  }

  /** Rows at which the contestants came to different numbers, and these. */
  List<String> disagreements() {
    List<String> found = new ArrayList<>();
    Map<String, Map.Entry<Key, Double>> first = new LinkedHashMap<>();
    for (Map.Entry<Key, List<Turn.Outcome>> figure : figures.entrySet()) {
      double value = figure.getValue().getLast().check();
      if (Double.isNaN(value)) {
        continue;
      }
      Map.Entry<Key, Double> entry = Map.entry(figure.getKey(), value);
      Map.Entry<Key, Double> other = first.putIfAbsent(entry.getKey().row, entry);
      if (other != null && Math.abs(value - other.getValue()) > SAME * Math.abs(value)) {
        found.add(
            "%s: %s came to %s, %s to %s"
                .formatted(
                    entry.getKey().row,
                    other.getKey().contestant,
                    other.getValue(),
                    entry.getKey().contestant,
                    value));
      }
    }
    return found;
  }

  /** Writes a line for each turn: row, threads, busy, contestant, median, best, check. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    figures.forEach(
        (key, all) -> {
          for (Turn.Outcome outcome : all) {
            lines.add(
                String.join(
                    "\t",
                    key.row,
                    Integer.toString(key.setting.threads()),
                    Boolean.toString(key.setting.busy()),
                    key.contestant,
                    Double.toString(outcome.median()),
                    Double.toString(outcome.best()),
                    Double.toString(outcome.check())));
          }
        });
    Files.write(file, lines);
  }

  /** Adds what {@link #write} wrote. */
  void read(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.split("\t");
      Setting setting = new Setting(Integer.parseInt(cells[1]), Boolean.parseBoolean(cells[2]));
      add(
          new Key(cells[0], setting, cells[3]),
          new Turn.Outcome(
              Double.parseDouble(cells[4]),
              Double.parseDouble(cells[5]),
              Double.parseDouble(cells[6])));
    }
  }
}
