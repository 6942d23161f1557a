package fluxion.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Shape;
import fluxion.nn.Layer;
import fluxion.nn.data.Batch;
import fluxion.nn.data.PixelDataset;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    Images train = DigitsReader.shipped().split().train();
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
      {"--data", ""},
      {"--device", ""},
      {"--device", "gpu:first"},
      {"--data", ".", "--data-file", "a.csv"},
      {"--data", ".", "--model", "vgg"},
      {"--data", ".", "--model", "lenet", "--optimizer", "lion"},
      {"--data", ".", "--optimizer", "adam"},
      {"--model", "lenet"},
      {"--model", "lenet", "--data-file", "a.csv"},
      {"--epoch", "3"}
    };
    for (String[] args : wrong) {
      assertEquals(2, run(args), String.join(" ", args));
      assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count());
      assertEquals(List.of(), lines());
    }
  }

  @Test
  void a_device_that_is_not_there_is_one_line_that_says_which_are_and_status_1() {
    assertEquals(1, run("--device", "abacus:3"));
    assertEquals(
        "train: device 'abacus:3' is not there: the devices are cpu." + System.lineSeparator(),
        err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void it_names_the_device_and_tells_what_that_counts_if_asked_to_say_more() {
    assertEquals(0, run("--epochs", "1", "--device", "cpu", "--verbose"));
    assertTrue(
        lines().contains("epochs 1, batch 32, learning rate 0.05, seed 0, device cpu"),
        String.join("\n", lines()));
    assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("trained in "));
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

  @Test
  void it_trains_on_a_folder_of_idx_files_of_any_size_and_number_of_classes(@TempDir Path folder)
      throws Exception {
    IdxFiles.write(folder);
    String[] args = {
      "--data", folder.toString(), "--epochs", "40", "--batch", "20", "--lr", "0.05"
    };
    assertEquals(0, run(args));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
    List<String> first = lines();
    assertEquals("test accuracy 100.0 %", first.getLast());
    String text = String.join("\n", first);
    assertTrue(text.contains("images: 60 to train, 12 to test (as the files divide them)\n"), text);
    assertTrue(text.contains("in_features=63, out_features=64"), text);
    assertTrue(text.contains("in_features=64, out_features=3"), text);
    assertTrue(text.contains("epoch 40/40"), text);
    assertEquals(0, run(args));
    assertEquals(first, lines(), "the same bits each time");
  }

  private String error() {
    return err.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void a_model_is_named_with_its_data() {
    assertEquals(2, run("--model", "vgg", "--data", "."));
    assertEquals("train: --model expects lenet|mlp|resnet18, not 'vgg'", error());
    assertEquals(2, run("--model", "mlp"));
    assertEquals("train: --model trains on a folder: give --data DIR, too", error());
    assertEquals(2, run("--optimizer", "adam"));
    assertEquals("train: --optimizer is for a --model; without one it is SGD", error());
    assertEquals(2, run("--model", "mlp", "--data", ".", "--optimizer", "lion"));
    assertEquals("train: --optimizer expects sgd|adam|adamw, not 'lion'", error());
  }

  /** The line of an epoch without its time, which is not the same each time. */
  private List<String> linesWithoutSeconds() {
    return lines().stream().map(line -> line.replaceAll(", \\d+\\.\\d s$", "")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam", "adamw"})
  void it_trains_a_named_model_on_a_folder_and_tests_it_after_each_epoch(
      String optimizer, @TempDir Path folder) throws Exception {
    IdxFiles.write(folder);
    String[] args = {
      "--model",
      "mlp",
      "--optimizer",
      optimizer,
      "--data",
      folder.toString(),
      "--epochs",
      "12",
      "--batch",
      "10"
    };
    assertEquals(0, run(args));
    assertEquals("", error());
    List<String> first = linesWithoutSeconds();
    assertEquals("test accuracy 100.0 %", first.getLast());
    List<String> epochs = lines().stream().filter(line -> line.startsWith("epoch ")).toList();
    assertEquals(12, epochs.size());
    assertTrue(
        epochs
            .getLast()
            .matches("epoch 12/12: mean loss \\d\\.\\d{4}, test accuracy 100\\.00 %, \\d+\\.\\d s"),
        epochs.getLast());
    assertTrue(first.contains("images: 60 to train, 12 to test (as the files divide them)"));
    assertEquals(0, run(args));
    assertEquals(first, linesWithoutSeconds(), "the same bits each time");
  }

  @Test
  void every_model_takes_images_of_any_size(@TempDir Path folder) throws Exception {
    IdxFiles.write(folder);
    PixelDataset images = Images.read(folder).train().data();
    for (Network network : Network.values()) {
      Batch batch = images.map(network.input(images)).batch(new int[] {0, 1}, noChance());
      Layer model = network.build(images).eval();
      assertEquals(Shape.of(2, 3), model.call(batch.inputs()).shape(), network.toString());
    }
  }

  private static RandomGenerator[] noChance() {
    return new RandomGenerator[2];
  }

  @Test
  void the_last_image_goes_without_a_batch_of_its_own(@TempDir Path folder) throws Exception {
    IdxFiles.write(folder);
    String data = folder.toString();
    assertEquals(0, run("--model", "lenet", "--data", data, "--epochs", "1", "--batch", "59"));
    String text = String.join("\n", lines());
    assertTrue(text.contains("epochs 1, batch 59, learning rate 0.05, seed 0, device cpu"), text);
    assertTrue(text.contains("61,111 parameters"), text);
    assertTrue(text.contains("\nepoch 1/1: mean loss "), text);
  }

  @Test
  void a_learning_rate_too_large_for_a_model_is_told(@TempDir Path folder) throws Exception {
    IdxFiles.write(folder);
    assertEquals(1, run("--model", "mlp", "--data", folder.toString(), "--lr", "1e30"));
    assertTrue(error().contains("try a smaller --lr"), error());
  }

  @Test
  void a_model_says_what_is_wrong_with_its_device(@TempDir Path folder) throws Exception {
    IdxFiles.write(folder);
    assertEquals(1, run("--model", "mlp", "--data", folder.toString(), "--device", "abacus"));
    assertEquals("train: device 'abacus' is not there: the devices are cpu.", error());
  }

  @Test
  void larger_images_are_drawn_smaller(@TempDir Path folder) throws Exception {
    IdxFiles.write(folder);
    Files.write(folder.resolve(IdxFiles.TRAIN_IMAGES), IdxFiles.images(60, 28, 70, 3));
    Files.write(folder.resolve(IdxFiles.TEST_IMAGES), IdxFiles.images(12, 28, 70, 3));
    assertEquals(0, run("--data", folder.toString(), "--epochs", "1"));
    assertTrue(lines().stream().allMatch(line -> line.length() <= 100), String.join("\n", lines()));
  }

  @Test
  void a_malformed_folder_is_one_line_and_status_1(@TempDir Path folder) throws Exception {
    IdxFiles.write(folder);
    Path labels = folder.resolve(IdxFiles.TRAIN_LABELS);
    Files.write(labels, new byte[] {0, 0, 8, 2});
    assertEquals(1, run("--data", folder.toString()));
    assertEquals(
        "train: "
            + labels
            + ": offset 3: expected 00 00 08 01 (IDX, unsigned bytes, 1 dimensions), found"
            + " 00 00 08 02, of 2 dimensions"
            + System.lineSeparator(),
        err.toString(StandardCharsets.UTF_8));
    assertEquals(List.of(), lines());
  }

  @Test
  void a_batch_that_is_too_large_is_told() {
    byte[][] images = new byte[1100][];
    Arrays.fill(images, new byte[500 * 500]);
    Images large = new Images(new Images.Format(500, 500, 255, 2), images, new byte[1100]);
    TrainOptions options = TrainOptions.of(TrainOptions.declared().parse("--batch", "100000"));
    assertEquals(
        "a batch of 1100 images of 250000 pixels is too large; try a --batch of at most 1073",
        assertThrows(ArgumentException.class, () -> new Trainer(large, options)).getMessage());
  }
}
