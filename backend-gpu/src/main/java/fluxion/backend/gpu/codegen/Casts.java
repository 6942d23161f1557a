package fluxion.backend.gpu.codegen;

import fluxion.api.DType;
import java.util.Set;

/** Conversions of registers between dtypes, each rounded once. */
final class Casts {
  private Casts() {}

  /**
   * {@return a register converted}
   *
   * @param from its dtype
   * @param to the other dtype
   * @param a the register
   * @param parts takes the parts that are needed
   */
  static String cast(DType from, DType to, String a, Set<String> parts) {
    if (from == to) {
      return a;
    }
    if (to == DType.BOOL) {
      return "(" + a + " != 0)";
    }
    if (!to.isFloatingPoint()) {
      return "(" + CTypes.register(to) + ")" + integer(from, a, parts);
    }
    return switch (to) {
      case FLOAT16 -> rounded("f16_round", narrow(from, a, parts), parts);
      case BFLOAT16 -> rounded("bf16_round", narrow(from, a, parts), parts);
      default -> "(" + CTypes.register(to) + ")" + a;
    };
  }

  private static String integer(DType from, String a, Set<String> parts) {
    if (!from.isFloatingPoint()) {
      return a;
    }
    return rounded(from == DType.FLOAT64 ? "double_to_long" : "float_to_long", a, parts);
  }

  /** A float that rounds to 16 bits as the value itself does. */
  private static String narrow(DType from, String a, Set<String> parts) {
    return switch (from) {
      case FLOAT64 -> rounded("double_to_odd", a, parts);
      case INT64 -> rounded("long_to_odd", a, parts);
      case INT32 -> rounded("long_to_odd", "(long)" + a, parts);
      case FLOAT16, BFLOAT16, FLOAT32 -> a;
      default -> "(float)" + a;
    };
  }

  private static String rounded(String function, String a, Set<String> parts) {
    parts.add(function);
    return function + "(" + a + ")";
  }
}
