package fluxion.engine.expr;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes expressions in infix form, with names for shared and for very long parts. */
public final class Printer {
  /** A longer part gets a name, which keeps the text of a deep chain linear. */
  private static final int LONG_TEXT = 160;

  private static final int ATOM = 10;
  private static final int PREFIX = 9;

  private final Map<Expr, Integer> uses = new HashMap<>();
  private final Map<Expr, String> texts = new HashMap<>();
  private final StringBuilder bindings = new StringBuilder();
  private int names;

  private Printer() {}

  /**
   * {@return the text of some expressions, the named parts first}
   *
   * @param roots the expressions
   */
  public static String print(Expr... roots) {
    return new Printer().text(Arrays.asList(roots));
  }

  private String text(List<Expr> roots) {
    List<Expr> order = Graph.topological(roots);
    for (Expr node : order) {
      for (int i = 0; i < node.arity(); i++) {
        uses.merge(node.operand(i), 1, Integer::sum);
      }
    }
    for (Expr root : roots) {
      uses.merge(root, 1, Integer::sum);
    }
    for (Expr node : order) {
      String text = format(node);
      boolean shared = uses.getOrDefault(node, 0) > 1 && node.arity() > 0;
      if (shared || (text.length() > LONG_TEXT && !roots.contains(node))) {
        String name = "%" + names++;
        bindings.append(name).append(" = ").append(text).append("; ");
        texts.put(node, name);
      } else {
        texts.put(node, text);
      }
    }
    List<String> results = new ArrayList<>();
    for (Expr root : roots) {
      results.add(texts.getOrDefault(root, ""));
    }
    return bindings + String.join(", ", results);
  }

  private String format(Expr node) {
    return switch (node.op()) {
      case INPUT -> "x" + node.number();
      case SCALAR -> "s" + node.number();
      case INDEX -> "i" + node.number();
      case LITERAL -> literal(node);
      case NEG -> "-" + operand(node, 0, PREFIX);
      case NOT -> (node.type() == DType.BOOL ? "!" : "~") + operand(node, 0, PREFIX);
      case CAST -> call(node.type().shortName(), node);
      case POLYGAMMA -> call("polygamma" + node.number(), node);
      default -> {
        String symbol = symbol(node.op());
        int level = level(node.op());
        yield symbol.isEmpty()
            ? call(node.op().shortName(), node)
            : operand(node, 0, comparison(node.op()) ? level + 1 : level)
                + " "
                + symbol
                + " "
                + operand(node, 1, level + 1);
      }
    };
  }

  private String call(String name, Expr node) {
    StringBuilder text = new StringBuilder(name).append('(');
    for (int i = 0; i < node.arity(); i++) {
      text.append(i == 0 ? "" : ", ").append(operand(node, i, 0));
    }
    return text.append(')').toString();
  }

  private String operand(Expr node, int i, int least) {
    Expr operand = node.operand(i);
    String text = texts.getOrDefault(operand, "");
    boolean named = text.startsWith("%") && text.indexOf(' ') < 0;
    return named || level(operand.op()) >= least ? text : "(" + text + ")";
  }

  private static String literal(Expr node) {
    return switch (node.type()) {
      case BOOL -> node.longValue() != 0 ? "true" : "false";
      case FLOAT32 -> Float.toString((float) node.doubleValue());
      case FLOAT64 -> Double.toString(node.doubleValue());
      default -> Long.toString(node.longValue());
    };
  }

  private static boolean comparison(ExprOp op) {
    return op.isPredicate() && op.arity() == 2;
  }

  private static String symbol(ExprOp op) {
    return switch (op) {
      case ADD -> "+";
      case SUB -> "-";
      case MUL -> "*";
      case DIV -> "/";
      case EQ -> "==";
      case NE -> "!=";
      case LT -> "<";
      case LE -> "<=";
      case GT -> ">";
      case GE -> ">=";
      case AND -> "&";
      case OR -> "|";
      case XOR -> "^";
      case SHL -> "<<";
      case SHR -> ">>";
      default -> "";
    };
  }

  /** How tightly an operation binds, as in Java. */
  private static int level(ExprOp op) {
    return switch (op) {
      case OR -> 1;
      case XOR -> 2;
      case AND -> 3;
      case EQ, NE -> 4;
      case LT, LE, GT, GE -> 5;
      case SHL, SHR -> 6;
      case ADD, SUB -> 7;
      case MUL, DIV -> 8;
      case NEG, NOT -> PREFIX;
      default -> ATOM;
    };
  }
}
