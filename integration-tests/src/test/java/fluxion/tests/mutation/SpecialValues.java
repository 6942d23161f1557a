package fluxion.tests.mutation;

import static fluxion.api.Tensors.tensor;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Results that PyTorch's recorded cases leave open, computed with {@link Math} or by hand: NaN,
 * truth values, integers to negative powers, numbers in the place of tensors.
 */
final class SpecialValues {
  private static final double[] FLOATS = {
    Double.NEGATIVE_INFINITY, -2.5, -1, 0, 0.5, 1, 3, POSITIVE_INFINITY, NaN
  };
  private static final long[] INTEGERS = {-7, -6, -3, -1, 0, 1, 2, 6, 7};
  private static final long[] DIVISORS = {-3, -2, -1, 1, 2, 3};
  private static final long[] EXPONENTS = {-3, -2, -1, 0, 1, 2, 3};

  private SpecialValues() {}

  static List<Trial> all() {
    return List.of(
        Expected.pairs("maximum", FLOATS, Math::max),
        Expected.pairs("minimum", FLOATS, Math::min),
        Expected.pairs("clamp_min", FLOATS, Math::max),
        Expected.pairs("clamp_max", FLOATS, Math::min),
        Expected.pairs(
            "fmax", FLOATS, (x, y) -> Double.isNaN(x) ? y : Double.isNaN(y) ? x : Math.max(x, y)),
        Expected.pairs(
            "fmin", FLOATS, (x, y) -> Double.isNaN(x) ? y : Double.isNaN(y) ? x : Math.min(x, y)),
        Expected.values(
            "clamp between tensors",
            () ->
                Ops.call(
                    "clamp",
                    floats(-3, NaN, 0, 9, 1),
                    floats(-1, 0, NaN, 0, 0),
                    floats(2, 2, 2, 5, NaN)),
            -1,
            NaN,
            NaN,
            5,
            NaN),
        Expected.values("relu6", () -> Ops.call("relu6", floats(-1, 3, 7, NaN)), 0, 3, 6, NaN),
        Expected.values(
            "hardswish", () -> Ops.call("hardswish", floats(-4, 0, 3, 7, NaN)), -0.0, 0, 3, 7, NaN),
        Expected.integerPairs("maximum", binary("maximum"), INTEGERS, INTEGERS, Math::max),
        Expected.integerPairs("minimum", binary("minimum"), INTEGERS, INTEGERS, Math::min),
        Expected.integerPairs(
            "div rounded down", x -> divide(x, "floor"), INTEGERS, DIVISORS, Math::floorDiv),
        Expected.integerPairs(
            "div cut", x -> divide(x, "trunc"), INTEGERS, DIVISORS, (x, y) -> x / y),
        Expected.integerPairs("pow", binary("pow"), INTEGERS, EXPONENTS, SpecialValues::power),
        Expected.values(
            "div rounded down",
            () ->
                Ops.call(
                    "div",
                    List.of(
                        floats(-7.5, -6, -0.25, -0.0, 0.25, 6, 7), floats(2, -3, 2, 5, -2, 3, -2)),
                    Map.of("rounding_mode", "floor")),
            -4,
            2,
            -1,
            -0.0,
            -1,
            2,
            -4),
        power(0),
        power(2),
        power(3),
        power(5),
        Expected.truthTable("add", binary("add"), 0, 1, 1, 1),
        Expected.truthTable("add with true", x -> scaled(x, true), 0, 1, 1, 1),
        Expected.truthTable("add with false", x -> scaled(x, false), 0, 0, 1, 1),
        Expected.truthTable("mul", binary("mul"), 0, 0, 0, 1),
        Expected.truthTable("maximum", binary("maximum"), 0, 1, 1, 1),
        Expected.truthTable("minimum", binary("minimum"), 0, 0, 0, 1),
        Expected.truthTable("fmax", binary("fmax"), 0, 1, 1, 1),
        Expected.truthTable("fmin", binary("fmin"), 0, 0, 0, 1),
        Expected.truthTable("clamp_min", binary("clamp_min"), 0, 1, 1, 1),
        Expected.truthTable("clamp_max", binary("clamp_max"), 0, 0, 0, 1),
        Expected.truthTable("logical_or", binary("logical_or"), 0, 1, 1, 1),
        Expected.truthTable("bitwise_or", binary("bitwise_or"), 0, 1, 1, 1),
        Expected.truthTable("clamp", x -> Ops.call("clamp", x[0], x[1], tensor(true)), 0, 1, 1, 1),
        Expected.truthTable(
            "clamp from false", x -> Ops.call("clamp", x[0], tensor(false), x[1]), 0, 0, 0, 1),
        Expected.truthTable(
            "masked_fill", x -> Ops.call("masked_fill", x[0], x[1], tensor(true)), 0, 1, 1, 1),
        Expected.truthTable(
            "masked_fill by false", x -> Ops.call("masked_fill", x[0], x[1], false), 0, 0, 1, 0),
        Expected.truthTable(
            "masked_fill by no",
            x -> Ops.call("masked_fill", x[0], x[1], tensor(false)),
            0,
            0,
            1,
            0),
        Expected.truthTable(
            "where else true", x -> Ops.call("where", x[0], x[1], true), 1, 1, 0, 1),
        Expected.truthTable(
            "where else false", x -> Ops.call("where", x[0], x[1], false), 0, 0, 0, 1),
        Expected.truthTable("where true", x -> Ops.call("where", x[0], true, x[1]), 0, 1, 1, 1),
        Expected.truthTable("where false", x -> Ops.call("where", x[0], false, x[1]), 0, 1, 0, 0),
        Expected.truthTable("clamp to true", x -> Ops.call("clamp", x[0], true, true), 1, 1, 1, 1),
        Expected.truthTable("clamp to any", x -> Ops.call("clamp", x[0], false, true), 0, 0, 1, 1),
        Expected.truthTable(
            "clamp to false", x -> Ops.call("clamp", x[0], false, false), 0, 0, 0, 0),
        Expected.truthTable("clamp_min true", x -> Ops.call("clamp_min", x[0], true), 1, 1, 1, 1),
        Expected.truthTable("clamp_min false", x -> Ops.call("clamp_min", x[0], false), 0, 0, 1, 1),
        Expected.truthTable("clamp_max true", x -> Ops.call("clamp_max", x[0], true), 0, 0, 1, 1),
        Expected.truthTable("clamp_max false", x -> Ops.call("clamp_max", x[0], false), 0, 0, 0, 0),
        Expected.values("isnan of integers", () -> Ops.call("isnan", tensor(0L, 3L)), 0, 0),
        Expected.values("isinf of integers", () -> Ops.call("isinf", tensor(0L, 3L)), 0, 0),
        Expected.values(
            "softplus at its threshold",
            () -> Ops.call("softplus", floats(1, 2), 1.0, 1.0),
            Math.log1p(Math.E),
            2),
        Expected.values(
            "where else a number",
            () -> Ops.call("where", tensor(true, false), floats(3, 4), 2.5),
            3,
            2.5),
        Expected.values(
            "where a number",
            () -> Ops.call("where", tensor(true, false), 2.5, floats(3, 4)),
            2.5,
            4),
        Expected.values(
            "rsub of a number",
            () -> Ops.call("rsub", List.of(floats(1, 4), 10), Map.of("alpha", 3)),
            7,
            -2),
        Expected.values(
            "deg2rad", () -> Ops.call("deg2rad", floats(-90, 0, 180)), -Math.PI / 2, 0, Math.PI),
        Expected.values(
            "round to tens",
            () -> Ops.call("round", List.of(floats(14, 16, -27, 1234)), Map.of("decimals", -1)),
            10,
            20,
            -30,
            1230),
        Expected.values(
            "celu", () -> Ops.call("celu", floats(-3, 2), 2.0), 2 * Math.expm1(-1.5), 2));
  }

  private static Tensor floats(double... values) {
    return tensor(values);
  }

  private static Function<Tensor[], Tensor> binary(String operator) {
    return x -> Ops.call(operator, x[0], x[1]);
  }

  private static Tensor divide(Tensor[] x, String mode) {
    return Ops.call("div", List.of(x[0], x[1]), Map.of("rounding_mode", mode));
  }

  private static Tensor scaled(Tensor[] x, boolean alpha) {
    return Ops.call("add", List.of(x[0], x[1]), Map.of("alpha", alpha));
  }

  private static Trial power(long exponent) {
    return Expected.integerPairs(
        "pow " + exponent,
        x -> Ops.call("pow", x[0], exponent),
        INTEGERS,
        new long[] {0},
        (x, y) -> power(x, exponent));
  }

  /** Of integers, with the quotient cut where the exponent is negative; 0 for a base of 0. */
  private static long power(long x, long y) {
    long result = 1;
    for (long i = 0; i < Math.abs(y); i++) {
      result *= x;
    }
    return y >= 0 ? result : result == 0 ? 0 : 1 / result;
  }
}
