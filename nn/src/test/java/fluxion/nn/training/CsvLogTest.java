package fluxion.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.FormatException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvLogTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void choose_a_file() {
    file = folder.resolve("log.csv");
  }

  private String text() throws IOException {
    return Files.readString(file);
  }

  @Test
  void a_row_is_there_when_the_call_returns() throws IOException {
    try (CsvLog log = CsvLog.create(file, "step", "loss", "note")) {
      assertEquals("step,loss,note\n", text());
      log.row(1, 0.5, null);
      log.row(20, Double.NaN, true);
      assertEquals("step,loss,note\n1,0.5,\n20,NaN,true\n", text());
    }
  }

  @Test
  void what_would_be_misread_is_quoted() throws IOException {
    try (CsvLog log = CsvLog.create(file, "step", "a, b")) {
      log.row(1, "say \"é\"");
      log.row(2, "two\nlines\r");
      log.row(3, " padded");
      log.row(4, "plain text");
    }
    assertEquals(
        "step,\"a, b\"\n1,\"say \"\"é\"\"\"\n2,\"two\nlines\r\"\n3,\" padded\"\n4,plain text\n",
        text());
    try (CsvLog log = CsvLog.resume(file, 3, "step", "a, b")) {
      log.row(4, "again");
    }
    assertEquals("4,again", text().substring(text().lastIndexOf("\n4") + 1).strip());
  }

  @Test
  void a_resumed_run_takes_off_the_rows_that_it_writes_again() throws IOException {
    try (CsvLog log = CsvLog.create(file, "epoch", "loss")) {
      for (int epoch = 1; epoch <= 4; epoch++) {
        log.row(epoch, 1.0 / epoch);
      }
    }
    Files.writeString(file, text() + "5,0.");
    try (CsvLog log = CsvLog.resume(file, 2, "epoch", "loss")) {
      assertEquals("epoch,loss\n1,1.0\n2,0.5\n", text());
      assertEquals(
          "a row of step 2 comes after one of step 2",
          assertThrows(ArgumentException.class, () -> log.row(2, 0)).getMessage());
      log.row(3, 7);
    }
    assertEquals("epoch,loss\n1,1.0\n2,0.5\n3,7\n", text());
  }

  @Test
  void what_ended_in_the_middle_of_a_line_is_taken_off() throws IOException {
    Files.writeString(file, "step,loss\n1,0.5\n2,0.");
    CsvLog.resume(file, 9, "step", "loss").close();
    assertEquals("step,loss\n1,0.5\n", text());
    Files.writeString(file, "step,lo");
    CsvLog.resume(file, 9, "step", "loss").close();
    assertEquals("step,loss\n", text(), "even the header");
  }

  @Test
  void a_run_may_be_resumed_without_a_log() throws IOException {
    file = folder.resolve("new/folder/log.csv");
    CsvLog.resume(file, 5, "step").close();
    assertEquals("step\n", text());
  }

  @Test
  void lines_that_a_spreadsheet_ended_in_its_way_are_read() throws IOException {
    Files.writeString(file, "step,loss\r\n1,0.5\r\n2,0.25\r\n");
    CsvLog.resume(file, 1, "step", "loss").close();
    assertEquals("step,loss\r\n1,0.5\r\n", text());
  }

  private void refused(String expected, String content) throws IOException {
    Files.writeString(file, content);
    assertEquals(
        file + expected,
        assertThrows(FormatException.class, () -> CsvLog.resume(file, 9, "step", "loss"))
            .getMessage());
    assertEquals(content, text(), "it is left as it is");
  }

  @Test
  void a_file_that_is_no_such_log_is_refused_and_left_as_it_is() throws IOException {
    refused(":1: expected the columns [step, loss], found [step, accuracy]", "step,accuracy\n");
    refused(":3: expected 2 fields, found 3", "step,loss\n1,2\n2,3,4\n");
    refused(":2: expected a step, found 'one'", "step,loss\none,2\n");
    refused(":3: expected a step above 4, found '4'", "step,loss\n4,2\n4,3\n");
  }

  @Test
  void a_log_that_is_there_is_not_begun_anew() throws IOException {
    Files.writeString(file, "precious");
    assertThrows(FileAlreadyExistsException.class, () -> CsvLog.create(file, "step"));
    assertEquals("precious", text());
  }

  @Test
  void columns_and_values_must_fit() throws IOException {
    assertEquals(
        "a log needs columns of different names, not [a, a]",
        assertThrows(ArgumentException.class, () -> CsvLog.create(file, "a", "a")).getMessage());
    try (CsvLog log = CsvLog.create(file, "step", "loss")) {
      assertEquals(
          "expected values for 1 columns, found 2",
          assertThrows(ArgumentException.class, () -> log.row(1, 2, 3)).getMessage());
    }
    assertEquals("step,loss\n", text());
  }
}
