package fluxion.conformance.fuzz.expr;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.Finding;
import fluxion.conformance.fuzz.FuzzTarget;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Random formulas: their symbolic derivatives against finite differences.
 *
 * <p>Differences say something only where they settle as the step shrinks, where those to the left
 * and to the right agree, and where nothing that is rounded or compared comes out otherwise nearby:
 * at kinks, jumps and poles nothing is decided.
 */
public final class DerivativeTarget implements FuzzTarget {
  private static final double[] STEPS = {1e-3, 5e-4, 2.5e-4, 1.25e-4};
  private static final double SETTLED = 1e-4;
  private static final double ALLOWED = 1e-2;
  private static final double LARGEST = 1e6;

  /** Makes the target. */
  public DerivativeTarget() {}

  @Override
  public String name() {
    return "derivatives";
  }

  @Override
  public String covers() {
    return "symbolic derivatives of random formulas against finite differences";
  }

  @Override
  public void run(ByteSource source) {
    double[] point = new double[1 + source.below(3)];
    for (int i = 0; i < point.length; i++) {
      // away from 0, 1 and 2, where formulas have their kinks
      point[i] = (source.next() - 127.4321) / 40;
    }
    Expr formula = ExprGenerator.smooth(source, point.length);
    for (int input = 0; input < point.length; input++) {
      check(formula, input, point);
    }
  }

  private static void check(Expr formula, int input, double[] point) {
    Expr derivative = formula.gradient(input, Expr.literal(DType.FLOAT64, 1));
    Double expected = isPlain(formula, point) ? slope(formula, input, point) : null;
    if (expected == null) {
      return;
    }
    double found = derivative == null ? 0 : value(derivative, point);
    if (!Double.isFinite(found) && meetsPole(formula, point)) {
      return;
    }
    double allowed = ALLOWED * (1 + Math.abs(expected));
    if (!(Math.abs(found - expected) <= allowed)) {
      throw new Finding(
          "the derivative of\n%s\nwith respect to x%d at %s is %s by the formula\n%s\nand %s by differences"
              .formatted(
                  formula,
                  input,
                  Arrays.toString(point),
                  found,
                  derivative == null ? "none: zero by structure" : derivative.toString(),
                  expected),
          "");
    }
  }

  /** Whether every part of a formula is a number that is neither infinite nor NaN. */
  private static boolean isPlain(Expr formula, double[] point) {
    return parts(formula, point, 0).stream().allMatch(part -> Double.isFinite(part.toDouble()));
  }

  /**
   * Whether a part of a formula is 0, 1 or −1: there the slopes of roots, logarithms and inverse
   * functions are infinite, and in a part that does not change they come to nothing.
   */
  private static boolean meetsPole(Expr formula, double[] point) {
    return parts(formula, point, 1).stream()
        .mapToDouble(part -> Math.abs(part.toDouble()))
        .anyMatch(size -> size == 0 || size == 1);
  }

  /** The values of all parts that have so many operands at least, and of the whole. */
  private static List<Scalar> parts(Expr formula, double[] point, int operands) {
    Expr[] parts =
        Kernel.of(formula).nodes().stream()
            .filter(
                node ->
                    node.type() == DType.FLOAT64 && (node.arity() >= operands || node == formula))
            .toArray(Expr[]::new);
    return Kernel.of(parts).evaluate(scalars(point));
  }

  /** The slope by differences, or null if they do not settle. */
  static @Nullable Double slope(Expr formula, int input, double[] point) {
    List<Double> branch = branch(formula, point);
    if (!branch.equals(branch(formula, moved(point, input, -STEPS[0])))
        || !branch.equals(branch(formula, moved(point, input, STEPS[0])))) {
      return null;
    }
    double here = value(formula, point);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double last = 0;
    for (double step : STEPS) {
      double ahead = value(formula, moved(point, input, step));
      double behind = value(formula, moved(point, input, -step));
      if (!(Math.abs(ahead) < LARGEST) || !(Math.abs(behind) < LARGEST)) {
        return null;
      }
      last = (ahead - behind) / (2 * step);
      double bend = Math.abs((ahead - here) - (here - behind)) / step;
      if (!(bend <= 0.1 * (1 + Math.abs(last)))) {
        return null;
      }
      least = Math.min(least, last);
      most = Math.max(most, last);
    }
    return most - least <= SETTLED * (1 + Math.abs(last)) ? last : null;
  }

  /**
   * What decides which smooth piece of a formula a point lies on: the outcomes of comparisons,
   * which operand is the lesser, signs, and the integers that parts are rounded to, quotients of
   * remainders included. A remainder by next to nothing jumps so often, and so little, that
   * differences do not see it; kinks that cancel each other do not show either.
   */
  private static List<Double> branch(Expr formula, double[] point) {
    Expr[] parts =
        Kernel.of(formula).nodes().stream()
            .flatMap(DerivativeTarget::decision)
            .map(part -> part.cast(DType.FLOAT64))
            .toArray(Expr[]::new);
    return parts.length == 0
        ? List.of()
        : Kernel.of(parts).evaluate(scalars(point)).stream().map(Scalar::toDouble).toList();
  }

  private static Stream<Expr> decision(Expr node) {
    return switch (node.op()) {
      case FLOOR, CEIL, ROUND, TRUNC, SIGN -> Stream.of(node);
      case REMAINDER, FMOD -> Stream.of(node.operand(0).div(node.operand(1)).floor());
      case MIN, MAX, FMIN, FMAX ->
          Stream.of(node.operand(0).lt(node.operand(1)), node.operand(0).gt(node.operand(1)));
      case ABS -> Stream.of(node.operand(0).sign());
      case COPYSIGN -> Stream.of(node.operand(1).sign());
      default -> node.type() == DType.BOOL ? Stream.of(node) : Stream.empty();
    };
  }

  private static double[] moved(double[] point, int input, double step) {
    double[] moved = point.clone();
    moved[input] += step;
    return moved;
  }

  private static double value(Expr formula, double[] point) {
    return Kernel.of(formula).evaluate(scalars(point)).getFirst().toDouble();
  }

  private static Scalar[] scalars(double[] point) {
    Scalar[] scalars = new Scalar[point.length];
    Arrays.setAll(scalars, i -> Scalar.of(point[i]));
    return scalars;
  }
}
