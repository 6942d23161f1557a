package fluxion.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeriodicCheckpointsTest {
  @TempDir Path parent;

  private Path folder() {
    return parent.resolve("run");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private TrainingState run(int steps, int every, int keep) throws IOException {
    TrainingState state = new TrainingState();
    PeriodicCheckpoints checkpoints = new PeriodicCheckpoints(state, folder(), every, keep);
    checkpoints.resume();
    for (int i = 0; i < steps; i++) {
      state.nextStep();
      assertEquals(state.step() % every == 0, checkpoints.save());
    }
    return state;
  }

  @Test
  void the_last_few_files_are_kept() throws IOException {
    run(11, 2, 3);
    assertEquals(
        List.of("step-000000006.pth", "step-000000008.pth", "step-000000010.pth"), files());
  }

  @Test
  void a_run_goes_on_from_the_last_file() throws IOException {
    run(11, 2, 3);
    assertEquals(12, run(2, 2, 2).step());
    assertEquals(List.of("step-000000010.pth", "step-000000012.pth"), files());
  }

  @Test
  void other_files_are_left_alone() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("step-best.pth"), "mine");
    run(3, 1, 1);
    assertEquals(List.of("step-000000003.pth", "step-best.pth"), files());
  }

  @Test
  void there_is_nothing_to_resume_from_at_first() throws IOException {
    assertFalse(new PeriodicCheckpoints(new TrainingState(), folder(), 1, 1).resume());
    assertTrue(PeriodicCheckpoints.latest(folder()).isEmpty());
  }

  @Test
  void the_files_of_a_run_that_is_further_are_not_mixed_with_others() throws IOException {
    run(3, 1, 1);
    PeriodicCheckpoints other = new PeriodicCheckpoints(new TrainingState(), folder(), 1, 1);
    assertEquals(
        folder().resolve("step-000000003.pth")
            + " is of a later step than this one, 0: it is another run's; resume from it, take it"
            + " away, or use another folder",
        assertThrows(ArgumentException.class, other::saveNow).getMessage());
    assertEquals(List.of("step-000000003.pth"), files());
  }

  @Test
  void numbers_that_will_not_do_are_refused() {
    assertEquals(
        "checkpoints are made every 1 or more steps, and 1 or more are kept, not 0 and 1",
        assertThrows(
                ArgumentException.class,
                () -> new PeriodicCheckpoints(new TrainingState(), folder(), 0, 1))
            .getMessage());
  }
}
