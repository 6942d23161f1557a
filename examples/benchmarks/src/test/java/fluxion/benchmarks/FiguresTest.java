package fluxion.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
  private static final String HEAD =
      "\"Benchmark\",\"Mode\",\"Threads\",\"Samples\",\"Score\",\"Score Error (99.9%)\",\"Unit\","
          + "\"Param: n\"\n";

  @TempDir Path folder;

  private Path csv(String... lines) throws IOException {
    return Files.writeString(folder.resolve("figures.csv"), HEAD + String.join("\n", lines) + "\n");
  }

  @Test
  void the_report_shows_medians_rates_and_ratios() throws IOException {
    Figures figures = new Figures();
    for (String time : List.of("2000", "9000", "1000")) {
      figures.add("fluxion", csv("\"a.b.Gemm.sgemm\",\"avgt\",1,3," + time + ",0,\"ns/op\",100"));
    }
    figures.add("peer", csv("\"a.b.Gemm.sgemm\",\"avgt\",1,3,4000,0,\"ns/op\",100"));
    String report = Report.markdown(figures, List.of("fluxion", "peer"), 1, 3);
    assertTrue(
        report.contains(
            "| Gemm.sgemm 100 | 2.00 µs (1000 GFLOP/s) | 4.00 µs (500 GFLOP/s) | 2.00 |"),
        report);
  }

  @Test
  void a_workload_that_a_peer_lacks_is_shown_without_a_figure() throws IOException {
    Figures figures = new Figures();
    figures.add("fluxion", csv("\"a.b.Graph.tutorial\",\"avgt\",1,3,1500,0,\"ns/op\","));
    String report = Report.markdown(figures, List.of("fluxion", "peer"), 1, 1);
    assertTrue(report.contains("| Graph.tutorial | 1.50 µs | – | – |"), report);
  }

  @Test
  void an_even_number_of_rounds_takes_the_middle_of_two() throws IOException {
    Figures figures = new Figures();
    figures.add("fluxion", csv("\"a.b.Graph.tutorial\",\"avgt\",1,3,1000,0,\"ns/op\","));
    figures.add("fluxion", csv("\"a.b.Graph.tutorial\",\"avgt\",1,3,2000,0,\"ns/op\","));
    assertEquals(1500, figures.median(new Figures.Workload("Graph.tutorial", 0), "fluxion"));
  }
}
