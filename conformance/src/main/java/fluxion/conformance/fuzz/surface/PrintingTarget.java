package fluxion.conformance.fuzz.surface;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.Finding;
import fluxion.conformance.fuzz.FuzzTarget;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of tensors: it never fails, is the same each time, and its numbers are the elements' to
 * as many digits as are shown.
 */
public final class PrintingTarget implements FuzzTarget {
  private static final DType[] DTYPES = DType.values();
  private static final double[] ODD = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0,
    -0.0,
    1e8,
    1e-5,
    3.4e38,
    1e-45,
    Double.MAX_VALUE,
    Double.MIN_VALUE,
    99999.99999,
    0.00005,
    1e5
  };
  private static final Pattern NUMBER =
      Pattern.compile(
          "True|False|nan|-?inf|[-+]?\\d+\\.?\\d*(?:e[-+]?\\d+)?", Pattern.CASE_INSENSITIVE);

  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final Device device;

  /**
   * Makes the target.
   *
   * @param device the device whose tensors are printed
   */
  public PrintingTarget(Device device) {
    this.device = device;
  }

  @Override
  public String name() {
    return "printing";
  }

  @Override
  public String covers() {
    return "the text of tensors of every dtype, shape and size of number";
  }

  @Override
  public void run(ByteSource source) {
    DType dtype = DTYPES[source.below(DTYPES.length)];
    long[] sizes = new long[source.below(4)];
    Arrays.setAll(sizes, d -> source.below(16) == 15 ? 40 : source.below(4));
    Shape shape = Shape.of(sizes);
    double[] values = new double[Math.toIntExact(shape.numel())];
    double scale = Math.pow(10, source.below(24) - 12);
    int odd = source.below(8);
    for (int i = 0; i < values.length; i++) {
      int code = source.next();
      values[i] = value(dtype, code, source.next(), scale, odd);
    }
    Tensor tensor = Tensors.tensor(values, shape, TensorOptions.of(dtype)).to(device);
    String text = tensor.toString();
    if (!text.equals(tensor.toString())) {
      throw new Finding("the text of a tensor is not the same twice: " + text, "");
    }
    if (!text.startsWith("tensor(") || !text.endsWith(")")) {
      throw new Finding("the text of a tensor is no tensor(…): " + text, "");
    }
    if (!text.contains("...")) {
      checkNumbers(text, tensor);
    }
  }

  private static double value(DType dtype, int code, int more, double scale, int odd) {
    return switch (dtype.category()) {
      case BOOL -> code & 1;
      case INTEGRAL ->
          switch (dtype) {
            case UINT8 -> code;
            case INT8 -> code - 128;
            case INT16 -> code * 256 + more - 32768;
            default -> (code - 128) * Math.pow(10, more % (dtype == DType.INT32 ? 7 : 15));
          };
      case FLOATING ->
          odd == 7 && more % 4 == 0
              ? ODD[code % ODD.length]
              : (code - 128) * (more % 2 == 0 ? 1 : 1 / 7.0) * (odd > 4 ? scale : 1);
    };
  }

  private static void checkNumbers(String text, Tensor tensor) {
    int end = Math.max(text.lastIndexOf(']'), text.indexOf('(')) + 1;
    boolean bare = tensor.dim() == 0;
    int comma = text.indexOf(',');
    String body =
        bare ? text.substring(7, comma < 0 ? text.length() - 1 : comma) : text.substring(6, end);
    List<String> numbers = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(body);
    while (matcher.find()) {
      numbers.add(matcher.group());
    }
    if (tensor.numel() == 0) {
      return;
    }
    double[] elements = tensor.toDoubleArray();
    if (numbers.size() != elements.length) {
      throw new Finding(
          "%d elements are printed as %d numbers: %s"
              .formatted(elements.length, numbers.size(), text),
          "");
    }
    for (int i = 0; i < elements.length; i++) {
      if (!shows(numbers.get(i), elements[i], tensor.dtype())) {
        throw new Finding(
            "element %d, %s, is printed as %s: %s".formatted(i, elements[i], numbers.get(i), text),
            "");
      }
    }
  }

  /** Whether a text is a number to the digits that it has. */
  private static boolean shows(String text, double element, DType dtype) {
    if (dtype == DType.BOOL) {
      return text.equals(element == 0 ? "False" : "True");
    }
    if (text.equalsIgnoreCase("nan")) {
      return Double.isNaN(element);
    }
    if (text.endsWith("inf")) {
      return element == (text.startsWith("-") ? -1 : 1) / 0.0;
    }
    BigDecimal shown = new BigDecimal(text);
    BigDecimal exact = new BigDecimal(element);
    if (!dtype.isFloatingPoint()) {
      return shown.compareTo(exact) == 0;
    }
    // half a unit of the last digit, and a float64's last bit where 16 digits are too many
    BigDecimal half = shown.ulp().multiply(HALF);
    BigDecimal bit = new BigDecimal(Math.ulp(element));
    return shown.subtract(exact).abs().compareTo(half.add(bit)) <= 0;
  }
}
