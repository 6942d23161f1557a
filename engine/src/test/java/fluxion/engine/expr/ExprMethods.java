package fluxion.engine.expr;

import fluxion.engine.spi.Expr;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The elementary functions of {@link Expr}, found by reflection so that no test forgets a new one.
 */
final class ExprMethods {
  private ExprMethods() {}

  /** The methods from a float to a float of the same dtype. */
  static List<Method> unaries() {
    return methods(0);
  }

  /** The methods of two floats. */
  static List<Method> binaries() {
    return methods(1);
  }

  static Method unary(String name) {
    return unaries().stream().filter(m -> m.getName().equals(name)).findFirst().orElseThrow();
  }

  private static List<Method> methods(int parameters) {
    List<String> not =
        List.of(
            "not",
            "isnan",
            "isinf",
            "isfinite",
            "bits",
            "fromBits",
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge",
            "and",
            "or",
            "xor",
            "shl",
            "shr");
    return Arrays.stream(Expr.class.getInterfaces())
        .flatMap(i -> Arrays.stream(i.getDeclaredMethods()))
        .filter(m -> java.lang.reflect.Modifier.isPublic(m.getModifiers()))
        .filter(m -> m.getParameterCount() == parameters && m.getReturnType() == Expr.class)
        .filter(m -> parameters == 0 || m.getParameterTypes()[0] == Expr.class)
        .filter(m -> !not.contains(m.getName()))
        .peek(m -> m.setAccessible(true))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }
}
