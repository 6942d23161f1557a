package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.backend.cpu.interpret.Interpreter;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelEventTest {
  @TempDir Path folder;

  @Test
  void the_flight_recorder_is_told_of_a_kernel_that_is_compiled() throws IOException {
    Kernel kernel = Kernel.of(Expr.input(0, DType.FLOAT32).mul(3.25));
    Path file = folder.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("fluxion.cpu.Kernel").withoutThreshold();
      recording.start();
      new Compilation(
              (lowered, steps) -> {
                throw new IllegalStateException("not compiled");
              },
              kernel,
              new ColumnStep[] {ColumnStep.UNIT},
              Interpreter.of(kernel.lowered()),
              new KernelLoops.LayoutClass(0, null),
              false)
          .run();
      recording.stop();
      recording.dump(file);
    }
    List<String> told =
        RecordingFile.readAllEvents(file).stream()
            .map(event -> event.getString("kernel") + " " + event.getBoolean("inUse"))
            .toList();
    assertEquals(List.of(kernel + " false"), told);
  }
}
