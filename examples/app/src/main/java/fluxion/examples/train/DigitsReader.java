package fluxion.examples.train;

import fluxion.api.FormatException;
import fluxion.nn.data.CsvReader;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

  private final CsvReader in;
  private final List<byte[]> images = new ArrayList<>();
  private final List<Byte> classes = new ArrayList<>();

  private DigitsReader(CsvReader in) {
    this.in = in;
  }

  /** {@return the digits that this module ships} */
  static Images shipped() {
    InputStream digits = DigitsReader.class.getResourceAsStream(SHIPPED);
    if (digits == null) {
      throw new IllegalStateException(SHIPPED + " is not in the jar");
    }
    try (CsvReader in = new CsvReader(digits, SHIPPED, ',')) {
      return new DigitsReader(in).read();
    }
  }

  /**
   * {@return the digits in a file}
   *
   * @param file the file, {@code .csv} or {@code .csv.gz}
   * @throws FormatException if it is not there, or holds anything else
   */
  static Images read(Path file) {
    try (CsvReader in = CsvReader.open(file, ',')) {
      return new DigitsReader(in).read();
    }
  }

  private Images read() {
    for (List<String> fields = in.next(); fields != null; fields = in.next()) {
      parse(fields);
    }
    if (images.size() < 2) {
      throw in.wrongEnd(
          "at least 2 images, one to train and one to test",
          images.isEmpty() ? "an empty file" : "1");
    }
    byte[] labels = new byte[classes.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = classes.get(i);
    }
    return new Images(FORMAT, images.toArray(byte[][]::new), labels);
  }

  private void parse(List<String> fields) {
    if (fields.size() != COLUMNS) {
      boolean blank = fields.size() == 1 && fields.getFirst().isBlank();
      throw in.wrong(
          COLUMNS + " numbers (" + PIXELS + " pixels, then the class)",
          blank ? "an empty line" : Integer.toString(fields.size()));
    }
    byte[] pixels = new byte[PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = number(fields.get(i), FORMAT.ink(), "pixel " + (i + 1));
    }
    classes.add(number(fields.get(PIXELS), FORMAT.classes() - 1, "the class, column " + COLUMNS));
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
    throw in.wrong("a whole number from 0 to " + most + " as " + what, CsvReader.shown(text));
  }
}
