package fluxion.nn.data;

import fluxion.api.FormatException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads separated values line by line, in UTF-8, plain or, where the name ends in {@code .gz},
 * compressed with gzip. A field may stand in double quotes, and then have the separator in it, and
 * quotes that are written twice; it ends on its line.
 *
 * <p>What is wrong is told in one line that names the file, the line and what was expected there.
 */
public final class CsvReader implements AutoCloseable {
  private static final int LONGEST_QUOTE = 20;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final String name;
  private final char separator;
  private final BufferedReader in;
  private int line;

  /**
   * Reads a stream.
   *
   * @param in the bytes, which {@link #close} closes
   * @param name what they are called in messages; {@code .gz} at its end says that they are
   *     compressed
   * @param separator what stands between fields
   * @throws FormatException if the stream cannot be read, or is not compressed as its name says
   */
  public CsvReader(InputStream in, String name, char separator) {
    this.name = name;
    this.separator = separator;
    InputStream plain = in;
    try {
      if (name.endsWith(".gz")) {
        plain = new GZIPInputStream(in);
      }
    } catch (IOException e) {
      closeQuietly(in);
      throw unreadable(e);
    }
    this.in = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
  }

  /**
   * {@return a reader of a file}
   *
   * @param file the file
   * @param separator what stands between fields
   * @throws FormatException if it is not there, cannot be read, or is not compressed as its name
   *     says
   */
  public static CsvReader open(Path file, char separator) {
    if (Files.isDirectory(file)) {
      throw new FormatException(file + ": expected a file, found a folder");
    }
    try {
      return new CsvReader(Files.newInputStream(file), file.toString(), separator);
    } catch (NoSuchFileException e) {
      throw new FormatException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new FormatException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static void closeQuietly(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception _) {
      // what is told is why it was closed
    }
  }

  private FormatException unreadable(IOException e) {
    if (e instanceof EOFException || e instanceof ZipException) {
      String problem = e instanceof EOFException ? "it ends too early" : e.getMessage();
      return new FormatException(
          name + ":" + (line + 1) + ": expected gzip data, as the name says: " + problem, e);
    }
    return new FormatException(name + ": cannot be read: " + e.getMessage(), e);
  }

  /**
   * {@return the fields of the next line, at least one, or null at the end}
   *
   * @throws FormatException if the line cannot be read, or a quote in it does not end
   */
  public @Nullable List<String> next() {
    String text;
    try {
      text = in.readLine();
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (text == null) {
      return null;
    }
    if (line++ == 0 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    return fields(text);
  }

  private List<String> fields(String text) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (true) {
      if (at < text.length() && text.charAt(at) == '"') {
        StringBuilder field = new StringBuilder();
        at = unquote(text, at + 1, field);
        fields.add(field.toString());
      } else {
        int end = text.indexOf(separator, at);
        end = end < 0 ? text.length() : end;
        fields.add(text.substring(at, end));
        at = end;
      }
      if (at == text.length()) {
        return fields;
      }
      at++;
    }
  }

  /** Takes up what is in quotes; gives the place behind them. */
  private int unquote(String text, int from, StringBuilder field) {
    int at = from;
    while (true) {
      int quote = text.indexOf('"', at);
      if (quote < 0) {
        throw wrong("a quote at the end of field " + shown(text.substring(from - 1)), "none");
      }
      field.append(text, at, quote);
      at = quote + 1;
      if (at == text.length() || text.charAt(at) == separator) {
        return at;
      }
      if (text.charAt(at) != '"') {
        throw wrong(
            "the end of the field behind " + shown(text.substring(from - 1, at)),
            shown(text.substring(at)));
      }
      field.append('"');
      at++;
    }
  }

  /** {@return the number of the line read last, from 1} */
  public int line() {
    return line;
  }

  /**
   * {@return what is wrong with the line read last}
   *
   * @param expected what should be there
   * @param found what is
   */
  public FormatException wrong(String expected, String found) {
    return new FormatException(name + ":" + line + ": expected " + expected + ", found " + found);
  }

  /**
   * {@return what is wrong behind the line read last}
   *
   * @param expected what should be there
   * @param found what is
   */
  public FormatException wrongEnd(String expected, String found) {
    return new FormatException(
        name + ":" + (line + 1) + ": expected " + expected + ", found " + found);
  }

  /**
   * {@return a field as it may be shown in a message: in quotes, not too long, and without what
   * would move a terminal's cursor}
   *
   * @param field the field
   */
  public static String shown(String field) {
    String start =
        field.length() <= LONGEST_QUOTE ? field : field.substring(0, LONGEST_QUOTE) + "…";
    return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  @Override
  public void close() {
    closeQuietly(in);
  }
}
