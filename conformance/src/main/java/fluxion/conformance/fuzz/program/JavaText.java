package fluxion.conformance.fuzz.program;

import fluxion.api.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes values as Java writes them. */
final class JavaText {
  private JavaText() {}

  /** A number. */
  static String of(double value) {
    if (Double.isNaN(value)) {
      return "Double.NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    return Double.toString(value);
  }

  /** The elements of an array. */
  static String of(double[] values) {
    return Arrays.stream(values).mapToObj(JavaText::of).collect(Collectors.joining(", "));
  }

  /** A shape. */
  static String of(Shape shape) {
    String sizes = shape.toString();
    return "Shape.of(" + sizes.substring(1, sizes.length() - 1) + ")";
  }
}
