package fluxion.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    out.reset();
    err.reset();
    return new TrainCommand(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false)
        .run(args);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void it_reads_more_than_96_percent_of_images_that_it_has_not_seen() {
    assertEquals(0, run());
    assertEquals("", err.toString(StandardCharsets.UTF_8));
    String last = lines().getLast();
    assertTrue(last.matches("test accuracy \\d{1,3}\\.\\d %"), last);
    assertTrue(Double.parseDouble(last.split(" ", -1)[2]) > 96, last);
  }

  @Test
  void it_names_the_plugins_in_use() {
    run("--epochs", "1");
    assertEquals("plugins in use:", lines().getFirst());
    String text = String.join("\n", lines());
    for (String module : new String[] {"engine", "ops.basic", "ops.nn", "backend.cpu"}) {
      assertTrue(text.contains("  fluxion." + module), text);
    }
  }

  @Test
  void the_same_seed_gives_the_same_bits() {
    TrainOptions options = TrainOptions.of(TrainOptions.declared().parse("--seed", "7"));
    Digits train = DigitsReader.shipped().split().train();
    assertEquals(
        new Trainer(train, options).epoch(_ -> {}), new Trainer(train, options).epoch(_ -> {}));
  }

  @Test
  void another_seed_gives_others() {
    run("--epochs", "1", "--seed", "1");
    List<String> first = lines();
    run("--epochs", "1", "--seed", "2");
    assertTrue(!first.equals(lines()));
  }

  @Test
  void a_learning_rate_that_is_too_large_is_told_as_what_it_is() {
    assertEquals(1, run("--epochs", "3", "--lr", "1e30"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("try a smaller --lr"));
    assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void a_wrong_value_is_one_line_and_status_2() {
    String[][] wrong = {
      {"--epochs", "0"},
      {"--epochs", "many"},
      {"--batch", "-3"},
      {"--lr", "0"},
      {"--seed", "-1"},
      {"--data-file", ""},
      {"--epoch", "3"}
    };
    for (String[] args : wrong) {
      assertEquals(2, run(args), String.join(" ", args));
      assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count());
      assertEquals(List.of(), lines());
    }
  }

  @Test
  void a_malformed_file_is_one_line_and_status_1(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("own.csv"), "1,2,3\n");
    assertEquals(1, run("--data-file", file.toString()));
    assertEquals(
        "train: "
            + file
            + ":1: expected 65 numbers (64 pixels, then the class), found 3"
            + System.lineSeparator(),
        err.toString(StandardCharsets.UTF_8));
    assertEquals(List.of(), lines());
  }

  @Test
  void it_trains_on_a_file_of_ones_own(@TempDir Path folder) throws Exception {
    String line = "0,".repeat(64) + "1\n";
    Path file = Files.writeString(folder.resolve("own.csv"), line.repeat(10));
    assertEquals(0, run("--data-file", file.toString(), "--epochs", "5"));
    assertEquals("test accuracy 100.0 %", lines().getLast());
  }
}
