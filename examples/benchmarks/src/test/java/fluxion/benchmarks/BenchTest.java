package fluxion.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class BenchTest {
  @TempDir Path output;

  /** Who runs what is on this test's class path. */
  private record Tested(String name, List<String> broken) implements Contestant {
    @Override
    public boolean takes(Row row, Setting setting) {
      return true;
    }

    @Override
    public List<String> measuring(Setting setting) {
      List<String> call = new ArrayList<>(List.of(Contestant.java(), "-XX:TieredStopAtLevel=1"));
      call.addAll(broken);
      call.addAll(List.of("--add-modules=jdk.incubator.vector", "-Djmh.ignoreLock=true"));
      call.addAll(List.of("-cp", System.getProperty("java.class.path")));
      return call;
    }

    @Override
    public List<String> plain(Setting setting) {
      return measuring(setting);
    }

    @Override
    public Map<String, String> environment(Setting setting) {
      return Map.of();
    }

    @Override
    public List<Path> jars() {
      return List.of();
    }

    @Override
    public Path target() {
      return Path.of("target");
    }
  }

  private static BenchOptions options(String... words) {
    return new BenchOptions(List.of(words));
  }

  @Test
  void a_quick_run_writes_the_table_the_chart_and_the_figures() throws Exception {
    List<Contestant> contestants =
        List.of(new Tested("fluxion", List.of()), new Tested("djl", List.of()));
    assertTrue(new Bench(options("--quick", "mlp-4|jars"), contestants, output).run());
    String report = Files.readString(output.resolve("report.md"));
    assertTrue(report.contains("| 4-16-3 MLP, batch 8, step | 1 |"), report);
    assertTrue(report.contains("| jars on disk |"), report);
    assertFalse(report.contains("Not the same work"), report);
    // the loss after five steps, which PyTorch comes to as well
    String figures = Files.readString(output.resolve("figures.tsv"));
    assertTrue(figures.lines().findFirst().orElseThrow().matches(".*\t1\\.1055\\d*"), figures);
    String chart = Files.readString(output.resolve("report.svg"));
    assertTrue(
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart)))
                .getElementsByTagName("rect")
                .getLength()
            >= 2,
        chart);
  }

  @Test
  void whoever_fails_holds_nobody_up() throws Exception {
    List<Contestant> contestants =
        List.of(new Tested("djl", List.of("-XX:NoSuchOption")), new Tested("fluxion", List.of()));
    assertFalse(new Bench(options("--quick", "^start$"), contestants, output).run());
    assertTrue(
        Files.readString(output.resolve("figures.tsv")).startsWith("start\t1\tfalse\tfluxion\t"));
  }

  @Test
  void options_are_checked() {
    for (String[] wrong :
        new String[][] {{"--threads"}, {"--rounds", "0"}, {"--frobnicate"}, {"sgemm("}}) {
      assertThrows(IllegalArgumentException.class, () -> options(wrong));
    }
    assertEquals(
        List.of(Setting.ONE, new Setting(8, false), new Setting(8, true)),
        options("--threads", "8").with(Rows.named("sgemm-1024")).settings());
    assertEquals(
        List.of(Setting.ONE), options("--threads", "1").with(Rows.named("sgemm-1024")).settings());
    assertEquals(Effort.QUICK, options("--quick").effort());
    assertTrue(options("^sum").asksFor(Rows.named("sum-16M")));
    assertFalse(options("^sum").asksFor(Rows.named("call-sum-rows")));
  }

  @Test
  void no_row_is_an_error() {
    assertThrows(
        java.io.IOException.class, () -> new Bench(options("nothing"), List.of(), output).run());
  }
}
