package fluxion.conformance.fuzz.expr;

import fluxion.api.DType;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes formulas of shared parts from bytes. */
final class ExprGenerator {
  private static final DType[] ALL = DType.values();
  private static final DType[] COMPUTE = {
    DType.FLOAT32,
    DType.FLOAT64,
    DType.INT64,
    DType.INT32,
    DType.BOOL,
    DType.INT16,
    DType.INT8,
    DType.UINT8
  };

  /** Those of one operand and of two that every device computes to the same bits. */
  private static final ExprOp[] EXACT_UNARY = {
    ExprOp.NEG,
    ExprOp.ABS,
    ExprOp.SIGN,
    ExprOp.FLOOR,
    ExprOp.CEIL,
    ExprOp.ROUND,
    ExprOp.TRUNC,
    ExprOp.SQRT
  };

  private static final ExprOp[] ELEMENTARY_UNARY = {
    ExprOp.EXP,
    ExprOp.LOG,
    ExprOp.TANH,
    ExprOp.SIGMOID,
    ExprOp.SIN,
    ExprOp.COS,
    ExprOp.ERF,
    ExprOp.RSQRT,
    ExprOp.RECIPROCAL,
    ExprOp.EXPM1,
    ExprOp.LOG1P,
    ExprOp.ATAN,
    ExprOp.SOFTPLUS,
    ExprOp.LOGSIGMOID,
    ExprOp.EXP2,
    ExprOp.LOG2,
    ExprOp.LOG10,
    ExprOp.TAN,
    ExprOp.ASIN,
    ExprOp.ACOS,
    ExprOp.SINH,
    ExprOp.COSH,
    ExprOp.ASINH,
    ExprOp.ACOSH,
    ExprOp.ATANH,
    ExprOp.ERFC,
    ExprOp.ERFINV,
    ExprOp.LGAMMA,
    ExprOp.DIGAMMA
  };

  private static final Set<ExprOp> FLOAT_ONLY =
      EnumSet.of(ExprOp.FLOOR, ExprOp.CEIL, ExprOp.ROUND, ExprOp.TRUNC, ExprOp.SQRT);

  private final ByteSource source;
  private final boolean elementary;
  private final List<Expr> pool = new ArrayList<>();

  private ExprGenerator(ByteSource source, boolean elementary) {
    this.source = source;
    this.elementary = elementary;
  }

  /**
   * A kernel of several dtypes and outputs.
   *
   * @param source what decides
   * @param elementary whether elementary functions may occur
   * @param dims how many dimensions have indices that it may read
   */
  static Kernel kernel(ByteSource source, boolean elementary, int dims) {
    ExprGenerator generator = new ExprGenerator(source, elementary);
    int inputs = 1 + source.below(4);
    for (int i = 0; i < inputs; i++) {
      DType type = source.below(2) == 0 ? DType.FLOAT32 : ALL[source.below(ALL.length)];
      generator.pool.add(Expr.input(i, type));
    }
    if (dims > 0 && source.below(4) == 3) {
      generator.pool.add(Expr.index(source.below(dims)));
    }
    int operations = 1 + source.below(40);
    for (int i = 0; i < operations; i++) {
      generator.pool.add(generator.operation());
    }
    List<Expr> outputs = new ArrayList<>();
    // the first input is read in any case, so that a tensor says where the kernel runs
    outputs.add(generator.pool.getFirst());
    int count = 1 + source.below(3);
    for (int i = 0; i < count; i++) {
      int back = source.below(Math.min(4, generator.pool.size()));
      Expr output = generator.pool.get(generator.pool.size() - 1 - back);
      outputs.add(source.below(4) == 3 ? output.cast(ALL[source.below(ALL.length)]) : output);
    }
    return Kernel.of(outputs);
  }

  /**
   * A formula over float64 that can mostly be differentiated.
   *
   * @param source what decides
   * @param inputs how many inputs it has
   */
  static Expr smooth(ByteSource source, int inputs) {
    ExprGenerator generator = new ExprGenerator(source, true);
    for (int i = 0; i < inputs; i++) {
      generator.pool.add(Expr.input(i, DType.FLOAT64));
    }
    int operations = 1 + source.below(12);
    for (int i = 0; i < operations; i++) {
      generator.pool.add(
          source.below(8) == 7
              ? Expr.select(
                  generator.comparison(DType.FLOAT64),
                  generator.of(DType.FLOAT64),
                  generator.of(DType.FLOAT64))
              : generator.floating(DType.FLOAT64));
    }
    return generator.pool.getLast();
  }

  private DType compute() {
    return source.below(3) > 0 ? DType.FLOAT32 : COMPUTE[source.below(COMPUTE.length)];
  }

  private Expr operation() {
    DType type = compute();
    return switch (source.below(10)) {
      case 0 -> any().cast(ALL[source.below(ALL.length)]);
      case 1 -> comparison(type);
      case 2 -> Expr.select(comparison(compute()), of(type), of(type));
      case 3 -> bits();
      default ->
          type == DType.BOOL
              ? logic(type)
              : type.isFloatingPoint() ? floating(type) : integral(type);
    };
  }

  private Expr any() {
    int size = pool.size();
    int back = source.below(Math.min(size, 256));
    return pool.get(size - 1 - (source.below(2) == 0 ? back : back % Math.min(4, size)));
  }

  /** Something of a dtype, cast if need be, or a constant. */
  private Expr of(DType type) {
    if (source.below(8) == 7) {
      return literal(type);
    }
    Expr any = any();
    return any.type() == type ? any : any.cast(type);
  }

  private Expr literal(DType type) {
    if (type.isFloatingPoint()) {
      double[] values = {0, 1, -1, 0.5, 2, -0.0, 3.25, 1e-40, 1e30, Double.NaN, 1 / 0.0, 100.7};
      // a formula to be differentiated has plain constants only
      int most = type == DType.FLOAT64 && elementary ? 5 : values.length;
      return Expr.literal(type, values[source.below(most)]);
    }
    return Expr.literal(type, source.below(16) - 5L);
  }

  private Expr comparison(DType type) {
    Expr a = of(type);
    if (type.isFloatingPoint() && source.below(4) == 3) {
      return switch (source.below(3)) {
        case 0 -> a.isnan();
        case 1 -> a.isinf();
        default -> a.isfinite();
      };
    }
    Expr b = of(type);
    return switch (source.below(6)) {
      case 0 -> a.eq(b);
      case 1 -> a.ne(b);
      case 2 -> a.lt(b);
      case 3 -> a.le(b);
      case 4 -> a.gt(b);
      default -> a.ge(b);
    };
  }

  private Expr logic(DType type) {
    Expr a = of(type);
    return switch (source.below(4)) {
      case 0 -> a.and(of(type));
      case 1 -> a.or(of(type));
      case 2 -> a.xor(of(type));
      default -> a.not();
    };
  }

  private Expr bits() {
    if (source.below(2) == 0) {
      return of(source.below(2) == 0 ? DType.INT32 : DType.INT64).fromBits();
    }
    Expr a = of(source.below(2) == 0 ? DType.FLOAT32 : DType.FLOAT64);
    // the bits of a NaN are left open, so only numbers show theirs
    return Expr.select(a.eq(a), a, Expr.literal(a.type(), 0)).bits();
  }

  private Expr integral(DType type) {
    Expr a = of(type);
    return switch (source.below(17)) {
      case 0 -> a.add(of(type));
      case 1 -> a.sub(of(type));
      case 2 -> a.mul(of(type));
      case 3 -> a.div(of(type));
      case 4 -> a.fmod(of(type));
      case 5 -> a.remainder(of(type));
      case 6 -> a.pow(of(type));
      case 7 -> a.min(of(type));
      case 8 -> a.max(of(type));
      case 9 -> a.neg();
      case 10 -> a.abs();
      case 11 -> a.sign();
      case 12 -> a.and(of(type));
      case 13 -> a.xor(of(type));
      case 14 -> a.not();
      case 15 -> a.shl(of(type));
      default -> a.shr(of(type));
    };
  }

  private Expr floating(DType type) {
    Expr a = of(type);
    return switch (source.below(20)) {
      case 0, 1, 2 -> a.add(of(type));
      case 3, 4 -> a.sub(of(type));
      case 5, 6, 7 -> a.mul(of(type));
      case 8 -> a.div(of(type));
      case 9 -> a.min(of(type));
      case 10 -> a.max(of(type));
      case 11 -> source.below(2) == 0 ? a.fmin(of(type)) : a.fmax(of(type));
      case 12 -> a.fma(of(type), of(type));
      case 13 -> source.below(2) == 0 ? a.copysign(of(type)) : a.fmod(of(type));
      case 14, 15 -> unary(a, EXACT_UNARY);
      case 16 -> elementary ? functionOfTwo(a, of(type)) : a.neg();
      default -> unary(a, elementary ? ELEMENTARY_UNARY : EXACT_UNARY);
    };
  }

  private Expr functionOfTwo(Expr a, Expr b) {
    return switch (source.below(6)) {
      case 0 -> a.pow(b);
      case 1 -> a.atan2(b);
      case 2 -> a.hypot(b);
      case 3 -> a.xlogy(b);
      case 4 -> a.remainder(b);
      default -> a.polygamma(1 + source.below(2));
    };
  }

  private Expr unary(Expr a, ExprOp[] choices) {
    ExprOp op = choices[source.below(choices.length)];
    if (FLOAT_ONLY.contains(op) && !a.type().isFloatingPoint()) {
      return a;
    }
    return switch (op) {
      case NEG -> a.neg();
      case ABS -> a.abs();
      case SIGN -> a.sign();
      case FLOOR -> a.floor();
      case CEIL -> a.ceil();
      case ROUND -> a.round();
      case TRUNC -> a.trunc();
      case SQRT -> a.sqrt();
      case EXP -> a.exp();
      case LOG -> a.log();
      case TANH -> a.tanh();
      case SIGMOID -> a.sigmoid();
      case SIN -> a.sin();
      case COS -> a.cos();
      case ERF -> a.erf();
      case RSQRT -> a.rsqrt();
      case RECIPROCAL -> a.reciprocal();
      case EXPM1 -> a.expm1();
      case LOG1P -> a.log1p();
      case ATAN -> a.atan();
      case SOFTPLUS -> a.softplus();
      case LOGSIGMOID -> a.logsigmoid();
      case EXP2 -> a.exp2();
      case LOG2 -> a.log2();
      case LOG10 -> a.log10();
      case TAN -> a.tan();
      case ASIN -> a.asin();
      case ACOS -> a.acos();
      case SINH -> a.sinh();
      case COSH -> a.cosh();
      case ASINH -> a.asinh();
      case ACOSH -> a.acosh();
      case ATANH -> a.atanh();
      case ERFC -> a.erfc();
      case ERFINV -> a.erfinv();
      case LGAMMA -> a.lgamma();
      default -> a.digamma();
    };
  }
}
