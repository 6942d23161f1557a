package fluxion.conformance.function;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the arguments of calls, but for tensors, as Java writes them. */
final class Literals {
  private Literals() {}

  /** A number that reads back as the same. */
  static String of(double value) {
    if (Double.isNaN(value)) {
      return "Double.NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    return Double.toString(value);
  }

  /** A number that reads back as the same. */
  static String of(float value) {
    if (Float.isNaN(value)) {
      return "Float.NaN";
    }
    if (Float.isInfinite(value)) {
      return value > 0 ? "Float.POSITIVE_INFINITY" : "Float.NEGATIVE_INFINITY";
    }
    return value + "f";
  }

  /** A shape. */
  static String of(Shape shape) {
    return "Shape.of(" + list(shape.toArray()) + ")";
  }

  /** An argument. */
  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Double number -> of(number.doubleValue());
      case Float number -> of(number.floatValue());
      case Long number -> number + "L";
      case Integer number -> number.toString();
      case Boolean truth -> truth.toString();
      case String text -> quoted(text);
      case DType dtype -> "DType." + dtype.name();
      case Device device -> "Device.of(" + quoted(device.toString()) + ")";
      case Shape shape -> of(shape);
      case Scalar scalar -> "Scalar.of(" + number(scalar) + ")";
      case long[] numbers -> "new long[] {" + list(numbers) + "}";
      case int[] numbers ->
          "new int[] {" + list(Arrays.stream(numbers).asLongStream().toArray()) + "}";
      case double[] numbers ->
          Arrays.stream(numbers)
              .mapToObj(Literals::of)
              .collect(Collectors.joining(", ", "new double[] {", "}"));
      case List<?> list ->
          list.stream().map(Literals::of).collect(Collectors.joining(", ", "Arrays.asList(", ")"));
      // what has no literal is named, so that whoever runs the program can put it there
      default -> "null /* " + value.toString().replace("*/", "* /") + " */";
    };
  }

  private static String number(Scalar scalar) {
    return switch (scalar.dtype().category()) {
      case FLOATING -> of(scalar.toDouble());
      case INTEGRAL -> scalar.toLong() + "L";
      case BOOL -> String.valueOf(scalar.toBoolean());
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static String list(long[] numbers) {
    return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }
}
