package fluxion.engine.expr;

import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The derivative of every operation, PyTorch's conventions included.
 *
 * <p>A rule maps the node and its cotangent g to the contribution to one operand. {@code a}, {@code
 * b}, {@code c} are the operands and {@code y} is the node itself, its output. An operation without
 * a rule for an operand has derivative zero there.
 */
final class GradientRules {
  private static final double LN_2 = 0.6931471805599453;
  private static final double LN_10 = 2.302585092994046;
  private static final double SQRT_PI = 1.772453850905516;

  @FunctionalInterface
  private interface Unary {
    Expr apply(Expr g, Expr a, Expr y);
  }

  @FunctionalInterface
  private interface Binary {
    Expr apply(Expr g, Expr a, Expr b, Expr y);
  }

  @FunctionalInterface
  private interface Rule {
    Expr apply(Expr node, Expr g);
  }

  private static final @Nullable Rule[] NONE = {null, null, null};

  /** The rules that were asked for so far: each lambda is a class, made when it is come upon. */
  private static final Map<ExprOp, @Nullable Rule[]> KNOWN = new ConcurrentHashMap<>();

  private GradientRules() {}

  private static @Nullable Rule[] rules(ExprOp op) {
    @Nullable Rule[] known = KNOWN.get(op);
    if (known == null) {
      known = make(op);
      KNOWN.put(op, known);
    }
    return known;
  }

  /** The rules of an operation, one an operand. */
  private static @Nullable Rule[] make(ExprOp op) {
    return switch (op) {
      case ADD -> binary((g, a, b, y) -> g, (g, a, b, y) -> g);
      case SUB -> binary((g, a, b, y) -> g, (g, a, b, y) -> g.neg());
      case MUL -> binary((g, a, b, y) -> g.mul(b), (g, a, b, y) -> g.mul(a));
      case DIV -> binary((g, a, b, y) -> g.div(b), (g, a, b, y) -> g.neg().mul(y.div(b)));
      case FMOD -> binary((g, a, b, y) -> g, (g, a, b, y) -> g.neg().mul(a.div(b).trunc()));
      case REMAINDER ->
          binary((g, a, b, y) -> g, (g, a, b, y) -> g.neg().mul(floorQuotient(a, b, y)));
      case POW ->
          binary(
              (g, a, b, y) -> unless(b.eq(0), g.mul(b.mul(a.pow(b.sub(1))))),
              (g, a, b, y) -> unless(a.eq(0).and(b.ge(0)), g.mul(y.mul(a.log()))));
      case MIN ->
          binary(
              (g, a, b, y) -> Expr.select(a.eq(b), g.mul(0.5), unless(a.gt(b), g)),
              (g, a, b, y) -> Expr.select(a.eq(b), g.mul(0.5), unless(b.gt(a), g)));
      case MAX ->
          binary(
              (g, a, b, y) -> Expr.select(a.eq(b), g.mul(0.5), unless(a.lt(b), g)),
              (g, a, b, y) -> Expr.select(a.eq(b), g.mul(0.5), unless(b.lt(a), g)));
      case FMIN ->
          binary(
              (g, a, b, y) -> Expr.select(a.le(b).or(b.isnan()), g, zero(g)),
              (g, a, b, y) -> unless(a.le(b).or(b.isnan()), g));
      case FMAX ->
          binary(
              (g, a, b, y) -> Expr.select(a.ge(b).or(b.isnan()), g, zero(g)),
              (g, a, b, y) -> unless(a.ge(b).or(b.isnan()), g));
      case NEG -> unary((g, a, y) -> g.neg());
      case ABS -> unary((g, a, y) -> g.mul(a.sign()));
      case FMA ->
          new Rule[] {
            (n, g) -> g.mul(n.operand(1)), (n, g) -> g.mul(n.operand(0)), (n, g) -> g,
          };

      case SQRT -> unary((g, a, y) -> g.div(y.mul(2)));
      case RSQRT -> unary((g, a, y) -> g.mul(-0.5).mul(y.mul(y).mul(y)));
      case RECIPROCAL -> unary((g, a, y) -> g.neg().mul(y.mul(y)));
      case EXP -> unary((g, a, y) -> g.mul(y));
      case EXP2 -> unary((g, a, y) -> g.mul(y).mul(LN_2));
      case EXPM1 -> unary((g, a, y) -> g.mul(y.add(1)));
      case LOG -> unary((g, a, y) -> g.div(a));
      case LOG2 -> unary((g, a, y) -> g.div(a.mul(LN_2)));
      case LOG10 -> unary((g, a, y) -> g.div(a.mul(LN_10)));
      case LOG1P -> unary((g, a, y) -> g.div(a.add(1)));
      case SIN -> unary((g, a, y) -> g.mul(a.cos()));
      case COS -> unary((g, a, y) -> g.mul(a.sin().neg()));
      case TAN -> unary((g, a, y) -> g.mul(y.mul(y).add(1)));
      // (1 - a)(1 + a), not 1 - a², which cancels near 1.
      case ASIN -> unary((g, a, y) -> g.mul(oneMinusSquare(a).rsqrt()));
      case ACOS -> unary((g, a, y) -> g.neg().mul(oneMinusSquare(a).rsqrt()));
      case ATAN -> unary((g, a, y) -> g.div(a.mul(a).add(1)));
      case SINH -> unary((g, a, y) -> g.mul(a.cosh()));
      case COSH -> unary((g, a, y) -> g.mul(a.sinh()));
      case TANH -> unary((g, a, y) -> g.mul(one(y).sub(y.mul(y))));
      case ASINH -> unary((g, a, y) -> g.mul(a.mul(a).add(1).rsqrt()));
      case ACOSH -> unary((g, a, y) -> g.mul(a.sub(1).mul(a.add(1)).rsqrt()));
      case ATANH -> unary((g, a, y) -> g.div(oneMinusSquare(a)));
      case ERF -> unary((g, a, y) -> g.mul(2 / SQRT_PI).mul(a.mul(a).neg().exp()));
      case ERFC -> unary((g, a, y) -> g.mul(-2 / SQRT_PI).mul(a.mul(a).neg().exp()));
      case ERFINV -> unary((g, a, y) -> g.mul(SQRT_PI / 2).mul(y.mul(y).exp()));
      case LGAMMA -> unary((g, a, y) -> g.mul(a.digamma()));
      case DIGAMMA -> unary((g, a, y) -> g.mul(a.polygamma(1)));
      case POLYGAMMA -> unary((g, a, y) -> g.mul(a.polygamma(y.number() + 1)));
      case SIGMOID -> unary((g, a, y) -> g.mul(one(y).sub(y)).mul(y));
      case SOFTPLUS -> unary((g, a, y) -> g.mul(a.sigmoid()));
      case LOGSIGMOID -> unary((g, a, y) -> g.mul(a.neg().sigmoid()));
      case ATAN2 ->
          binary(
              (g, a, b, y) -> g.mul(b).mul(a.mul(a).add(b.mul(b)).reciprocal()),
              (g, a, b, y) -> g.mul(a.neg()).mul(a.mul(a).add(b.mul(b)).reciprocal()));
      case XLOGY ->
          binary(
              (g, a, b, y) -> unless(a.eq(0).and(b.le(0)), g.xlogy(b)),
              (g, a, b, y) -> g.mul(a).div(b));
      case HYPOT -> binary((g, a, b, y) -> g.mul(a.div(y)), (g, a, b, y) -> g.mul(b.div(y)));
      case COPYSIGN -> binary((g, a, b, y) -> unless(a.eq(0), g.mul(y.div(a))), null);

      // Select is Gradient's own; the entry says only that there is a derivative by the branches.
      case SELECT -> new @Nullable Rule[] {null, (n, g) -> g, (n, g) -> g};
      case CAST -> unary((g, a, y) -> g.cast(a.type().computeType()));

      default -> NONE;
    };
  }

  /** Returns whether the derivative by an operand may differ from zero. */
  static boolean exists(ExprOp op, int operand) {
    return rules(op)[operand] != null;
  }

  /** Returns the contribution of a node's cotangent to an operand that has a rule. */
  static Expr apply(Expr node, int operand, Expr g) {
    return Objects.requireNonNull(rules(node.op())[operand]).apply(node, g);
  }

  private static Rule[] unary(Unary rule) {
    return new Rule[] {(n, g) -> rule.apply(g, n.operand(0), n)};
  }

  private static @Nullable Rule[] binary(Binary first, @Nullable Binary second) {
    return new @Nullable Rule[] {rule(first), second == null ? null : rule(second)};
  }

  private static Rule rule(Binary rule) {
    return (n, g) -> rule.apply(g, n.operand(0), n.operand(1), n);
  }

  private static Expr unless(Expr condition, Expr g) {
    return Expr.select(condition, zero(g), g);
  }

  private static Expr zero(Expr like) {
    return Expr.literal(like.type(), 0);
  }

  private static Expr one(Expr like) {
    return Expr.literal(like.type(), 1);
  }

  /**
   * The floored quotient as PyTorch's {@code floor_divide} finds it, given the remainder; {@code
   * floor(a / b)} may be one too large. It is flat, and so is {@code round}, also where b is 0.
   */
  private static Expr floorQuotient(Expr a, Expr b, Expr remainder) {
    Expr cut = a.fmod(b);
    Expr quotient = Expr.select(b.eq(0), a.div(b), a.sub(cut).div(b)).round();
    return Expr.select(remainder.eq(cut), quotient, quotient.sub(1));
  }

  private static Expr oneMinusSquare(Expr a) {
    return one(a).sub(a).mul(a.add(1));
  }
}
