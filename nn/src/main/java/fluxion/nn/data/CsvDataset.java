package fluxion.nn.data;

import fluxion.api.ArgumentException;
import fluxion.api.FormatException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file of separated values: one column is the label, all others are numbers, the
 * input, float32 {@code [columns]}.
 */
public final class CsvDataset implements Dataset {
  private final TensorDataset data;
  private final List<String> columns;
  private final List<String> classes;

  private CsvDataset(TensorDataset data, List<String> columns, List<String> classes) {
    this.data = data;
    this.columns = List.copyOf(columns);
    this.classes = List.copyOf(classes);
  }

  /**
   * {@return the lines of a file}
   *
   * @param file the file, plain or {@code .gz}
   * @param options how it is read
   * @throws FormatException if it is not there, has no line of data, or a line that does not fit
   * @throws ArgumentException if there is no such column
   */
  public static CsvDataset read(Path file, CsvOptions options) {
    try (CsvReader in = CsvReader.open(file, options.separator())) {
      return new Reading(in, options).all();
    }
  }

  /** {@return the names of the input's columns; none if the file has no header} */
  public List<String> columns() {
    return columns;
  }

  /** {@return the names of the classes by number; none if the file has numbers} */
  public List<String> classes() {
    return classes;
  }

  @Override
  public int size() {
    return data.size();
  }

  @Override
  public Example get(int index) {
    return data.get(index);
  }

  @Override
  public boolean isUniform() {
    return true;
  }

  @Override
  public Batch batch(int[] indices, RandomGenerator[] randoms) {
    return data.batch(indices, randoms);
  }

  /** A file that is being read. */
  private static final class Reading {
    private final CsvReader in;
    private final CsvOptions options;
    private final List<String> names = new ArrayList<>();
    private final List<float[]> inputs = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private int width = -1;
    private int label;

    Reading(CsvReader in, CsvOptions options) {
      this.in = in;
      this.options = options;
    }

    CsvDataset all() {
      if (options.header()) {
        List<String> header = in.next();
        if (header != null) {
          checkWidth(header);
          names.addAll(header);
          names.remove(label);
        }
      }
      List<Float> values = new ArrayList<>();
      List<Long> numbers = new ArrayList<>();
      for (List<String> fields = in.next(); fields != null; fields = in.next()) {
        checkWidth(fields);
        inputs.add(numbers(fields));
        String text = fields.get(label).strip();
        switch (options.labels()) {
          case CLASSES -> numbers.add(classNumber(text));
          case VALUES -> values.add(number(text, label));
          case NAMES -> labels.add(text);
        }
      }
      if (inputs.isEmpty()) {
        throw in.wrongEnd("a line of data", in.line() == 0 ? "an empty file" : "none");
      }
      Set<String> classes = new TreeSet<>(labels);
      List<String> ordered = List.copyOf(classes);
      labels.forEach(text -> numbers.add((long) Collections.binarySearch(ordered, text)));
      return new CsvDataset(
          new TensorDataset(inputTensor(), labelTensor(values, numbers)), names, ordered);
    }

    private void checkWidth(List<String> fields) {
      if (width < 0) {
        width = fields.size();
        label = options.label() < 0 ? width + options.label() : options.label();
        if (label < 0 || label >= width) {
          throw new ArgumentException(
              "there is no column " + options.label() + " in a file of " + width + " columns");
        }
        if (width < 2) {
          throw in.wrong("numbers and a label", shown(fields));
        }
      }
      if (fields.size() != width) {
        throw in.wrong(width + " fields, as in the first line", shown(fields));
      }
    }

    private static String shown(List<String> fields) {
      return fields.size() > 1
          ? Integer.toString(fields.size())
          : fields.getFirst().isBlank() ? "an empty line" : "1";
    }

    private float[] numbers(List<String> fields) {
      float[] numbers = new float[width - 1];
      for (int column = 0, at = 0; column < width; column++) {
        if (column != label) {
          numbers[at++] = number(fields.get(column).strip(), column);
        }
      }
      return numbers;
    }

    private float number(String text, int column) {
      Float number = parsed(text);
      if (number == null) {
        throw in.wrong("a number in column " + (column + 1), CsvReader.shown(text));
      }
      return number;
    }

    private static @Nullable Float parsed(String text) {
      // Java would also read the literals of its own source, such as 1f and 0x1p3
      char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
      if (Character.isDigit(last) || last == '.') {
        try {
          return text.indexOf('x') < 0 && text.indexOf('X') < 0 ? Float.valueOf(text) : null;
        } catch (NumberFormatException _) {
          return null;
        }
      }
      return text.equalsIgnoreCase("nan") ? Float.NaN : null;
    }

    private long classNumber(String text) {
      try {
        int number = Integer.parseInt(text);
        if (number >= 0) {
          return number;
        }
      } catch (NumberFormatException _) {
        // told below
      }
      throw in.wrong(
          "the number of a class, from 0, in column " + (label + 1), CsvReader.shown(text));
    }

    private Tensor inputTensor() {
      float[] all = new float[Math.multiplyExact(inputs.size(), width - 1)];
      for (int i = 0; i < inputs.size(); i++) {
        System.arraycopy(inputs.get(i), 0, all, i * (width - 1), width - 1);
      }
      return Tensors.tensor(all, Shape.of(inputs.size(), width - 1L), TensorOptions.DEFAULT);
    }

    private Tensor labelTensor(List<Float> values, List<Long> numbers) {
      if (options.labels() != CsvOptions.Labels.VALUES) {
        return Tensors.tensor(numbers.stream().mapToLong(Long::longValue).toArray());
      }
      float[] floats = new float[values.size()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = values.get(i);
      }
      return Tensors.tensor(floats);
    }
  }
}
