package fluxion.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One run: every row, under each of its settings, each contestant in turn. */
final class Bench {
  private final BenchOptions options;
  private final List<Contestant> contestants;
  private final Path output;
  private final Figures figures = new Figures();
  private boolean failed;

  Bench(BenchOptions options, List<Contestant> contestants, Path output) {
    this.options = options;
    this.contestants = contestants;
    this.output = output;
  }

  /** {@return whether every contestant finished every turn} */
  boolean run() throws IOException, InterruptedException {
    Path all = output.resolve("figures.tsv");
    if (options.add && Files.exists(all)) {
      figures.read(all);
    }
    for (Row asked : Rows.ALL) {
      if (options.asksFor(asked)) {
        Row row = options.with(asked);
        for (Setting setting : row.settings()) {
          measure(row, setting);
          figures.write(all);
        }
      }
    }
    if (figures.isEmpty()) {
      throw new IOException("no row matches " + options.rows);
    }
    Report report = new Report(figures, options);
    String text = report.markdown();
    Files.writeString(output.resolve("report.md"), text);
    Files.writeString(output.resolve("report.svg"), new Chart(report.lines()).svg());
    System.out.print(text);
    return !failed;
  }

  private void measure(Row row, Setting setting) throws IOException, InterruptedException {
    int rounds = row.kind() == Row.Kind.DISK ? 1 : options.effort().rounds();
    try (var _ = busy(setting)) {
      for (int round = 1; round <= rounds; round++) {
        for (Contestant contestant : contestants) {
          if (contestant.takes(row, setting)) {
            System.err.printf(
                "%s (%s), round %d: %s%n", row.name(), setting, round, contestant.name());
            turn(contestant, row, setting);
          }
        }
      }
    }
  }

  private static BusyCore busy(Setting setting) {
    return setting.busy() ? new BusyCore() : null;
  }

  private void turn(Contestant contestant, Row row, Setting setting) throws InterruptedException {
    try {
      Turn.Outcome outcome = new Turn(contestant, row, setting, options.effort(), output).take();
      figures.add(new Figures.Key(row.name(), setting, contestant.name()), outcome);
    } catch (IOException e) {
      failed = true;
      System.err.println("fluxion bench: " + row.name() + ": " + e.getMessage());
    }
  }
}
