package fluxion.tests.mutation;

import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.util.List;

/** For each operator those for which it is mistaken most easily. */
final class Siblings {
  private Siblings() {}

  /** The siblings of an operator; none for leaves, casts and what works on bits. */
  static List<ExprOp> of(ExprOp op) {
    return switch (op) {
      case ADD -> List.of(ExprOp.SUB, ExprOp.MUL);
      case SUB -> List.of(ExprOp.ADD, ExprOp.MUL);
      case MUL -> List.of(ExprOp.DIV, ExprOp.ADD);
      case DIV -> List.of(ExprOp.MUL, ExprOp.SUB);
      case FMOD -> List.of(ExprOp.REMAINDER, ExprOp.DIV);
      case REMAINDER -> List.of(ExprOp.FMOD, ExprOp.DIV);
      case POW -> List.of(ExprOp.MUL, ExprOp.XLOGY);
      case MIN -> List.of(ExprOp.MAX, ExprOp.FMIN);
      case MAX -> List.of(ExprOp.MIN, ExprOp.FMAX);
      case FMIN -> List.of(ExprOp.FMAX, ExprOp.MIN);
      case FMAX -> List.of(ExprOp.FMIN, ExprOp.MAX);
      case NEG -> List.of(ExprOp.ABS);
      case ABS -> List.of(ExprOp.NEG, ExprOp.SIGN);
      case SIGN -> List.of(ExprOp.ABS, ExprOp.NEG);
      case FLOOR -> List.of(ExprOp.CEIL, ExprOp.TRUNC, ExprOp.ROUND);
      case CEIL -> List.of(ExprOp.FLOOR, ExprOp.TRUNC, ExprOp.ROUND);
      case TRUNC -> List.of(ExprOp.FLOOR, ExprOp.CEIL, ExprOp.ROUND);
      case ROUND -> List.of(ExprOp.FLOOR, ExprOp.CEIL, ExprOp.TRUNC);
      case SQRT -> List.of(ExprOp.RSQRT, ExprOp.ABS);
      case RSQRT -> List.of(ExprOp.SQRT, ExprOp.RECIPROCAL);
      case RECIPROCAL -> List.of(ExprOp.NEG, ExprOp.RSQRT);
      case EXP -> List.of(ExprOp.EXPM1, ExprOp.EXP2);
      case EXP2 -> List.of(ExprOp.EXP, ExprOp.EXPM1);
      case EXPM1 -> List.of(ExprOp.EXP, ExprOp.LOG1P);
      case LOG -> List.of(ExprOp.LOG1P, ExprOp.LOG2);
      case LOG2 -> List.of(ExprOp.LOG, ExprOp.LOG10);
      case LOG10 -> List.of(ExprOp.LOG, ExprOp.LOG2);
      case LOG1P -> List.of(ExprOp.LOG, ExprOp.EXPM1);
      case SIN -> List.of(ExprOp.COS, ExprOp.SINH, ExprOp.ASIN);
      case COS -> List.of(ExprOp.SIN, ExprOp.COSH, ExprOp.ACOS);
      case TAN -> List.of(ExprOp.SIN, ExprOp.TANH, ExprOp.ATAN);
      case ASIN -> List.of(ExprOp.ACOS, ExprOp.ASINH, ExprOp.SIN);
      case ACOS -> List.of(ExprOp.ASIN, ExprOp.ACOSH, ExprOp.COS);
      case ATAN -> List.of(ExprOp.ATANH, ExprOp.TAN);
      case SINH -> List.of(ExprOp.COSH, ExprOp.SIN);
      case COSH -> List.of(ExprOp.SINH, ExprOp.COS);
      case TANH -> List.of(ExprOp.TAN, ExprOp.ERF, ExprOp.SIGMOID);
      case ASINH -> List.of(ExprOp.ACOSH, ExprOp.ASIN);
      case ACOSH -> List.of(ExprOp.ASINH, ExprOp.ACOS);
      case ATANH -> List.of(ExprOp.ATAN, ExprOp.TANH);
      case ERF -> List.of(ExprOp.ERFC, ExprOp.TANH);
      case ERFC -> List.of(ExprOp.ERF);
      case ERFINV -> List.of(ExprOp.ERF, ExprOp.ATANH);
      case LGAMMA -> List.of(ExprOp.DIGAMMA, ExprOp.LOG);
      case DIGAMMA -> List.of(ExprOp.LGAMMA, ExprOp.LOG);
      case SIGMOID -> List.of(ExprOp.TANH, ExprOp.LOGSIGMOID);
      case SOFTPLUS -> List.of(ExprOp.LOGSIGMOID, ExprOp.EXP);
      case LOGSIGMOID -> List.of(ExprOp.SOFTPLUS, ExprOp.SIGMOID);
      case ATAN2 -> List.of(ExprOp.HYPOT, ExprOp.DIV);
      case HYPOT -> List.of(ExprOp.ATAN2, ExprOp.ADD);
      case XLOGY -> List.of(ExprOp.MUL, ExprOp.POW);
      case COPYSIGN -> List.of(ExprOp.MUL);
      case EQ -> List.of(ExprOp.NE, ExprOp.LE, ExprOp.GE);
      case NE -> List.of(ExprOp.EQ, ExprOp.LT, ExprOp.GT);
      case LT -> List.of(ExprOp.LE, ExprOp.GT, ExprOp.GE);
      case LE -> List.of(ExprOp.LT, ExprOp.GT, ExprOp.GE);
      case GT -> List.of(ExprOp.GE, ExprOp.LT, ExprOp.LE);
      case GE -> List.of(ExprOp.GT, ExprOp.LT, ExprOp.LE);
      case ISNAN -> List.of(ExprOp.ISINF, ExprOp.ISFINITE);
      case ISINF -> List.of(ExprOp.ISNAN, ExprOp.ISFINITE);
      case ISFINITE -> List.of(ExprOp.ISNAN, ExprOp.ISINF);
      case AND -> List.of(ExprOp.OR, ExprOp.XOR);
      case OR -> List.of(ExprOp.AND, ExprOp.XOR);
      case XOR -> List.of(ExprOp.AND, ExprOp.OR);
      case SHL -> List.of(ExprOp.SHR);
      case SHR -> List.of(ExprOp.SHL);
      case INPUT, SCALAR, LITERAL, INDEX, FMA, POLYGAMMA, NOT, BITS, FROM_BITS, SELECT, CAST ->
          List.of();
    };
  }

  /** An operator on other operands than it was written for. */
  static Expr make(ExprOp op, List<Expr> operands) {
    Expr a = operands.get(0);
    Expr b = operands.get(operands.size() - 1);
    return switch (op) {
      case ADD -> a.add(b);
      case SUB -> a.sub(b);
      case MUL -> a.mul(b);
      case DIV -> a.div(b);
      case FMOD -> a.fmod(b);
      case REMAINDER -> a.remainder(b);
      case POW -> a.pow(b);
      case MIN -> a.min(b);
      case MAX -> a.max(b);
      case FMIN -> a.fmin(b);
      case FMAX -> a.fmax(b);
      case NEG -> a.neg();
      case ABS -> a.abs();
      case SIGN -> a.sign();
      case FLOOR -> a.floor();
      case CEIL -> a.ceil();
      case ROUND -> a.round();
      case TRUNC -> a.trunc();
      case SQRT -> a.sqrt();
      case RSQRT -> a.rsqrt();
      case RECIPROCAL -> a.reciprocal();
      case EXP -> a.exp();
      case EXP2 -> a.exp2();
      case EXPM1 -> a.expm1();
      case LOG -> a.log();
      case LOG2 -> a.log2();
      case LOG10 -> a.log10();
      case LOG1P -> a.log1p();
      case SIN -> a.sin();
      case COS -> a.cos();
      case TAN -> a.tan();
      case ASIN -> a.asin();
      case ACOS -> a.acos();
      case ATAN -> a.atan();
      case SINH -> a.sinh();
      case COSH -> a.cosh();
      case TANH -> a.tanh();
      case ASINH -> a.asinh();
      case ACOSH -> a.acosh();
      case ATANH -> a.atanh();
      case ERF -> a.erf();
      case ERFC -> a.erfc();
      case LGAMMA -> a.lgamma();
      case DIGAMMA -> a.digamma();
      case SIGMOID -> a.sigmoid();
      case SOFTPLUS -> a.softplus();
      case LOGSIGMOID -> a.logsigmoid();
      case ATAN2 -> a.atan2(b);
      case HYPOT -> a.hypot(b);
      case XLOGY -> a.xlogy(b);
      case EQ -> a.eq(b);
      case NE -> a.ne(b);
      case LT -> a.lt(b);
      case LE -> a.le(b);
      case GT -> a.gt(b);
      case GE -> a.ge(b);
      case ISNAN -> a.isnan();
      case ISINF -> a.isinf();
      case ISFINITE -> a.isfinite();
      case AND -> a.and(b);
      case OR -> a.or(b);
      case XOR -> a.xor(b);
      case SHL -> a.shl(b);
      case SHR -> a.shr(b);
      default -> throw new IllegalArgumentException(op + " is no sibling of another operator");
    };
  }
}
