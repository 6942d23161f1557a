package fluxion.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.benchmarks.workloads.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
  private static Set<String> workloads() {
    return Rows.ALL.stream()
        .filter(row -> row.kind() == Row.Kind.TIME || row.kind() == Row.Kind.MEMORY)
        .map(Row::workload)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void each_row_has_a_workload_and_each_workload_a_row() {
    assertEquals(workloads(), new TreeSet<>(Workloads.ALL.keySet()));
  }

  @Test
  void no_two_rows_have_a_name() {
    assertEquals(Rows.ALL.size(), Rows.ALL.stream().map(Row::name).distinct().count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl", "javacpp"})
  void a_peer_has_the_workload_of_each_row_that_it_takes(String peer) throws IOException {
    String source =
        Files.readString(
                Path.of("peers", peer, "src/main/java/fluxion/benchmarks/workloads/Workloads.java"))
            .replaceAll("\\s+", "");
    Contestant contestant = new Contestant.Peer(peer, Path.of("target"), false);
    for (Row row : Rows.ALL) {
      boolean runs = row.kind() == Row.Kind.TIME || row.kind() == Row.Kind.MEMORY;
      if (runs && contestant.takes(row, Setting.ONE)) {
        assertTrue(source.contains("entry(\"" + row.workload() + "\","), row.name());
      }
    }
  }

  @Test
  void a_device_takes_what_makes_sense_there_once() {
    Contestant gpu = new Contestant.Fluxion("gpu", Path.of("target"), java.util.List.of(), "gpu");
    assertTrue(gpu.takes(Rows.named("six-16M"), Setting.TWO));
    assertTrue(gpu.takes(Rows.named("sgemm-512"), Setting.ONE));
    assertEquals(false, gpu.takes(Rows.named("sgemm-512"), Setting.TWO));
    assertEquals(false, gpu.takes(Rows.named("jars"), Setting.ONE));
    assertEquals(false, gpu.takes(Rows.named("call-add"), Setting.ONE));
  }

  @Test
  void waiting_passively_is_tried_only_where_threads_wait() {
    Contestant passive = new Contestant.Peer("djl", Path.of("target"), true);
    assertTrue(passive.takes(Rows.named("sum-16M"), Setting.TWO));
    assertEquals(false, passive.takes(Rows.named("tutorial"), Setting.ONE));
    assertEquals(false, passive.takes(Rows.named("resnet18-step-memory"), Setting.TWO));
  }
}
