package fluxion.nn.training;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.nn.training.events.Records;
import fluxion.nn.training.events.Records.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected bytes were written by the {@code RecordWriter} and the messages of TensorBoard 2.21. */
final class SummaryWriterTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000L, 250_000_000);
  private static final String VERSION =
      "1800000000000000a37f4b220900001040fc54d9411a0d627261696e2e4576656e743a32338d2fe9";

  @TempDir Path folder;
  private Instant now = TIME;

  private SummaryWriter open(Long purgeStep) throws IOException {
    return new SummaryWriter(folder, purgeStep, () -> now);
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size(), all.toString());
      return all.getFirst();
    }
  }

  private String bytes() throws IOException {
    return HexFormat.of().formatHex(Files.readAllBytes(onlyFile()));
  }

  @Test
  void files_are_those_of_tensorboard_byte_for_byte() throws IOException {
    try (SummaryWriter writer = open(4L)) {
      writer.addScalar("loss/train", 0.5, 300);
      writer.addScalar("a", 0, 0);
      writer.addText("note", "één", 1);
      writer.addHistogram("w", tensor(new double[][] {{0.5, 0.5}, {0.51, 0.56}}), 2);
    }
    assertEquals(
        VERSION
            + "0f000000000000006d532b090900001040fc54d94110043a02080128b18957"
            + "2100000000000000017becf60900001040fc54d94110ac022a130a110a0a6c6f73732f747261696e15"
            + "0000003f85520754"
            + "1500000000000000d6ab6b2b0900001040fc54d9412a0a0a080a01611500000000f3c606a7"
            + "3d000000000000006049f1ec0900001040fc54d94110012a300a2e0a116e6f74652f746578745f7375"
            + "6d6d617279420f08071204120208014205c3a9c3a96e4a080a060a0474657874195a71b6"
            + "7500000000000000d7d941780900001040fc54d94110022a680a660a01772a6109000000000000e03f"
            + "11ec51b81e85ebe13f1900000000000010402190c2f5285c8f00402976711b0de02df13f3218fae55a"
            + "25d31fde3fb03125ee8091e03f0f1d5c6ca739e23f3a1800000000000000000000000000000840000000"
            + "000000f03f297ca277",
        bytes());
  }

  @Test
  void what_was_written_can_be_read() throws IOException {
    Tensor weight = tensor(-1f, 2f, 0.5f).requiresGrad_();
    try (SummaryWriter writer = open(null)) {
      for (int step = 0; step < 3; step++) {
        writer.addScalar("lr", 0.1 / (step + 1), step);
        now = now.plusSeconds(1);
      }
      writer.addHistogram("weight", weight, 1L << 40);
    }
    List<Fields> events = Records.read(onlyFile());
    assertEquals(5, events.size());
    assertEquals("brain.Event:2", events.getFirst().text(3));
    Fields third = events.get(3);
    assertEquals(1_700_000_002.25, third.number(1));
    assertEquals(2, third.integer(2));
    assertEquals("lr", third.message(5).message(1).text(1));
    assertEquals(0.1f / 3, third.message(5).message(1).single(2), 1e-9f);
    assertEquals(1L << 40, events.get(4).integer(2));
    Fields histogram = events.get(4).message(5).message(1).message(5);
    assertEquals(-1, histogram.number(1));
    assertEquals(2, histogram.number(2));
    assertEquals(1.5, histogram.number(4));
    assertFalse(events.get(1).has(7), "nothing is purged");
  }

  @Test
  void files_are_named_as_pytorch_names_them() throws IOException {
    open(null).close();
    String name = onlyFile().getFileName().toString();
    assertTrue(
        name.matches(
            "events\\.out\\.tfevents\\.1700000000\\.[^/]+\\."
                + ProcessHandle.current().pid()
                + "\\.\\d+"),
        name);
  }

  @Test
  void a_second_writer_in_a_folder_has_a_file_of_its_own() throws IOException {
    open(null).close();
    SummaryWriter.resume(folder, 5).close();
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void what_is_added_shows_up_when_flushed_or_after_two_minutes() throws IOException {
    try (SummaryWriter writer = open(null)) {
      assertEquals(VERSION, bytes(), "at once, so that TensorBoard finds the run");
      writer.addScalar("a", 1, 1);
      assertEquals(1, Records.read(onlyFile()).size());
      writer.flush();
      assertEquals(2, Records.read(onlyFile()).size());
      now = now.plusSeconds(119);
      writer.addScalar("a", 1, 2);
      assertEquals(2, Records.read(onlyFile()).size());
      now = now.plusSeconds(1);
      writer.addScalar("a", 1, 3);
      assertEquals(4, Records.read(onlyFile()).size());
    }
  }

  @Test
  void what_cannot_be_shown_is_refused() throws IOException {
    try (SummaryWriter writer = open(null)) {
      assertEquals(
          "what is shown in TensorBoard needs a tag that is not empty",
          assertThrows(ArgumentException.class, () -> writer.addScalar("", 1, 1)).getMessage());
      assertEquals(
          "what is shown in TensorBoard needs a tag that is not empty",
          assertThrows(ArgumentException.class, () -> writer.addText("", "a", 1)).getMessage());
      assertEquals(
          "fc.weight: The histogram is empty: no value is a number from -1e20 to 1e20",
          assertThrows(
                  ArgumentException.class,
                  () -> writer.addHistogram("fc.weight", tensor(Double.NaN), 1))
              .getMessage());
    }
    assertEquals(VERSION, bytes());
  }
}
