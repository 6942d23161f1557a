package fluxion.backend.gpu.codegen;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.ScalarMath;
import java.util.Locale;
import java.util.Set;

/** One node of a lowered kernel as an expression over its operands' registers. */
final class Operations {
  private Operations() {}

  /**
   * {@return the expression}
   *
   * @param node a node that is no leaf
   * @param r the operands' registers
   * @param parts takes the parts that are needed
   */
  static String text(Expr node, String[] r, Set<String> parts) {
    DType type = node.type();
    DType from = node.operand(0).type();
    return switch (node.op()) {
      case SELECT -> r[0] + " ? " + r[1] + " : " + r[2];
      case CAST -> Casts.cast(from, type, r[0], parts);
      case BITS -> (from == DType.FLOAT64 ? "as_long(" : "as_int(") + r[0] + ")";
      case FROM_BITS -> (type == DType.FLOAT64 ? "as_double(" : "as_float(") + r[0] + ")";
      case EQ -> r[0] + " == " + r[1];
      case NE -> r[0] + " != " + r[1];
      case LT -> r[0] + " < " + r[1];
      case LE -> r[0] + " <= " + r[1];
      case GT -> r[0] + " > " + r[1];
      case GE -> r[0] + " >= " + r[1];
      default ->
          from.isFloatingPoint() ? floating(node, type, r, parts) : integer(node, type, r, parts);
    };
  }

  private static String floating(Expr node, DType type, String[] r, Set<String> parts) {
    String word = type == DType.FLOAT64 ? "double" : "float";
    return switch (node.op()) {
      case ADD -> r[0] + " + " + r[1];
      case SUB -> r[0] + " - " + r[1];
      case MUL -> r[0] + " * " + r[1];
      case DIV -> r[0] + " / " + r[1];
      case SQRT -> "sqrt(" + r[0] + ")";
      case FMA -> "fma(" + r[0] + ", " + r[1] + ", " + r[2] + ")";
      case NEG -> "-" + r[0];
      case ABS -> "fabs(" + r[0] + ")";
      case MIN -> call(word + "_min", r, "", parts);
      case MAX -> call(word + "_max", r, "", parts);
      default -> {
        if (!ScalarMath.provides(node.op())) {
          throw new DTypeException("no OpenCL C for " + node.op().shortName() + " of " + type);
        }
        yield function(node, type, r, parts);
      }
    };
  }

  /** A function that is computed in the widest float and rounded. */
  private static String function(Expr node, DType type, String[] r, Set<String> parts) {
    String name = "real_" + node.op().shortName().toLowerCase(Locale.ROOT);
    parts.add(name);
    StringBuilder text = new StringBuilder("(" + CTypes.register(type) + ")" + name + "(");
    if (node.op() == ExprOp.POLYGAMMA) {
      text.append(node.number()).append(", ");
    }
    for (int i = 0; i < r.length; i++) {
      text.append(i == 0 ? "(real)" : ", (real)").append(r[i]);
    }
    return text.append(")").toString();
  }

  private static String integer(Expr node, DType type, String[] r, Set<String> parts) {
    return switch (node.op()) {
      case ADD -> wrapped(type, r[0], " + ", r[1]);
      case SUB -> wrapped(type, r[0], " - ", r[1]);
      case MUL -> wrapped(type, r[0], " * ", r[1]);
      case NEG -> wrapped(type, "0", " - ", r[0]);
      case ABS -> r[0] + " < 0 ? " + wrapped(type, "0", " - ", r[0]) + " : " + r[0];
      case SIGN -> "(" + CTypes.register(type) + ")((" + r[0] + " > 0) - (" + r[0] + " < 0))";
      case MIN, FMIN -> r[0] + " < " + r[1] + " ? " + r[0] + " : " + r[1];
      case MAX, FMAX -> r[0] + " > " + r[1] + " ? " + r[0] + " : " + r[1];
      case AND -> narrowed(type, r[0] + " & " + r[1]);
      case OR -> narrowed(type, r[0] + " | " + r[1]);
      case XOR -> narrowed(type, r[0] + " ^ " + r[1]);
      case NOT -> type == DType.BOOL ? "!" + r[0] : narrowed(type, "~" + r[0]);
      case DIV, FMOD, REMAINDER, POW ->
          "(" + CTypes.register(type) + ")" + call("long_" + name(node), longs(r), "", parts);
      case SHL, SHR ->
          "("
              + CTypes.register(type)
              + ")"
              + call("long_" + name(node), longs(r), ", " + 8 * type.bytes(), parts);
      default ->
          throw new DTypeException("no OpenCL C for " + node.op().shortName() + " of " + type);
    };
  }

  private static String name(Expr node) {
    return node.op().shortName();
  }

  private static String[] longs(String[] r) {
    String[] wide = new String[r.length];
    for (int i = 0; i < r.length; i++) {
      wide[i] = "(long)" + r[i];
    }
    return wide;
  }

  /** Integer arithmetic that wraps: in C that of unsigned numbers does. */
  static String wrapped(DType type, String a, String sign, String b) {
    return switch (type) {
      case INT64 -> "(long)((ulong)" + a + sign + "(ulong)" + b + ")";
      case INT32 -> "(int)((uint)" + a + sign + "(uint)" + b + ")";
      default -> narrowed(type, a + sign + b);
    };
  }

  private static String narrowed(DType type, String expression) {
    return "(" + CTypes.register(type) + ")(" + expression + ")";
  }

  private static String call(String function, String[] r, String more, Set<String> parts) {
    parts.add(function);
    return function + "(" + String.join(", ", r) + more + ")";
  }
}
