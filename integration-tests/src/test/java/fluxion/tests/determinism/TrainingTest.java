package fluxion.tests.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.tests.support.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training run prints the same losses, accuracies and predictions however the JVM runs it. */
class TrainingTest {
  @TempDir Path folder;

  private String train(String... options) {
    ChildJvm jvm =
        new ChildJvm(folder)
            .with(
                "fluxion.api",
                "fluxion.engine",
                "fluxion.ops.basic",
                "fluxion.ops.nn",
                "fluxion.backend.cpu",
                "fluxion.nn",
                "fluxion.examples");
    for (String option : options) {
      jvm.option(option);
    }
    ChildJvm.Result result =
        jvm.run("fluxion.examples/fluxion.examples.train.TrainCommand", "--epochs", "1");
    assertEquals(0, result.exitCode(), result.err());
    return result.out();
  }

  @Test
  void compiled_by_either_compiler() {
    assertEquals(train(), train("-XX:TieredStopAtLevel=4"));
  }

  @Test
  @Tag("full")
  void interpreted() {
    assertEquals(train(), train("-Xint"));
  }

  @Test
  @Tag("full")
  void with_narrower_vectors() {
    assertEquals(train(), train("-XX:TieredStopAtLevel=4", "-XX:UseAVX=1"));
  }
}
