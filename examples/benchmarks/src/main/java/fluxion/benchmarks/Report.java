package fluxion.benchmarks;

import java.util.List;
import java.util.Locale;

/** The figures as a Markdown table: times, and how often Fluxion's time fits into a peer's. */
final class Report {
  private Report() {}

  static String markdown(Figures figures, List<String> frameworks, int threads, int rounds) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "JDK %s, %s, %d thread(s), median of %d round(s), frameworks in turn.%n%n",
            Runtime.version(),
            System.getProperty("os.arch"),
            threads,
            rounds));
    text.append("| workload |");
    frameworks.forEach(name -> text.append(' ').append(name).append(" |"));
    frameworks.stream().skip(1).forEach(name -> text.append(name).append(" ÷ fluxion |"));
    text.append("\n|---|").append("---|".repeat(2 * frameworks.size() - 1)).append('\n');
    for (Figures.Workload workload : figures.workloads()) {
      double own = figures.median(workload, frameworks.get(0));
      text.append("| ").append(workload.name());
      if (workload.size() > 0) {
        text.append(' ').append(workload.size());
      }
      text.append(" |");
      for (String name : frameworks) {
        text.append(' ').append(time(workload, figures.median(workload, name))).append(" |");
      }
      for (String name : frameworks.subList(1, frameworks.size())) {
        double ratio = figures.median(workload, name) / own;
        text.append(Double.isNaN(ratio) ? " – |" : String.format(Locale.ROOT, " %.2f |", ratio));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String time(Figures.Workload workload, double nanos) {
    if (Double.isNaN(nanos)) {
      return "–";
    }
    String time =
        nanos < 1e4
            ? String.format(Locale.ROOT, "%.2f µs", nanos / 1e3)
            : nanos < 1e7
                ? String.format(Locale.ROOT, "%.0f µs", nanos / 1e3)
                : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    String rate = rate(workload, nanos);
    return rate.isEmpty() ? time : time + " (" + rate + ")";
  }

  /** The work of a workload that has a known amount: floating-point operations, or bytes moved. */
  private static String rate(Figures.Workload workload, double nanos) {
    double n = workload.size();
    return switch (workload.name()) {
      case "Gemm.sgemm" -> String.format(Locale.ROOT, "%.0f GFLOP/s", 2 * n * n * n / nanos);
      case "Elementwise.add", "Elementwise.addUnscoped" ->
          String.format(Locale.ROOT, "%.0f GB/s", 12 * n / nanos);
      case "Elementwise.exp", "Elementwise.tanh" ->
          String.format(Locale.ROOT, "%.1f GB/s", 8 * n / nanos);
      case "Reduction.sum", "Reduction.columns" ->
          String.format(Locale.ROOT, "%.0f GB/s", 4 * n / nanos);
      default -> "";
    };
  }
}
