package fluxion.backend.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Tensor;
import fluxion.engine.spi.Backend;
import fluxion.examples.train.TrainCommand;
import fluxion.nn.Layer;
import fluxion.ops.nn.Functional;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digits job, on a module path and in a JVM of its own, as {@code ./fluxion train} runs it. */
class DigitsTest {
  @TempDir Path folder;

  private List<String> train(String... arguments)
      throws IOException, InterruptedException, URISyntaxException, ClassNotFoundException {
    List<String> call = new ArrayList<>();
    call.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    call.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    call.add("--enable-native-access=fluxion.backend.gpu");
    call.addAll(List.of("--module-path", modulePath()));
    call.addAll(List.of("--module", "fluxion.examples/" + TrainCommand.class.getName()));
    call.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    int status =
        new ProcessBuilder(call)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    assertEquals(0, status, Files.readString(err));
    return Files.readAllLines(out);
  }

  private static String modulePath() throws URISyntaxException, ClassNotFoundException {
    List<Class<?>> one =
        List.of(
            Tensor.class,
            Backend.class,
            Class.forName("fluxion.ops.basic.Basic"),
            Functional.class,
            Class.forName("fluxion.backend.cpu.CpuBackendProvider"),
            GpuBackendProvider.class,
            Layer.class,
            TrainCommand.class);
    List<String> places = new ArrayList<>();
    for (Class<?> type : one) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, places);
  }

  private static double accuracy(List<String> lines) {
    String last = lines.getLast();
    assertTrue(last.matches("test accuracy \\d{1,3}\\.\\d %"), last);
    return Double.parseDouble(last.split(" ", -1)[2]);
  }

  @Test
  void after_three_epochs_they_are_read_as_well_as_on_the_cpu() throws Exception {
    OpenCl.provider();
    List<String> there = train("--device", "gpu", "--epochs", "3");
    List<String> here = train("--epochs", "3");
    assertTrue(there.contains("epochs 3, batch 32, learning rate 0.05, seed 0, device gpu"));
    assertEquals(accuracy(here), accuracy(there), 0.6);
  }

  @Test
  @Tag("full")
  void they_are_read_as_well_as_on_the_cpu() throws Exception {
    OpenCl.provider();
    double accuracy = accuracy(train("--device", "gpu"));
    assertTrue(accuracy > 96, accuracy + " %");
    assertEquals(accuracy(train()), accuracy, 0.6);
  }
}
