package fluxion.conformance.fuzz.program;

import static fluxion.conformance.fuzz.program.Draft.slot;

import fluxion.api.DType;
import fluxion.api.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls that work element by element. */
final class PointwiseTemplates {
  /** Of floats; integers become float32 first. */
  private static final String[] ELEMENTARY = {
    "exp", "sin", "tanh", "sigmoid", "sqrt", "log", "rsqrt", "reciprocal", "exp2", "expm1", "log2",
    "log10", "log1p", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "asinh", "acosh",
    "atanh", "erf", "erfc", "erfinv"
  };

  /** Of floats alone. */
  private static final String[] ACTIVATIONS = {
    "relu",
    "silu",
    "gelu",
    "elu",
    "leaky_relu",
    "hardtanh",
    "softplus",
    "mish",
    "logsigmoid",
    "tanhshrink",
    "relu6",
    "hardswish",
    "selu",
    "celu",
    "hardshrink",
    "softshrink"
  };

  /** Of numbers, whose dtype they keep. */
  private static final String[] KEEPING = {
    "neg", "abs", "sign", "floor", "ceil", "trunc", "round", "square"
  };

  private static final String[] ARITHMETIC = {"add", "mul", "sub", "rsub", "maximum", "minimum"};
  private static final String[] TO_FLOAT = {"div", "atan2"};
  private static final String[] OF_NUMBERS = {"remainder", "fmod", "floor_divide", "fmax", "fmin"};
  private static final String[] COMPARISONS = {"eq", "ne", "lt", "le", "gt", "ge"};
  private static final String[] LOGIC = {"logical_and", "logical_or", "logical_xor"};
  private static final String[] BITS = {"bitwise_and", "bitwise_or", "bitwise_xor"};
  private static final String[] CHECKS = {"isnan", "isinf", "isfinite", "logical_not"};

  private PointwiseTemplates() {}

  /** All of them, the usual ones several times. */
  static List<Template> all() {
    List<Template> all =
        new ArrayList<>(
            List.of(
                PointwiseTemplates::elementary,
                PointwiseTemplates::activation,
                PointwiseTemplates::keeping,
                PointwiseTemplates::checks,
                PointwiseTemplates::toFloat,
                PointwiseTemplates::ofNumbers,
                PointwiseTemplates::comparison,
                PointwiseTemplates::logic,
                PointwiseTemplates::cast,
                PointwiseTemplates::numberOnTheRight,
                PointwiseTemplates::power,
                PointwiseTemplates::clamp,
                PointwiseTemplates::clampByTensors,
                PointwiseTemplates::where,
                PointwiseTemplates::maskedFill));
    for (int i = 0; i < 4; i++) {
      all.add(PointwiseTemplates::arithmetic);
    }
    return all;
  }

  /** Two tensors that broadcast against each other. */
  private record Pair(Known a, Known b, Shape shape) {}

  private static Pair pair(Draft draft) {
    Known a = draft.any();
    // a itself always fits
    Known b = draft.any(other -> broadcasts(a.shape(), other.shape())).orElse(a);
    return new Pair(a, b, Shape.broadcast(a.shape(), b.shape()));
  }

  static boolean broadcasts(Shape a, Shape b) {
    for (int d = 1; d <= Math.min(a.dim(), b.dim()); d++) {
      long sizeOfA = a.size(-d);
      long sizeOfB = b.size(-d);
      if (sizeOfA != sizeOfB && sizeOfA != 1 && sizeOfB != 1) {
        return false;
      }
    }
    return true;
  }

  private static void elementary(Draft draft) {
    Known x = draft.any();
    draft.call(draft.pick(ELEMENTARY), x.shape(), Dtypes.toFloat(x.dtype()), slot(x));
  }

  private static void activation(Draft draft) {
    String name = draft.pick(ACTIVATIONS);
    draft.any(Known::isFloat).ifPresent(x -> draft.call(name, x.shape(), x.dtype(), slot(x)));
  }

  private static void keeping(Draft draft) {
    String name = draft.pick(KEEPING);
    draft
        .any(x -> x.dtype() != DType.BOOL)
        .ifPresent(x -> draft.call(name, x.shape(), x.dtype(), slot(x)));
  }

  private static void checks(Draft draft) {
    Known x = draft.any();
    draft.call(draft.pick(CHECKS), x.shape(), DType.BOOL, slot(x));
  }

  private static void arithmetic(Draft draft) {
    Pair pair = pair(draft);
    String name = draft.pick(ARITHMETIC);
    DType dtype = Dtypes.common(pair.a, pair.b);
    boolean bools = pair.a.dtype() == DType.BOOL || pair.b.dtype() == DType.BOOL;
    if (!bools || !name.endsWith("sub")) {
      draft.call(name, pair.shape, dtype, slot(pair.a), slot(pair.b));
    }
  }

  private static void toFloat(Draft draft) {
    Pair pair = pair(draft);
    DType dtype = Dtypes.toFloat(Dtypes.common(pair.a, pair.b));
    draft.call(draft.pick(TO_FLOAT), pair.shape, dtype, slot(pair.a), slot(pair.b));
  }

  private static void ofNumbers(Draft draft) {
    Pair pair = pair(draft);
    DType dtype = Dtypes.common(pair.a, pair.b);
    if (dtype.isFloatingPoint()) {
      draft.call(draft.pick(OF_NUMBERS), pair.shape, dtype, slot(pair.a), slot(pair.b));
    }
  }

  private static void comparison(Draft draft) {
    String name = draft.pick(COMPARISONS);
    if (draft.flip()) {
      Pair pair = pair(draft);
      draft.call(name, pair.shape, DType.BOOL, slot(pair.a), slot(pair.b));
    } else {
      Known x = draft.any();
      draft.call(name, x.shape(), DType.BOOL, slot(x), draft.number(x.dtype()));
    }
  }

  private static void logic(Draft draft) {
    Pair pair = pair(draft);
    if (draft.flip()) {
      draft.call(draft.pick(LOGIC), pair.shape, DType.BOOL, slot(pair.a), slot(pair.b));
      return;
    }
    DType dtype = Dtypes.common(pair.a, pair.b);
    if (!dtype.isFloatingPoint()) {
      draft.call(draft.pick(BITS), pair.shape, dtype, slot(pair.a), slot(pair.b));
    }
  }

  private static void cast(Draft draft) {
    Known x = draft.any();
    DType dtype = Dtypes.ALL.get(draft.below(Dtypes.ALL.size()));
    // what a float beyond an integer's range becomes is left open
    boolean open = x.isFloat() && !dtype.isFloatingPoint() && dtype != DType.BOOL;
    if (dtype == x.dtype()) {
      // the tensor itself
      draft.view("to", x, x.shape(), Draft.value(dtype));
    } else if (!open) {
      draft.call("to", x.shape(), dtype, slot(x), Draft.value(dtype));
    } else {
      Known bounded = bounded(draft, x);
      draft.call("to", bounded.shape(), dtype, slot(bounded), Draft.value(dtype));
    }
  }

  /** The tensor with NaN replaced, and within the range of every integer dtype. */
  private static Known bounded(Draft draft, Known x) {
    draft.call("isnan", x.shape(), DType.BOOL, slot(x));
    Known nan = draft.last();
    draft.call("masked_fill", x.shape(), x.dtype(), slot(x), slot(nan), Draft.value(0));
    draft.call("clamp", x.shape(), x.dtype(), slot(draft.last()), Draft.value(0), Draft.value(100));
    return draft.last();
  }

  private static void numberOnTheRight(Draft draft) {
    String name = draft.pick("add", "mul", "sub", "rsub", "div");
    Known x = draft.any();
    if (x.dtype() == DType.BOOL && name.endsWith("sub")) {
      return;
    }
    Argument.Value number = draft.number(x.dtype());
    DType dtype = Dtypes.common(x, number);
    draft.call(
        name, x.shape(), name.equals("div") ? Dtypes.toFloat(dtype) : dtype, slot(x), number);
  }

  private static void power(Draft draft) {
    Optional<Known> found = draft.any(Known::isFloat);
    if (found.isEmpty()) {
      return;
    }
    Known x = found.get();
    switch (draft.below(3)) {
      case 0 ->
          draft.call(
              "pow",
              x.shape(),
              x.dtype(),
              slot(x),
              new Argument.Value(draft.pick(2L, 3L, 0.5, -1L, -0.5, 1.5, 0L, 1L, -2L)));
      case 1 ->
          draft.call(
              "pow", x.shape(), x.dtype(), new Argument.Value(draft.pick(2L, 0.5, 0L)), slot(x));
      default ->
          draft
              .any(y -> y.isFloat() && broadcasts(x.shape(), y.shape()))
              .ifPresent(
                  y ->
                      draft.call(
                          "pow",
                          Shape.broadcast(x.shape(), y.shape()),
                          Dtypes.common(x, y),
                          slot(x),
                          slot(y)));
    }
  }

  private static void clamp(Draft draft) {
    draft
        .any(x -> x.dtype() != DType.BOOL)
        .ifPresent(
            x -> {
              Argument.Value least = draft.pick(Draft.value(-1), Draft.value(null));
              Argument.Value most = draft.pick(Draft.value(1), Draft.value(2));
              draft.call("clamp", x.shape(), x.dtype(), slot(x), least, most);
            });
  }

  private static void clampByTensors(Draft draft) {
    Pair pair = pair(draft);
    DType dtype = Dtypes.common(pair.a, pair.b);
    if (dtype != DType.BOOL) {
      draft.call(
          draft.pick("clamp_min", "clamp_max"), pair.shape, dtype, slot(pair.a), slot(pair.b));
    }
  }

  private static void where(Draft draft) {
    Pair pair = pair(draft);
    draft
        .any(c -> c.dtype() == DType.BOOL && broadcasts(c.shape(), pair.shape))
        .ifPresent(
            condition ->
                draft.call(
                    "where",
                    Shape.broadcast(condition.shape(), pair.shape),
                    Dtypes.common(pair.a, pair.b),
                    slot(condition),
                    slot(pair.a),
                    slot(pair.b)));
  }

  private static void maskedFill(Draft draft) {
    draft
        .any(c -> c.dtype() == DType.BOOL)
        .ifPresent(
            mask ->
                draft
                    .any(x -> x.dtype() != DType.BOOL && broadcasts(x.shape(), mask.shape()))
                    .ifPresent(
                        x ->
                            draft.call(
                                "masked_fill",
                                Shape.broadcast(x.shape(), mask.shape()),
                                x.dtype(),
                                Map.of(),
                                Statement.Call.ONLY,
                                slot(x),
                                slot(mask),
                                Draft.value(draft.pick(0L, 2L)))));
  }
}
