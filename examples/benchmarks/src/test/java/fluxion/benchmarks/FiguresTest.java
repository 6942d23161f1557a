package fluxion.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
  @TempDir Path folder;
  private final Figures figures = new Figures();

  private void add(String row, Setting setting, String contestant, double... all) {
    for (double figure : all) {
      figures.add(new Figures.Key(row, setting, contestant), Turn.Outcome.of(figure));
    }
  }

  private String report(String... options) {
    return new Report(figures, new BenchOptions(List.of(options))).markdown();
  }

  @Test
  void an_even_number_of_turns_takes_the_middle_of_two() {
    add("tutorial", Setting.ONE, "fluxion", 1000, 2000);
    assertEquals(1500, figures.median("tutorial", Setting.ONE, "fluxion"));
  }

  @Test
  void the_report_shows_medians_rates_shares_ratios_and_goals() {
    // 2·1024³ operations: 107.4 GFLOP/s in 20 ms
    add("sgemm-1024", Setting.TWO, "fluxion", 10e6, 90e6, 20e6);
    add("sgemm-1024", Setting.TWO, "djl", 30e6);
    // 125 GFLOP/s
    double millis = Rows.named("machine-fma").work().amount() / 125e6;
    add("machine-fma", Setting.TWO, "fluxion", millis * 1e6);
    String report = report();
    assertTrue(
        report.contains(
            "| SGEMM 1024 | 2 | 20.0 ms (107 GFLOP/s) | 30.0 ms (72 GFLOP/s) | 86 % | 1.50 × | 3.00"
                + " × | ≥ 1 ×, ≥ 80 % | yes |"),
        report);
  }

  @Test
  void of_two_ways_to_wait_a_peers_better_one_counts() {
    add("softmax-1024", Setting.TWO, "fluxion", 1e6);
    add("softmax-1024", Setting.TWO, "javacpp", 9e6);
    add("softmax-1024", Setting.TWO, "javacpp passive", 1.2e6);
    String report = report();
    assertTrue(
        report.contains("| 2 | 1.00 ms | 1.20 ms |  | 1.20 × | 1.20 × | ≥ 1.5 × | no |"), report);
  }

  @Test
  void what_a_peer_lacks_is_shown_without_a_figure() {
    add("call-add", Setting.ONE, "fluxion", 120);
    add("tutorial", Setting.ONE, "fluxion", 1500);
    add("tutorial", Setting.ONE, "djl", 60e3);
    String report = report();
    assertTrue(report.contains("| 4 × 4: x + y | 1 | 120 ns | – |  | – | – |  |  |"), report);
    assertTrue(
        report.contains(
            "| 1 | 1.50 µs | 60.0 µs |  | 40.0 × | 40.0 × | ≥ 30 ×, ≤ 2.00 µs | yes |"));
  }

  @Test
  void more_threads_are_set_against_one() {
    add("sgemm-1024", Setting.ONE, "fluxion", 40e6);
    add("sgemm-1024", Setting.TWO, "fluxion", 20e6);
    add("sgemm-1024", Setting.TWO_BUSY, "fluxion", 50e6);
    String report = report();
    assertTrue(report.contains("| SGEMM 1024 | 2 | 2.00 × | ≥ 1.85 × |"), report);
    assertTrue(report.contains("| SGEMM 1024 | 2, a core busy | 0.80 × | ≥ 0.91 × |"), report);
  }

  @Test
  void a_device_has_a_column_of_its_own() {
    add("sum-16M", Setting.TWO, "fluxion", 2e6);
    add("sum-16M", Setting.TWO, "gpu", 1e6);
    String report = report("--device", "gpu");
    assertTrue(report.contains("| threads | fluxion | gpu | of the machine |"), report);
    assertTrue(
        report.contains("| sum, 16 M | 2 | 2.00 ms (32 GB/s) | 1.00 ms (64 GB/s) |"), report);
  }

  @Test
  void frameworks_that_did_not_do_the_same_are_named() {
    figures.add(
        new Figures.Key("lenet", Setting.ONE, "fluxion"), new Turn.Outcome(1e6, 1e6, 2.24327));
    figures.add(new Figures.Key("lenet", Setting.ONE, "djl"), new Turn.Outcome(1e6, 1e6, 2.24328));
    assertEquals(List.of(), figures.disagreements());
    figures.add(new Figures.Key("lenet", Setting.ONE, "javacpp"), new Turn.Outcome(1e6, 1e6, 2.5));
    assertEquals(
        List.of("lenet: fluxion came to 2.24327, javacpp to 2.5"), figures.disagreements());
    assertTrue(report().contains("Not the same work: lenet"), report());
  }

  @Test
  void what_is_written_is_read_back() throws IOException {
    figures.add(
        new Figures.Key("lenet", Setting.TWO_BUSY, "djl passive"),
        new Turn.Outcome(1.5e6, 1e6, 2.25));
    figures.add(
        new Figures.Key("lenet", Setting.TWO_BUSY, "djl passive"),
        new Turn.Outcome(2.5e6, 1e6, 2.25));
    Path file = folder.resolve("figures.tsv");
    figures.write(file);
    Figures others = new Figures();
    others.read(file);
    assertEquals(2e6, others.median("lenet", Setting.TWO_BUSY, "djl passive"));
    assertEquals(1e6, others.best("lenet", Setting.TWO_BUSY, "djl passive"));
  }
}
