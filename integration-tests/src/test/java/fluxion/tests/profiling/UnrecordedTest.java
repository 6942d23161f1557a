package fluxion.tests.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.tests.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program pays that the Flight Recorder does not watch. */
class UnrecordedTest {
  @TempDir Path folder;

  @Test
  void a_program_that_is_not_recorded_loads_no_class_of_an_event() throws IOException {
    Path log = folder.resolve("classes.txt");
    ChildJvm.Result result =
        new ChildJvm(folder)
            .with(
                "fluxion.api",
                "fluxion.engine",
                "fluxion.ops.basic",
                "fluxion.ops.nn",
                "fluxion.backend.cpu",
                "fluxion.nn",
                "fluxion.examples")
            .option("-Xlog:class+load:file=" + log)
            .run("fluxion.examples/fluxion.examples.train.TrainCommand", "--epochs", "1");
    assertEquals(0, result.exitCode(), result.err());
    List<String> loaded =
        Files.readAllLines(log).stream()
            .filter(
                line ->
                    line.matches(".* (fluxion\\.engine\\.profile|jdk\\.jfr)\\..*")
                        || line.contains("fluxion.backend.cpu.KernelEvent"))
            .toList();
    assertEquals(
        List.of("jdk.jfr.FlightRecorder"),
        loaded.stream().map(line -> line.replaceAll(".*] ([\\w.$]+) .*", "$1")).toList());
  }
}
