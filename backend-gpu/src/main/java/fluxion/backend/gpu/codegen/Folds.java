package fluxion.backend.gpu.codegen;

import fluxion.api.DType;
import fluxion.engine.spi.Reduction;
import java.util.Set;

/** How two registers of a fold combine, and from what it starts. */
final class Folds {
  private Folds() {}

  /** {@return the neutral element} */
  static String neutral(Reduction.Kind kind, DType type) {
    return switch (kind) {
      case SUM -> number(type, 0);
      case PROD, ALL -> number(type, 1);
      case ANY -> number(type, 0);
      case MIN -> bound(type, true);
      case MAX -> bound(type, false);
    };
  }

  private static String number(DType type, long value) {
    return type.isFloatingPoint()
        ? Literals.text(type, (double) value)
        : Literals.text(type, value);
  }

  private static String bound(DType type, boolean largest) {
    if (type.isFloatingPoint()) {
      return Literals.text(type, largest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
    }
    return switch (type) {
      case BOOL -> largest ? "1" : "0";
      case UINT8 -> Literals.text(type, largest ? 255L : 0L);
      default -> {
        long top = Long.MAX_VALUE >> (64 - 8 * type.bytes());
        yield Literals.text(type, largest ? top : ~top);
      }
    };
  }

  /**
   * {@return two registers combined}
   *
   * @param kind how
   * @param type their dtype
   * @param a the first
   * @param b the second
   * @param parts takes the parts that are needed
   */
  static String combine(Reduction.Kind kind, DType type, String a, String b, Set<String> parts) {
    return switch (kind) {
      case SUM -> type == DType.BOOL ? a + " | " + b : arithmetic(type, a, " + ", b, parts);
      case PROD -> type == DType.BOOL ? a + " & " + b : arithmetic(type, a, " * ", b, parts);
      case MIN, MAX -> extreme(kind == Reduction.Kind.MAX, type, a, b, parts);
      case ALL -> truth(type, a + " != 0 && " + b + " != 0");
      case ANY -> truth(type, a + " != 0 || " + b + " != 0");
    };
  }

  private static String truth(DType type, String condition) {
    return "(" + CTypes.register(type) + ")(" + condition + ")";
  }

  private static String arithmetic(DType type, String a, String sign, String b, Set<String> parts) {
    if (!type.isFloatingPoint()) {
      return Operations.wrapped(type, a, sign, b);
    }
    String sum = a + sign + b;
    return type.computeType() == type
        ? sum
        : Casts.cast(DType.FLOAT32, type, "(" + sum + ")", parts);
  }

  private static String extreme(boolean max, DType type, String a, String b, Set<String> parts) {
    if (!type.isFloatingPoint()) {
      return a + (max ? " > " : " < ") + b + " ? " + a + " : " + b;
    }
    String function = (type == DType.FLOAT64 ? "double" : "float") + (max ? "_max" : "_min");
    parts.add(function);
    return function + "(" + a + ", " + b + ")";
  }
}
