package fluxion.conformance.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzRunTest {
  private record Target(String name, int wrong) implements FuzzTarget {
    @Override
    public String covers() {
      return "numbers";
    }

    @Override
    public void run(ByteSource source) {
      if (source.below(3) == wrong) {
        throw new Finding("it is " + wrong, "");
      }
    }
  }

  private static FuzzReport report(List<FuzzTarget> targets) {
    return FuzzRun.of(Device.CPU, 5, Duration.ofMillis(200)).run(targets, progress -> {});
  }

  @Test
  void a_finding_is_made_small_and_can_be_replayed() {
    FuzzReport report = report(List.of(new Target("wrong", 2), new Target("right", -1)));
    assertEquals(1, report.findings());
    FuzzReport.Found found = report.targets().getFirst().findings().getFirst();
    assertEquals("it is 2", found.message());
    assertTrue(found.java().contains("parseHex(\"02\")"), found.java());
    assertTrue(found.java().contains("named(\"wrong\", Device.of(\"cpu\")"), found.java());
  }

  @Test
  void a_report_says_how_many_inputs_were_tried() {
    FuzzReport report = report(List.of(new Target("right", -1)));
    assertTrue(report.targets().getFirst().inputs() > 0);
    assertTrue(report.targets().getFirst().inputsPerSecond() > 0);
    assertTrue(report.toString().contains("nothing found"), report.toString());
  }

  @Test
  void every_target_is_tried_on_a_device() {
    List<String> tried = new ArrayList<>();
    FuzzReport report =
        FuzzRun.of(Device.CPU, 1, Duration.ofMillis(300))
            .run(progress -> tried.add(progress.target()));
    assertEquals(
        List.of(
            "programs",
            "kernels",
            "derivatives",
            "indexing",
            "providers",
            "signatures",
            "printing"),
        report.targets().stream().map(FuzzReport.Tried::target).toList());
    assertEquals(0, report.findings(), report.toString());
  }

  @Test
  void a_target_that_there_is_not_is_refused_with_those_that_there_are() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> FuzzTargets.named("weather", Device.CPU, Device.CPU));
    assertTrue(e.getMessage().contains("[programs, kernels, "), e.getMessage());
  }
}
