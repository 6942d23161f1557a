package fluxion.examples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs, checkpoints, runs that go on, and runs that stop early. */
final class KeptRunsTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path data;
  private Path file;
  private Path log;

  @BeforeEach
  void write_images() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    IdxFiles.write(data);
    file = folder.resolve("new/run.pth");
    log = folder.resolve("log");
  }

  private String[] with(String... more) {
    List<String> args = new ArrayList<>(List.of("--model", "mlp", "--data", data.toString()));
    args.addAll(List.of("--batch", "10"));
    args.addAll(List.of(more));
    return args.toArray(new String[0]);
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    return new TrainCommand(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false)
        .run(args);
  }

  private List<String> lines(String start) {
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(start))
        .toList();
  }

  private String error() {
    return err.toString(StandardCharsets.UTF_8).strip();
  }

  private ModelTrainer trainer(TrainOptions options) {
    return new ModelTrainer(Images.read(data), options, Network.MLP);
  }

  @Test
  void a_run_that_was_broken_off_within_an_epoch_goes_on_bit_for_bit() throws IOException {
    Files.createDirectories(file.getParent());
    TrainOptions options = TrainOptions.of(TrainOptions.declared().parse(with("--epochs", "3")));
    ModelTrainer straight = trainer(options);
    List<Double> losses = new ArrayList<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      losses.add(straight.epoch(_ -> {}, () -> {}).loss());
      straight.nextEpoch();
    }

    ModelTrainer broken = trainer(options);
    broken.epoch(_ -> {}, () -> {});
    broken.nextEpoch();
    Runnable breakOff =
        () -> {
          if (broken.state().step() == 9) {
            try {
              broken.state().save(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            throw new IllegalStateException("the power is off");
          }
        };
    assertThrows(IllegalStateException.class, () -> broken.epoch(_ -> {}, breakOff));

    ModelTrainer resumed = trainer(options);
    resumed.state().load(file);
    assertEquals(3, resumed.state().stepOfEpoch());
    List<Integer> seen = new ArrayList<>();
    assertEquals(losses.get(1), resumed.epoch(seen::add, () -> {}).loss());
    assertEquals(List.of(40, 50, 60), seen);
    resumed.nextEpoch();
    assertEquals(losses.get(2), resumed.epoch(_ -> {}, () -> {}).loss());
    straight
        .model()
        .stateDict()
        .forEach(
            (name, weight) ->
                assertArrayEquals(
                    weight.toFloatArray(),
                    resumed.model().stateDict().get(name).toFloatArray(),
                    name));
    assertArrayEquals(straight.predict(), resumed.predict());
    assertEquals(straight.learningRate(), resumed.learningRate());
  }

  @Test
  void a_run_is_saved_and_logged_and_goes_on() throws IOException {
    String[] kept =
        with("--epochs", "2", "--checkpoint", file.toString(), "--every", "4", "--log", log + "");
    assertEquals(0, run(kept), error());
    String accuracy = lines("test accuracy").getLast();
    List<String> rows = Files.readAllLines(log.resolve("log.csv"));
    assertEquals(3, rows.size());
    assertEquals("epoch,step,loss,test_accuracy,lr,seconds", rows.get(0));
    assertTrue(rows.get(2).startsWith("2,12,"), rows.get(2));
    assertEquals(1, events());

    List<String> again = new ArrayList<>(List.of(kept));
    again.addAll(List.of("--resume", file.toString()));
    assertEquals(0, run(again.toArray(new String[0])), error());
    assertEquals(List.of("resumed from " + file + " after 2 epochs and 0 steps"), lines("resumed"));
    assertEquals(List.of(), lines("epoch "));
    assertEquals(accuracy, lines("test accuracy").getLast());
    assertEquals(rows, Files.readAllLines(log.resolve("log.csv")));
    assertEquals(2, events());
  }

  private long events() throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      return files.filter(path -> path.getFileName().toString().contains("tfevents")).count();
    }
  }

  @Test
  void a_run_is_saved_within_an_epoch_if_asked_for() throws IOException {
    assertEquals(0, run(with("--epochs", "1", "--checkpoint", file.toString())), error());
    byte[] without = Files.readAllBytes(file);
    assertEquals(
        0, run(with("--epochs", "1", "--checkpoint", file.toString(), "--every", "1")), error());
    assertEquals(without.length, Files.size(file), "the end of the epoch is what stays");
  }

  @Test
  void a_run_stops_when_it_no_longer_gets_better_and_uses_the_best() {
    String[] patient =
        with("--epochs", "60", "--patience", "2", "--checkpoint", file.toString(), "--lr", "0.05");
    assertEquals(0, run(patient), error());
    int epochs = lines("epoch ").size();
    assertTrue(epochs < 60, epochs + " epochs");
    assertEquals(
        List.of("stopped after epoch " + epochs + ": 2 without better test accuracy"),
        lines("stopped"));
    String best = lines("the best test accuracy, ").getFirst();
    assertTrue(best.endsWith(" %, is that of epoch " + (epochs - 2)), best);
    String ofBest = lines("epoch ").get(epochs - 3);
    String share = best.substring("the best test accuracy, ".length(), best.indexOf(" %"));
    assertTrue(ofBest.contains("test accuracy " + share + " %"), ofBest);
    String accuracy = lines("test accuracy").getLast();

    List<String> again = new ArrayList<>(List.of(patient));
    again.addAll(List.of("--resume", file.toString()));
    assertEquals(0, run(again.toArray(new String[0])), error());
    assertEquals(List.of(), lines("epoch "), "it is over");
    assertEquals(accuracy, lines("test accuracy").getLast());
  }

  @Test
  void the_saved_run_of_another_model_is_refused_with_all_that_differs() {
    assertEquals(0, run(with("--epochs", "1", "--checkpoint", file.toString())), error());
    assertEquals(1, run(with("--epochs", "2", "--lr", "0.5", "--resume", file.toString())));
    assertEquals(
        "train: "
            + file
            + " is the state of another run; nothing was loaded: run: it has lr 0.05, not 0.5;"
            + " epochs 1, not 2",
        error());
    String[] other = with("--epochs", "1", "--resume", file.toString(), "--patience", "3");
    other[1] = "lenet";
    assertEquals(1, run(other));
    assertEquals(1, error().lines().count(), error());
    assertTrue(error().contains("run: it has model mlp, not lenet"), error());
    assertTrue(error().contains("model: Error(s) in loading state_dict for LeNet"), error());
    assertTrue(error().contains("stopping: there is none in the file"), error());
  }

  @Test
  void what_cannot_be_resumed_from_is_told_in_one_line() throws IOException {
    assertEquals(1, run(with("--resume", file.toString())));
    assertEquals("train: " + file + ": there is no such file", error());
    Path damaged = Files.writeString(folder.resolve("damaged.pth"), "PK and nothing else");
    assertEquals(1, run(with("--resume", damaged.toString())));
    assertTrue(error().startsWith("train: " + damaged + ": "), error());
    assertEquals(1, error().lines().count(), error());
  }

  @Test
  void the_log_of_another_run_is_not_written_over() throws IOException {
    Files.createDirectories(log);
    Path rows = Files.writeString(log.resolve("log.csv"), "precious");
    assertEquals(1, run(with("--epochs", "1", "--log", log.toString())));
    assertEquals(
        "train: "
            + rows
            + " is there already, of another run: give another --log, or --resume that run",
        error());
    assertEquals("precious", Files.readString(rows));
    assertEquals(List.of(), lines("epoch "));
  }

  @Test
  void a_checkpoint_that_cannot_be_written_is_told_before_the_first_epoch() throws IOException {
    assertEquals(1, run(with("--checkpoint", folder.toString())));
    assertEquals("train: " + folder + ": expected the name of a file, found a folder", error());
    Path inFile = Files.writeString(folder.resolve("plain"), "").resolve("run.pth");
    assertEquals(1, run(with("--checkpoint", inFile.toString())));
    assertTrue(error().startsWith("train: " + inFile + ": cannot be written: "), error());
    assertEquals(List.of(), lines("epoch "));
  }

  @Test
  void options_that_will_not_do_are_one_line_and_status_2() {
    for (String option : new String[] {"--log", "--checkpoint", "--resume", "--patience"}) {
      assertEquals(2, run(option, "3"));
      assertEquals("train: " + option + " is for a --model", error());
    }
    assertEquals(2, run(with("--every", "3")));
    assertEquals("train: --every is for a --checkpoint", error());
    assertEquals(2, run(with("--checkpoint", "a.pth", "--every", "0")));
    assertEquals("train: --every expects a whole number from 1 to 1000000000, not '0'", error());
    assertEquals(2, run(with("--patience", "soon")));
    assertEquals(
        "train: --patience expects a whole number from 1 to 1000000000, not 'soon'", error());
    assertEquals(2, run(with("--log", "")));
    assertEquals("train: --log expects the name of a folder, not ''", error());
    assertEquals(0, run("--help"));
    assertFalse(lines("  --patience N").isEmpty());
  }
}
