package fluxion.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nanoseconds a call, by workload and framework, over several rounds. */
final class Figures {
  /**
   * A benchmark and its parameter.
   *
   * @param name the class and method, such as {@code Gemm.sgemm}
   * @param size the parameter, or 0 for none
   */
  record Workload(String name, long size) implements Comparable<Workload> {
    @Override
    public int compareTo(Workload other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : Long.compare(size, other.size);
    }
  }

  private final Map<Workload, Map<String, List<Double>>> rounds = new TreeMap<>();

  /** Adds the figures that JMH wrote as comma-separated values. */
  void add(String framework, Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.replace("\"", "").split(",", -1);
      String[] name = cells[0].split("\\.");
      Workload workload =
          new Workload(
              name[name.length - 2] + "." + name[name.length - 1],
              cells.length > 7 && !cells[7].isEmpty() ? Long.parseLong(cells[7]) : 0);
      rounds
          .computeIfAbsent(workload, w -> new TreeMap<>())
          .computeIfAbsent(framework, f -> new ArrayList<>())
          .add(Double.parseDouble(cells[4]));
    }
  }

  boolean isEmpty() {
    return rounds.isEmpty();
  }

  Iterable<Workload> workloads() {
    return rounds.keySet();
  }

  /** The median over the rounds, or NaN if the framework does not have the workload. */
  double median(Workload workload, String framework) {
    List<Double> all = rounds.get(workload).get(framework);
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
}
