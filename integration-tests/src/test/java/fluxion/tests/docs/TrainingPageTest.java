package fluxion.tests.docs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.nn.Linear;
import fluxion.nn.checkpoint.Checkpoints;
import fluxion.nn.optim.Adam;
import fluxion.nn.optim.SGD;
import fluxion.nn.optim.StepLR;
import fluxion.nn.training.TrainingState;
import fluxion.tests.support.Modules;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/training.md to what it says. */
class TrainingPageTest {
  @TempDir Path folder;

  private String run(Path program, int epochs, Path run) throws Exception {
    String modules =
        Modules.paths(
                "fluxion.api",
                "fluxion.engine",
                "fluxion.ops.basic",
                "fluxion.ops.nn",
                "fluxion.backend.cpu",
                "fluxion.nn")
            .stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-p",
                modules,
                "--add-modules",
                "fluxion.nn,fluxion.ops.nn",
                program.toString(),
                Integer.toString(epochs),
                run.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output
        .lines()
        .filter(line -> line.startsWith("epoch "))
        .collect(Collectors.joining("\n"));
  }

  private static List<String> files(Path run, String start) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(start))
          .sorted()
          .toList();
    }
  }

  @Test
  void its_program_goes_on_where_it_ended() throws Exception {
    Path program =
        Files.writeString(
            folder.resolve("Demo.java"), Guide.read("training.md").block("run: TrainingPageTest"));
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    String straight = run(program, 5, whole);
    assertEquals(5, straight.lines().count(), straight);
    // what is saved last is step 12 of 16: the second epoch is ended again
    List<String> lines = new ArrayList<>(run(program, 2, parts).lines().toList());
    lines.removeLast();
    lines.addAll(run(program, 5, parts).lines().toList());
    assertEquals(straight, String.join("\n", lines));
    assertEquals(
        Files.readString(whole.resolve("log.csv")), Files.readString(parts.resolve("log.csv")));
    List<String> last = List.of("step-000000030.pth", "step-000000036.pth");
    assertEquals(last, files(parts, "step-"));
    Map<String, Tensor> expected = Checkpoints.load(whole.resolve(last.getLast()));
    Map<String, Tensor> found = Checkpoints.load(parts.resolve(last.getLast()));
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (name, tensor) ->
            assertArrayEquals(tensor.toDoubleArray(), found.get(name).toDoubleArray(), name));
    assertEquals(2, files(parts, "events.out.tfevents.").size());
  }

  @Test
  void the_state_of_another_run_is_refused_as_it_says() throws IOException {
    Path file = folder.resolve("run.pth");
    Linear other = new Linear(4, 2);
    new TrainingState()
        .with("model", other)
        .with("optimizer", new Adam(other.parameters()))
        .save(file);
    Linear model = new Linear(3, 2);
    SGD optimizer = new SGD(model.parameters(), 0.1);
    TrainingState state =
        new TrainingState()
            .with("model", model)
            .with("optimizer", optimizer)
            .with("scheduler", new StepLR(optimizer, 1));
    String message =
        assertThrows(ArgumentException.class, () -> state.load(file)).getMessage() + "\n";
    assertTrue(message.startsWith(file.toString()), message);
    assertEquals(
        Guide.read("training.md").block("prints: refusal"),
        message.replace(file.toString(), "run.pth"));
  }
}
