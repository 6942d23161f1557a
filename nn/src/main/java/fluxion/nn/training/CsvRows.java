package fluxion.nn.training;

import fluxion.api.FormatException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run has left in a log.
 *
 * @param end where what is kept of it ends, in bytes; 0 where there is not even a header
 * @param last the step of the last row that is kept, or null if there is none
 */
record CsvRows(long end, @Nullable Long last) {
  private static final int LONGEST_ROW = 1 << 20;

  static CsvRows read(Path file, List<String> columns, long lastStep) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new Reader(file, in).read(columns, lastStep);
    }
  }

  /** Splits bytes into rows: whatever else is in UTF-8, commas, quotes and line ends are bytes. */
  private static final class Reader {
    private final Path file;
    private final InputStream in;
    private long position;
    private long line = 1;

    Reader(Path file, InputStream in) {
      this.file = file;
      this.in = in;
    }

    CsvRows read(List<String> columns, long lastStep) throws IOException {
      List<String> header = row();
      if (header == null) {
        return new CsvRows(0, null);
      }
      if (!header.equals(columns)) {
        throw wrong("the columns " + columns, header.toString());
      }
      long end = position;
      Long last = null;
      for (List<String> row = row(); row != null; row = row()) {
        if (row.size() != columns.size()) {
          throw wrong(columns.size() + " fields", Integer.toString(row.size()));
        }
        long step = step(row.getFirst(), last);
        if (step > lastStep) {
          break;
        }
        last = step;
        end = position;
      }
      return new CsvRows(end, last);
    }

    private long step(String text, @Nullable Long before) {
      try {
        long step = Long.parseLong(text);
        if (before == null || step > before) {
          return step;
        }
      } catch (NumberFormatException _) {
        // told below
      }
      throw wrong("a step" + (before == null ? "" : " above " + before), "'" + text + "'");
    }

    private FormatException wrong(String expected, String found) {
      return new FormatException(
          file + ":" + (line - 1) + ": expected " + expected + ", found " + found);
    }

    private int next() throws IOException {
      int read = in.read();
      position += read < 0 ? 0 : 1;
      line += read == '\n' ? 1 : 0;
      return read;
    }

    /** The fields up to the end of a line, or null if the file ends before that. */
    private @Nullable List<String> row() throws IOException {
      long start = position;
      List<String> fields = new ArrayList<>();
      ByteArrayOutputStream field = new ByteArrayOutputStream();
      boolean quoted = false;
      boolean quoteBefore = false;
      for (int read = next(); read >= 0; read = next()) {
        if (position - start > LONGEST_ROW) {
          throw new FormatException(
              file + ":" + line + ": a row is longer than " + LONGEST_ROW + " bytes");
        }
        if (read == '"') {
          // a quote right after one that ended a field stands for itself
          if (quoteBefore) {
            field.write('"');
          }
          quoted = !quoted;
          quoteBefore = !quoted;
          continue;
        }
        quoteBefore = false;
        if (quoted || (read != ',' && read != '\n')) {
          field.write(read);
          continue;
        }
        fields.add(text(field));
        field.reset();
        if (read == '\n') {
          return fields;
        }
      }
      return null;
    }

    /** A field; of the two characters that end a line elsewhere the first is no part of it. */
    private static String text(ByteArrayOutputStream field) {
      String text = field.toString(StandardCharsets.UTF_8);
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
  }
}
