package fluxion.nn.training;

import fluxion.api.ArgumentException;
import fluxion.api.FormatException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A log that spreadsheets open: comma-separated values (RFC 4180, with one character at the end of
 * a line), a header, and a row a step or an epoch. Each row is in the file when the call returns.
 *
 * {@snippet :
 * try (var log = CsvLog.create(Path.of("log.csv"), "step", "loss", "lr")) {
 *   log.row(1, 2.31, 0.01);
 * }
 * }
 *
 * <p>The first column is the number of the step, which goes up from row to row. A run that is
 * resumed from an earlier step takes off the rows after it, which it is about to write again.
 */
public final class CsvLog implements Closeable {
  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]|^\\s|\\s$");

  private final Writer out;
  private final int columns;
  private @Nullable Long last;

  private CsvLog(FileChannel channel, int columns, @Nullable Long last) {
    this.out = Channels.newWriter(channel, StandardCharsets.UTF_8);
    this.columns = columns;
    this.last = last;
  }

  /**
   * {@return a new log}
   *
   * @param file where it is; its folder is made where it is not there
   * @param columns the names of the columns, of which the first is the step's
   * @throws java.nio.file.FileAlreadyExistsException if there is such a file
   * @throws IOException if it cannot be written
   * @throws ArgumentException if there is no column, or two have the same name
   */
  public static CsvLog create(Path file, String... columns) throws IOException {
    check(columns);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return begin(channel, columns);
  }

  private static CsvLog begin(FileChannel channel, String[] columns) throws IOException {
    CsvLog log = new CsvLog(channel, columns.length, null);
    log.write(List.of(columns));
    return log;
  }

  /**
   * {@return a log that goes on, or a new one where there is none}
   *
   * <p>The rows of later steps are taken off, and so is a last line that was not written to its
   * end.
   *
   * @param file where it is
   * @param lastStep the last step that is not run again
   * @param columns the names of the columns, of which the first is the step's
   * @throws IOException if it cannot be read or written
   * @throws FormatException if the file has other columns, or rows that are none of a log: it is
   *     left as it is
   * @throws ArgumentException if there is no column, or two have the same name
   */
  public static CsvLog resume(Path file, long lastStep, String... columns) throws IOException {
    check(columns);
    if (!Files.exists(file)) {
      return create(file, columns);
    }
    CsvRows rows = CsvRows.read(file, List.of(columns), lastStep);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.truncate(rows.end());
    channel.position(rows.end());
    return rows.end() == 0
        ? begin(channel, columns)
        : new CsvLog(channel, columns.length, rows.last());
  }

  private static void check(String... columns) {
    Set<String> names = new TreeSet<>(List.of(columns));
    if (columns.length == 0 || names.size() != columns.length) {
      throw new ArgumentException(
          "a log needs columns of different names, not " + List.of(columns));
    }
  }

  /**
   * Writes a row.
   *
   * @param step its step, above that of the row before
   * @param values what stands in the other columns: numbers, texts, truth values; null for nothing
   * @throws IOException if it cannot be written
   * @throws ArgumentException if the step is not above the last, or the values are not as many as
   *     the columns
   */
  public void row(long step, @Nullable Object... values) throws IOException {
    if (last != null && step <= last) {
      throw new ArgumentException("a row of step " + step + " comes after one of step " + last);
    }
    if (values.length != columns - 1) {
      throw new ArgumentException(
          "expected values for " + (columns - 1) + " columns, found " + values.length);
    }
    List<String> fields = new ArrayList<>();
    fields.add(Long.toString(step));
    for (Object value : values) {
      fields.add(value == null ? "" : value.toString());
    }
    write(fields);
    last = step;
  }

  private void write(List<String> fields) throws IOException {
    out.write(fields.stream().map(CsvLog::field).collect(Collectors.joining(",", "", "\n")));
    out.flush();
  }

  private static String field(String text) {
    return QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
