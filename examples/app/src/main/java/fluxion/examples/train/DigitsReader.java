package fluxion.examples.train;

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
 * Reads images of digits from comma-separated values: each line 64 pixels, row by row, whole
 * numbers from 0 to 16, then the class, a digit from 0 to 9. A file whose name ends in {@code .gz}
 * is compressed with gzip.
 *
 * <p>What is wrong is told in one line that names the file, the line and what was expected there.
 */
final class DigitsReader {
  private static final String SHIPPED = "digits.csv.gz";
  private static final Images.Format FORMAT = Images.Format.SMALL_DIGITS;
  private static final int PIXELS = FORMAT.pixels();
  private static final int COLUMNS = PIXELS + 1;
  private static final int LONGEST_QUOTE = 20;

  private final String name;
  private final List<byte[]> images = new ArrayList<>();
  private final List<Byte> classes = new ArrayList<>();
  private int line;

  private DigitsReader(String name) {
    this.name = name;
  }

  /** {@return the digits that this module ships} */
  static Images shipped() {
    try (InputStream in = DigitsReader.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException(SHIPPED + " is not in the jar");
      }
      return new DigitsReader(SHIPPED).read(in);
    } catch (IOException e) {
      throw new FormatException(SHIPPED + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * {@return the digits in a file}
   *
   * @param file the file, {@code .csv} or {@code .csv.gz}
   * @throws FormatException if it is not there, or holds anything else
   */
  static Images read(Path file) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw new FormatException(name + ": expected a file, found a folder");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new DigitsReader(name).read(in);
    } catch (NoSuchFileException e) {
      throw new FormatException(name + ": there is no such file", e);
    } catch (IOException e) {
      throw new FormatException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private Images read(InputStream in) throws IOException {
    if (!name.endsWith(".gz")) {
      return readText(in);
    }
    try (GZIPInputStream unpacked = new GZIPInputStream(in)) {
      return readText(unpacked);
    } catch (EOFException e) {
      throw noGzip("it ends too early", e);
    } catch (ZipException e) {
      throw noGzip(e.getMessage(), e);
    }
  }

  private FormatException noGzip(@Nullable String problem, IOException cause) {
    return new FormatException(
        name + ":" + (line + 1) + ": expected gzip data, as the name says: " + problem, cause);
  }

  private Images readText(InputStream in) throws IOException {
    // every byte is a character: what is not text is told as what it is, no number
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    for (String text = reader.readLine(); text != null; text = reader.readLine()) {
      line++;
      parse(text);
    }
    if (images.size() < 2) {
      throw new FormatException(
          name
              + ":"
              + (line + 1)
              + ": expected at least 2 images, one to train and one to test, found "
              + (images.isEmpty() ? "an empty file" : "1"));
    }
    byte[] labels = new byte[classes.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = classes.get(i);
    }
    return new Images(FORMAT, images.toArray(byte[][]::new), labels);
  }

  private void parse(String text) {
    String[] fields = text.split(",", -1);
    if (fields.length != COLUMNS) {
      throw wrong(
          COLUMNS + " numbers (" + PIXELS + " pixels, then the class)",
          text.isBlank() ? "an empty line" : Integer.toString(fields.length));
    }
    byte[] pixels = new byte[PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = number(fields[i], FORMAT.ink(), "pixel " + (i + 1));
    }
    classes.add(number(fields[PIXELS], FORMAT.classes() - 1, "the class, column " + COLUMNS));
    images.add(pixels);
  }

  private byte number(String field, int most, String what) {
    String text = field.strip();
    try {
      int value = Integer.parseInt(text);
      if (value >= 0 && value <= most) {
        return (byte) value;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw wrong("a whole number from 0 to " + most + " as " + what, "'" + quoted(text) + "'");
  }

  private FormatException wrong(String expected, String found) {
    return new FormatException(name + ":" + line + ": expected " + expected + ", found " + found);
  }

  /** Text as it may be shown on a terminal. */
  private static String quoted(String text) {
    String start = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
