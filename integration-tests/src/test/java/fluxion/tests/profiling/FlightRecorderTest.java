package fluxion.tests.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK's Flight Recorder is told. */
class FlightRecorderTest {
  @TempDir Path folder;

  private List<RecordedEvent> recorded(Runnable program) throws IOException {
    Path file = folder.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      for (String event : List.of("Function", "Backward", "BackwardNode")) {
        recording.enable("fluxion." + event).withoutThreshold();
      }
      recording.enable("fluxion.DeviceMemory").with("period", "endChunk");
      recording.start();
      program.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("fluxion." + name))
        .toList();
  }

  @Test
  void functions_are_told_with_their_results() throws IOException {
    List<RecordedEvent> functions =
        named(
            recorded(
                () -> {
                  Tensor x =
                      Tensors.ones(TensorOptions.DEFAULT.requiresGrad(true), 2, 3).mul(2).detach();
                  Ops.call("matmul", x, Tensors.ones(3, 4));
                  x.add_(1);
                }),
            "Function");
    List<String> told =
        functions.stream()
            .map(
                event ->
                    event.getString("function")
                        + " "
                        + event.getString("results")
                        + " "
                        + event.getString("device")
                        + (event.getBoolean("recorded") ? " recorded" : ""))
            .toList();
    assertTrue(told.contains("Mul float32[2, 3] cpu recorded"), told.toString());
    assertTrue(told.contains("Mm float32[2, 4] cpu"), told.toString());
    assertTrue(told.contains("Add float32[2, 3] cpu"), told.toString());
    assertTrue(functions.stream().noneMatch(event -> event.getDuration().isNegative()));
  }

  @Test
  void a_backward_pass_is_told_with_its_nodes() throws IOException {
    List<RecordedEvent> events =
        recorded(
            () -> {
              Tensor x = Tensors.ones(TensorOptions.DEFAULT.requiresGrad(true), 3);
              x.mul(x).sum().backward();
            });
    List<RecordedEvent> passes = named(events, "Backward");
    assertEquals(1, passes.size());
    assertEquals(3, passes.getFirst().getInt("nodes"));
    assertFalse(passes.getFirst().getBoolean("recorded"));
    assertEquals(
        List.of("SumBackward0", "MulBackward0"),
        named(events, "BackwardNode").stream().map(event -> event.getString("node")).toList());
  }

  @Test
  void the_memory_of_a_device_in_use_is_told() throws IOException {
    List<RecordedEvent> memory =
        named(recorded(() -> Tensors.ones(5).add(1)), "DeviceMemory").stream()
            .filter(event -> event.getString("device").equals("cpu"))
            .toList();
    assertFalse(memory.isEmpty());
    assertTrue(memory.getLast().getLong("allocations") > 0);
    assertTrue(memory.getLast().getLong("allocatedBytes") > 0);
  }

  @Test
  void what_a_function_throws_goes_on_to_its_caller() throws IOException {
    recorded(
        () -> {
          try {
            Ops.call("matmul", Tensors.ones(2), Tensors.ones(3));
          } catch (RuntimeException e) {
            assertTrue(e instanceof fluxion.api.ShapeException, e.toString());
            return;
          }
          throw new AssertionError("accepted");
        });
  }
}
