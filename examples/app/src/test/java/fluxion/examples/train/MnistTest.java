package fluxion.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** LeNet on MNIST itself, whose files the profile {@code mnist} fetches. */
@EnabledIfSystemProperty(
    named = "fluxion.mnist",
    matches = ".+",
    disabledReason = "needs MNIST: mvn -Pmnist verify")
final class MnistTest {
  private static final Pattern LAST =
      Pattern.compile("epoch 3/3: mean loss .*, test accuracy (.*) %, .* s");

  @Test
  void lenet_reads_98_8_percent_of_the_test_images_after_three_epochs() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    String folder = System.getProperty("fluxion.mnist");
    int status =
        new TrainCommand(print, System.err, false).run("--model", "lenet", "--data", folder);
    assertEquals(0, status);
    List<String> epochs =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("epoch "))
            .toList();
    epochs.forEach(System.out::println);
    Matcher last = LAST.matcher(epochs.getLast());
    assertTrue(last.matches(), epochs.getLast());
    assertTrue(Double.parseDouble(last.group(1)) >= 98.8, epochs.getLast());
  }
}
