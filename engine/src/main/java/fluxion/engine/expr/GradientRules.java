package fluxion.engine.expr;

import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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

  private static final Map<ExprOp, @Nullable Rule[]> TABLE = new EnumMap<>(ExprOp.class);

  static {
    binary(ExprOp.ADD, (g, a, b, y) -> g, (g, a, b, y) -> g);
    binary(ExprOp.SUB, (g, a, b, y) -> g, (g, a, b, y) -> g.neg());
    binary(ExprOp.MUL, (g, a, b, y) -> g.mul(b), (g, a, b, y) -> g.mul(a));
    binary(ExprOp.DIV, (g, a, b, y) -> g.div(b), (g, a, b, y) -> g.neg().mul(y.div(b)));
    binary(ExprOp.FMOD, (g, a, b, y) -> g, (g, a, b, y) -> g.neg().mul(a.div(b).trunc()));
    binary(
        ExprOp.REMAINDER, (g, a, b, y) -> g, (g, a, b, y) -> g.neg().mul(floorQuotient(a, b, y)));
    binary(
        ExprOp.POW,
        (g, a, b, y) -> unless(b.eq(0), g.mul(b.mul(a.pow(b.sub(1))))),
        (g, a, b, y) -> unless(a.eq(0).and(b.ge(0)), g.mul(y.mul(a.log()))));
    binary(
        ExprOp.MIN,
        (g, a, b, y) -> Expr.select(a.eq(b), g.mul(0.5), unless(a.gt(b), g)),
        (g, a, b, y) -> Expr.select(a.eq(b), g.mul(0.5), unless(b.gt(a), g)));
    binary(
        ExprOp.MAX,
        (g, a, b, y) -> Expr.select(a.eq(b), g.mul(0.5), unless(a.lt(b), g)),
        (g, a, b, y) -> Expr.select(a.eq(b), g.mul(0.5), unless(b.lt(a), g)));
    binary(
        ExprOp.FMIN,
        (g, a, b, y) -> Expr.select(a.le(b).or(b.isnan()), g, zero(g)),
        (g, a, b, y) -> unless(a.le(b).or(b.isnan()), g));
    binary(
        ExprOp.FMAX,
        (g, a, b, y) -> Expr.select(a.ge(b).or(b.isnan()), g, zero(g)),
        (g, a, b, y) -> unless(a.ge(b).or(b.isnan()), g));
    unary(ExprOp.NEG, (g, a, y) -> g.neg());
    unary(ExprOp.ABS, (g, a, y) -> g.mul(a.sign()));
    TABLE.put(
        ExprOp.FMA,
        new Rule[] {
          (n, g) -> g.mul(n.operand(1)), (n, g) -> g.mul(n.operand(0)), (n, g) -> g,
        });

    unary(ExprOp.SQRT, (g, a, y) -> g.div(y.mul(2)));
    unary(ExprOp.RSQRT, (g, a, y) -> g.mul(-0.5).mul(y.mul(y).mul(y)));
    unary(ExprOp.RECIPROCAL, (g, a, y) -> g.neg().mul(y.mul(y)));
    unary(ExprOp.EXP, (g, a, y) -> g.mul(y));
    unary(ExprOp.EXP2, (g, a, y) -> g.mul(y).mul(LN_2));
    unary(ExprOp.EXPM1, (g, a, y) -> g.mul(y.add(1)));
    unary(ExprOp.LOG, (g, a, y) -> g.div(a));
    unary(ExprOp.LOG2, (g, a, y) -> g.div(a.mul(LN_2)));
    unary(ExprOp.LOG10, (g, a, y) -> g.div(a.mul(LN_10)));
    unary(ExprOp.LOG1P, (g, a, y) -> g.div(a.add(1)));
    unary(ExprOp.SIN, (g, a, y) -> g.mul(a.cos()));
    unary(ExprOp.COS, (g, a, y) -> g.mul(a.sin().neg()));
    unary(ExprOp.TAN, (g, a, y) -> g.mul(y.mul(y).add(1)));
    // (1 - a)(1 + a), not 1 - a², which cancels near 1.
    unary(ExprOp.ASIN, (g, a, y) -> g.mul(oneMinusSquare(a).rsqrt()));
    unary(ExprOp.ACOS, (g, a, y) -> g.neg().mul(oneMinusSquare(a).rsqrt()));
    unary(ExprOp.ATAN, (g, a, y) -> g.div(a.mul(a).add(1)));
    unary(ExprOp.SINH, (g, a, y) -> g.mul(a.cosh()));
    unary(ExprOp.COSH, (g, a, y) -> g.mul(a.sinh()));
    unary(ExprOp.TANH, (g, a, y) -> g.mul(one(y).sub(y.mul(y))));
    unary(ExprOp.ASINH, (g, a, y) -> g.mul(a.mul(a).add(1).rsqrt()));
    unary(ExprOp.ACOSH, (g, a, y) -> g.mul(a.sub(1).mul(a.add(1)).rsqrt()));
    unary(ExprOp.ATANH, (g, a, y) -> g.div(oneMinusSquare(a)));
    unary(ExprOp.ERF, (g, a, y) -> g.mul(2 / SQRT_PI).mul(a.mul(a).neg().exp()));
    unary(ExprOp.ERFC, (g, a, y) -> g.mul(-2 / SQRT_PI).mul(a.mul(a).neg().exp()));
    unary(ExprOp.ERFINV, (g, a, y) -> g.mul(SQRT_PI / 2).mul(y.mul(y).exp()));
    unary(ExprOp.LGAMMA, (g, a, y) -> g.mul(a.digamma()));
    unary(ExprOp.DIGAMMA, (g, a, y) -> g.mul(a.polygamma(1)));
    unary(ExprOp.POLYGAMMA, (g, a, y) -> g.mul(a.polygamma(y.number() + 1)));
    unary(ExprOp.SIGMOID, (g, a, y) -> g.mul(one(y).sub(y)).mul(y));
    unary(ExprOp.SOFTPLUS, (g, a, y) -> g.mul(a.sigmoid()));
    unary(ExprOp.LOGSIGMOID, (g, a, y) -> g.mul(a.neg().sigmoid()));
    binary(
        ExprOp.ATAN2,
        (g, a, b, y) -> g.mul(b).mul(a.mul(a).add(b.mul(b)).reciprocal()),
        (g, a, b, y) -> g.mul(a.neg()).mul(a.mul(a).add(b.mul(b)).reciprocal()));
    binary(
        ExprOp.XLOGY,
        (g, a, b, y) -> unless(a.eq(0).and(b.le(0)), g.xlogy(b)),
        (g, a, b, y) -> g.mul(a).div(b));
    binary(ExprOp.HYPOT, (g, a, b, y) -> g.mul(a.div(y)), (g, a, b, y) -> g.mul(b.div(y)));
    binary(ExprOp.COPYSIGN, (g, a, b, y) -> unless(a.eq(0), g.mul(y.div(a))), null);

    // Select is Gradient's own; the entry says only that there is a derivative by the branches.
    TABLE.put(ExprOp.SELECT, new @Nullable Rule[] {null, (n, g) -> g, (n, g) -> g});
    unary(ExprOp.CAST, (g, a, y) -> g.cast(a.type().computeType()));
  }

  private GradientRules() {}

  /** Returns whether the derivative by an operand may differ from zero. */
  static boolean exists(ExprOp op, int operand) {
    @Nullable Rule[] rules = TABLE.get(op);
    return rules != null && rules[operand] != null;
  }

  /** Returns the contribution of a node's cotangent to an operand that has a rule. */
  static Expr apply(Expr node, int operand, Expr g) {
    @Nullable Rule[] rules = Objects.requireNonNull(TABLE.get(node.op()));
    return Objects.requireNonNull(rules[operand]).apply(node, g);
  }

  private static void unary(ExprOp op, Unary rule) {
    TABLE.put(op, new Rule[] {(n, g) -> rule.apply(g, n.operand(0), n)});
  }

  private static void binary(ExprOp op, Binary first, @Nullable Binary second) {
    TABLE.put(op, new @Nullable Rule[] {rule(first), second == null ? null : rule(second)});
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
