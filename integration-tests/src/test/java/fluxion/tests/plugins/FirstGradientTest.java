package fluxion.tests.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.tests.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JVM has to load on the way to a program's first gradient; its number is its time. */
final class FirstGradientTest {
  /** There were 330 at the last count. */
  private static final int MOST_CLASSES = 345;

  /** What the JVM sets up for a language feature's first use, each in milliseconds. */
  private static final String SLOW =
      ".*(TypeSwitch|SwitchBootstraps|StringConcat|ObjectMethods|util\\.stream\\.Collectors).*";

  @TempDir Path folder;

  @Test
  void the_first_gradient_needs_few_classes_and_none_that_bootstraps_a_language_feature()
      throws IOException {
    Path program =
        new Workshop(folder)
            .make(
                Workshop.Sources.of("tiny", "requires fluxion.api;")
                    .file(
                        "tiny.Main",
                        """
                        package tiny;
                        import fluxion.api.*;
                        public final class Main {
                          public static void main(String[] args) {
                            Tensor x = Tensors.tensor(1f, 2f, 3f).requiresGrad_();
                            Tensor y = x.add(2);
                            y.mul(y).mul(2).mean().backward();
                            System.out.println(x.grad().toFloatArray()[0]);
                          }
                        }
                        """));
    Path log = folder.resolve("classes.txt");
    ChildJvm.Result result =
        new ChildJvm(folder)
            .with("fluxion.api", "fluxion.engine", "fluxion.ops.basic", "fluxion.ops.nn")
            .with("fluxion.backend.cpu")
            .with(program)
            .option("-Xlog:class+load:file=" + log)
            .run("tiny/tiny.Main");
    assertEquals("4.0", result.out().strip(), result.err());
    List<String> loaded =
        Files.readAllLines(log).stream()
            .map(line -> line.replaceAll("^.*] (\\S+).*$", "$1"))
            .dropWhile(name -> !name.startsWith("fluxion."))
            .toList();
    assertEquals(List.of(), loaded.stream().filter(name -> name.matches(SLOW)).toList());
    // the names of all others are in the jars
    assertEquals(
        List.of(
            "fluxion.ops.basic.internal.Arithmetic$Table",
            "fluxion.ops.basic.internal.Reductions$Table"),
        loaded.stream().filter(name -> name.endsWith("$Table")).toList());
    long own = loaded.stream().filter(name -> name.startsWith("fluxion.")).count();
    assertTrue(own > 100, "classes seen: " + own);
    assertTrue(own <= MOST_CLASSES, own + " classes of Fluxion's are loaded");
  }
}
