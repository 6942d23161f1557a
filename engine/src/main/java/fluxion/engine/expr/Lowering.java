package fluxion.engine.expr;

import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes functions out in correctly rounded operations: + − × ÷ √, fused multiply-add, minimum,
 * maximum, comparison, selection, integer arithmetic, shifts and reinterpretation.
 *
 * <p>There are no branches, every select keeps the special values. So vector code, scalar code and
 * constant folding give the same bits without knowing the functions.
 */
public final class Lowering {
  private Lowering() {}

  /**
   * {@return some expressions with the functions written out; themselves if they hold none}
   *
   * @param roots the expressions
   */
  public static List<Expr> lower(List<Expr> roots) {
    Map<Expr, Expr> changed = new HashMap<>();
    for (Expr node : Graph.topological(roots)) {
      Expr[] operands = new Expr[node.arity()];
      for (int i = 0; i < operands.length; i++) {
        operands[i] = changed.getOrDefault(node.operand(i), node.operand(i));
      }
      Expr now =
          applies(node.op())
              ? expand(node.op(), operands)
              : operands.length == 0 ? node : node.with(operands);
      if (now != node) {
        changed.put(node, now);
      }
    }
    List<Expr> lowered = new ArrayList<>();
    for (Expr root : roots) {
      lowered.add(changed.getOrDefault(root, root));
    }
    return lowered;
  }

  /**
   * {@return whether a kind of node is written out}
   *
   * @param op the kind
   */
  static boolean applies(ExprOp op) {
    return switch (op) {
      case SIGN, FMIN, FMAX, RSQRT, RECIPROCAL, COPYSIGN, XLOGY -> true;
      case FLOOR, CEIL, ROUND, TRUNC, ISNAN, ISINF, ISFINITE -> true;
      case EXP, EXP2, EXPM1, LOG, LOG2, LOG10, LOG1P, ERF -> true;
      case SINH, COSH, TANH, SIGMOID, SOFTPLUS, LOGSIGMOID -> true;
      default -> false;
    };
  }

  /** Writes out one node, given operands that are written out already. */
  static Expr expand(ExprOp op, Expr... operands) {
    Expr x = operands[0];
    return switch (op) {
      case SIGN -> LoweredBasics.sign(x);
      case FMIN -> LoweredBasics.fmin(x, operands[1]);
      case FMAX -> LoweredBasics.fmax(x, operands[1]);
      case RSQRT -> Expr.literal(x.type(), 1).div(x.sqrt());
      case RECIPROCAL -> Expr.literal(x.type(), 1).div(x);
      case COPYSIGN -> LoweredBasics.copysign(x, operands[1]);
      case FLOOR -> LoweredBasics.floor(x);
      case CEIL -> LoweredBasics.ceil(x);
      case ROUND -> LoweredBasics.round(x);
      case TRUNC -> LoweredBasics.trunc(x);
      case ISNAN -> LoweredBasics.isnan(x);
      case ISINF -> LoweredBasics.isinf(x);
      case ISFINITE -> LoweredBasics.isfinite(x);
      case XLOGY -> LoweredBasics.xlogy(x, operands[1], LoweredLogarithms.log(operands[1]));
      case EXP -> LoweredExponentials.exp(x);
      case EXP2 -> LoweredExponentials.exp2(x);
      case EXPM1 -> LoweredExponentials.expm1(x);
      case SINH -> LoweredExponentials.sinh(x);
      case COSH -> LoweredExponentials.cosh(x);
      case TANH -> LoweredExponentials.tanh(x);
      case SIGMOID -> LoweredExponentials.sigmoid(x);
      case LOG -> LoweredLogarithms.log(x);
      case LOG2 -> LoweredLogarithms.log2(x);
      case LOG10 -> LoweredLogarithms.log10(x);
      case LOG1P -> LoweredLogarithms.log1p(x);
      case SOFTPLUS -> LoweredLogarithms.softplus(x);
      case LOGSIGMOID -> LoweredLogarithms.softplus(x.neg()).neg();
      case ERF -> LoweredErf.erf(x);
      default -> throw new IllegalStateException("no way to write out " + op);
    };
  }
}
