import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints the coverage of all modules as one line, from JaCoCo's report in CSV. */
final class Coverage {
  private Coverage() {}

  /** Takes the report's path; says so where there is none because no test ran. */
  public static void main(String[] args) throws IOException {
    Path report = Path.of(args[0]);
    if (!Files.exists(report)) {
      System.out.println("coverage: not measured, no test ran");
      return;
    }
    List<String> rows = Files.readAllLines(report);
    List<String> header = List.of(rows.get(0).split(","));
    System.out.printf(
        Locale.ROOT,
        "coverage: %.1f %% of lines, %.1f %% of branches%n",
        percent(rows, header.indexOf("LINE_COVERED"), header.indexOf("LINE_MISSED")),
        percent(rows, header.indexOf("BRANCH_COVERED"), header.indexOf("BRANCH_MISSED")));
  }

  private static double percent(List<String> rows, int covered, int missed) {
    long hit = sum(rows, covered);
    long all = hit + sum(rows, missed);
    return all == 0 ? 100 : 100.0 * hit / all;
  }

  private static long sum(List<String> rows, int column) {
    return rows.stream().skip(1).mapToLong(row -> Long.parseLong(row.split(",")[column])).sum();
  }
}
