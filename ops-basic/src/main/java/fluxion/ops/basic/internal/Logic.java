package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.BOOL_RESULT;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Operator.Sample;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.engine.spi.PointwiseFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Truth values and bits, a line each. */
final class Logic {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("isnan")) {
        t.add(predicate("isnan", Expr::isnan, false));
      }
      if (t.has("isinf")) {
        t.add(predicate("isinf", Expr::isinf, false));
      }
      if (t.has("isfinite")) {
        t.add(predicate("isfinite", Expr::isfinite, true));
      }
      if (t.has("isposinf")) {
        t.add(predicate("isposinf", x -> x.eq(Double.POSITIVE_INFINITY), false));
      }
      if (t.has("isneginf")) {
        t.add(predicate("isneginf", x -> x.eq(Double.NEGATIVE_INFINITY), false));
      }
      if (t.has("signbit")) {
        t.add(logical("signbit", Logic::signbit));
      }
      if (t.hasBoth("logical_not")) {
        t.add(logicalBoth("logical_not", x -> truth(x).not()));
      }
      if (t.hasBoth("logical_and")) {
        t.add(logical("logical_and", (x, y) -> truth(x).and(truth(y))));
      }
      if (t.hasBoth("logical_or")) {
        t.add(logical("logical_or", (x, y) -> truth(x).or(truth(y))));
      }
      if (t.hasBoth("logical_xor")) {
        t.add(logical("logical_xor", (x, y) -> truth(x).xor(truth(y))));
      }
      if (t.hasBoth("bitwise_not")) {
        t.add(bitwise("bitwise_not", Expr::not));
      }
      if (t.hasBoth("bitwise_and")) {
        t.add(bitwise("bitwise_and", Expr::and));
      }
      if (t.hasBoth("bitwise_or")) {
        t.add(bitwise("bitwise_or", Expr::or));
      }
      if (t.hasBoth("bitwise_xor")) {
        t.add(bitwise("bitwise_xor", Expr::xor));
      }
      if (t.hasBoth("bitwise_left_shift")) {
        t.add(shift("bitwise_left_shift", "lshift_cpu", Expr::shl));
      }
      if (t.hasBoth("bitwise_right_shift")) {
        t.add(shift("bitwise_right_shift", "rshift_cpu", Expr::shr));
      }
    }
  }

  private Logic() {}

  private static Expr truth(Expr x) {
    return x.type() == DType.BOOL ? x : x.ne(0L);
  }

  /** A question to floats, which for every integer has the same answer. */
  private static Operator predicate(String name, UnaryOperator<Expr> formula, boolean ofIntegers) {
    PointwiseFunction function =
        PointwiseFunction.unary(
            name,
            BOOL_RESULT,
            x -> x.type().isFloatingPoint() ? formula.apply(x) : Expr.literal(ofIntegers));
    return Operator.unary(function).samples(s -> Samples.unary(s, -2, 2)).notDifferentiable();
  }

  private static Operator logical(String name, UnaryOperator<Expr> formula) {
    return Operator.unary(PointwiseFunction.unary(name, BOOL_RESULT, formula))
        .samples(s -> Samples.unary(s, -2, 2))
        .notDifferentiable();
  }

  private static List<Operator> logicalBoth(String name, UnaryOperator<Expr> formula) {
    return List.of(
        logical(name, formula),
        Operator.unaryInPlace(PointwiseFunction.unary(name, BOOL_RESULT, formula)).flat());
  }

  private static List<Operator> logical(String name, BinaryOperator<Expr> formula) {
    PointwiseFunction function = PointwiseFunction.binary(name, BOOL_RESULT, formula);
    return List.of(
        Operator.binary(function).samples(s -> Samples.binary(s, -2, 2, -2, 2)).notDifferentiable(),
        Operator.binaryInPlace(function).flat());
  }

  /** Whether the sign bit is set, as that of −0 is. */
  private static Expr signbit(Expr x) {
    if (x.type().isFloatingPoint()) {
      return x.bits().lt(0L);
    }
    return x.type() == DType.BOOL ? Expr.literal(false) : x.lt(0L);
  }

  private static List<Operator> bitwise(String name, UnaryOperator<Expr> formula) {
    PointwiseFunction function =
        PointwiseFunction.unary(name, PROMOTE, formula).checking(Refusals.ofFloats(name + "_cpu"));
    return List.of(
        Operator.unary(function)
            .samples(s -> List.of(sample(s.integers(9, 2, 3)), sample(s.integers(9))))
            .notDifferentiable(),
        Operator.unaryInPlace(function)
            .samples(s -> List.of(sample(s.integers(9, 2, 3))))
            .notDifferentiable());
  }

  private static List<Operator> bitwise(String name, BinaryOperator<Expr> formula) {
    return bitwise(
        PointwiseFunction.binary(name, PROMOTE, formula)
            .checking(Refusals.ofFloats(name + "_cpu")));
  }

  private static List<Operator> shift(String name, String kernel, BinaryOperator<Expr> formula) {
    return bitwise(
        PointwiseFunction.binary(name, PROMOTE, formula)
            .checking(Refusals.ofFloats(kernel).andThen(Refusals.ofBool(kernel))));
  }

  private static List<Operator> bitwise(PointwiseFunction function) {
    return List.of(
        Operator.binary(function)
            .overload("(Scalar self, Tensor other)", Call.ScalarBinary.class, function::callScalar)
            .samples(Logic::integersAndNumber)
            .notDifferentiable(),
        Operator.binaryInPlace(function).samples(Logic::integers).notDifferentiable());
  }

  private static List<Sample> integersAndNumber(SampleSource s) {
    List<Sample> all = new ArrayList<>(integers(s));
    all.add(sample(6, s.integers(9, 2, 3)));
    return all;
  }

  private static List<Sample> integers(SampleSource s) {
    Tensor row = s.integers(9, 3);
    return List.of(
        sample(s.integers(9, 2, 3), s.integers(9, 2, 3)),
        sample(s.integers(9, 2, 3), row),
        sample(row, 5));
  }
}
