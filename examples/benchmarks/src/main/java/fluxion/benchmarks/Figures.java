package fluxion.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  private final Map<Key, List<Double>> figures = new LinkedHashMap<>();
  private final Map<Key, Double> checks = new LinkedHashMap<>();

  void add(Key key, double figure, double check) {
    figures.computeIfAbsent(key, k -> new ArrayList<>()).add(figure);
    checks.put(key, check);
  }

  boolean isEmpty() {
    return figures.isEmpty();
  }

  boolean has(String row, Setting setting) {
    return figures.keySet().stream()
        .anyMatch(key -> key.row.equals(row) && key.setting.equals(setting));
  }

  /** The median of all turns, or NaN where there was none. */
  double median(String row, Setting setting, String contestant) {
    List<Double> all = figures.get(new Key(row, setting, contestant));
    if (all == null) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(all);
    Collections.sort(sorted);
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** Rows at which the contestants came to different numbers, and these. */
  List<String> disagreements() {
    List<String> found = new ArrayList<>();
    Map<String, Map.Entry<Key, Double>> first = new LinkedHashMap<>();
    for (Map.Entry<Key, Double> entry : checks.entrySet()) {
      double value = entry.getValue();
      if (Double.isNaN(value)) {
        continue;
      }
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

  /** Writes a line for each figure: row, threads, busy, contestant, figure, check. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    figures.forEach(
        (key, all) -> {
          for (double figure : all) {
            lines.add(
                String.join(
                    "\t",
                    key.row,
                    Integer.toString(key.setting.threads()),
                    Boolean.toString(key.setting.busy()),
                    key.contestant,
                    Double.toString(figure),
                    checks.get(key).toString()));
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
          Double.parseDouble(cells[4]),
          Double.parseDouble(cells[5]));
    }
  }
}
