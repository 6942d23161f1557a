package fluxion.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** The figures as Markdown. */
final class Report {
  /** Rows whose work is shared out among threads, and how much faster two are to be. */
  private record Shared(String row, double goal) {}

  private static final List<Shared> SHARED =
      List.of(new Shared("sgemm-1024", 1.85), new Shared("resnet18-step", 1.7));

  private static final String NOTHING = "–";

  private final Figures figures;
  private final BenchOptions options;
  private final List<Line> lines = new ArrayList<>();

  Report(Figures figures, BenchOptions options) {
    this.figures = figures;
    this.options = options;
    for (Row asked : Rows.ALL) {
      Row row = options.with(asked);
      for (Setting setting : row.settings()) {
        if (figures.has(row.name(), setting)) {
          lines.add(line(row, setting));
        }
      }
    }
  }

  List<Line> lines() {
    return lines;
  }

  private Line line(Row row, Setting setting) {
    double own = figures.median(row.name(), setting, Contestant.Fluxion.CPU);
    double peers =
        least(BenchCommand.PEERS.stream().mapToDouble(peer -> figure(row, setting, peer)));
    double bestRatio =
        least(
                BenchCommand.PEERS.stream()
                    .flatMap(peer -> Contestant.Peer.names(peer).stream())
                    .mapToDouble(name -> figures.best(row.name(), setting, name)))
            / figures.best(row.name(), setting, Contestant.Fluxion.CPU);
    return new Line(row, setting, own, peers, bestRatio, share(row, setting, own));
  }

  private static double least(DoubleStream figures) {
    return figures.filter(figure -> !Double.isNaN(figure)).min().orElse(Double.NaN);
  }

  /** A framework's best figure, whichever way its threads wait. */
  private double figure(Row row, Setting setting, String framework) {
    return least(
        DoubleStream.concat(
            DoubleStream.of(figures.median(row.name(), setting, framework)),
            Contestant.Peer.names(framework).stream()
                .mapToDouble(name -> figures.median(row.name(), setting, name))));
  }

  private double share(Row row, Setting setting, double own) {
    Work work = row.work();
    if (work.amount() == 0 || work.limit().equals(row.name())) {
      return Double.NaN;
    }
    double limit =
        figures.median(work.limit(), new Setting(setting.threads(), false), Contestant.Fluxion.CPU);
    Work most = Rows.named(work.limit()).work();
    return work.rate(own) / (most.rate(limit) * work.part());
  }

  String markdown() {
    List<String> columns = new ArrayList<>(List.of(Contestant.Fluxion.CPU));
    List<String> others = new ArrayList<>();
    if (!options.device.equals("cpu")) {
      others.add(options.device);
    }
    others.addAll(BenchCommand.PEERS);
    others.stream().filter(this::wasMeasured).forEach(columns::add);
    StringBuilder text = new StringBuilder(head());
    text.append("| workload | threads |");
    columns.forEach(name -> text.append(' ').append(name).append(" |"));
    text.append(
        " of the machine | best peer ÷ fluxion | the same of the bests | goal | met |\n|---|---|");
    text.append("--:|".repeat(columns.size() + 3)).append("---|---|\n");
    for (Line line : lines) {
      text.append("| ").append(line.row().title()).append(" | ").append(line.setting());
      for (String name : columns) {
        text.append(" | ").append(cell(line, name));
      }
      text.append(" | ").append(percent(line.share()));
      text.append(" | ").append(times(line.ratio()));
      text.append(" | ").append(times(line.bestRatio()));
      Goal goal = line.setting().busy() ? Goal.NONE : line.row().goal();
      text.append(" | ").append(goal.text(line.row().kind()));
      text.append(" | ").append(goal.isNone() ? "" : line.isMet() ? "yes" : "no");
      text.append(" |\n");
    }
    text.append(threads(columns));
    for (String disagreement : figures.disagreements()) {
      text.append("\nNot the same work: ").append(disagreement).append('\n');
    }
    return text.toString();
  }

  private String head() {
    return String.format(
        Locale.ROOT,
        """
        JDK %s, %s, %d processors, load %.1f at the end. %s
        Of OpenMP's two ways to wait the better is shown. "The bests" are the shortest runs.

        """,
        Runtime.version(),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        options.effort().text());
  }

  private boolean wasMeasured(String framework) {
    return lines.stream()
        .anyMatch(line -> !Double.isNaN(figure(line.row(), line.setting(), framework)));
  }

  private String cell(Line line, String framework) {
    double figure = figure(line.row(), line.setting(), framework);
    if (Double.isNaN(figure)) {
      return NOTHING;
    }
    String rate = line.row().kind() == Row.Kind.TIME ? line.row().work().text(figure) : "";
    String text = Units.text(line.row().kind(), figure);
    return rate.isEmpty() ? text : text + " (" + rate + ")";
  }

  /** What more threads are worth, alone and beside a process that keeps a core busy. */
  private String threads(List<String> columns) {
    StringBuilder text = new StringBuilder();
    for (Shared shared : SHARED) {
      Row row = options.with(Rows.named(shared.row));
      for (Setting used : row.settings()) {
        if (used.threads() == 1 || !figures.has(row.name(), used)) {
          continue;
        }
        text.append("| ").append(row.title()).append(" | ").append(used);
        for (String name : columns) {
          double one = figure(row, Setting.ONE, name);
          text.append(" | ").append(times(one / figure(row, used, name)));
        }
        text.append(" | ≥ ").append(used.busy() ? 0.91 : shared.goal).append(" × |\n");
      }
    }
    if (text.isEmpty()) {
      return "";
    }
    return "\n| against one thread alone | threads |"
        + String.join("", columns.stream().map(name -> " " + name + " |").toList())
        + " goal |\n|---|---|"
        + "--:|".repeat(columns.size())
        + "---|\n"
        + text;
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String times(double ratio) {
    return Double.isNaN(ratio)
        ? NOTHING
        : String.format(Locale.ROOT, ratio < 9.995 ? "%.2f ×" : "%.1f ×", ratio);
  }
}
