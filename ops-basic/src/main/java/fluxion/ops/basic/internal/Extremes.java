package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.SelectionCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.SingularPoints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The larger and the smaller of two elements, and elements held between bounds.
 *
 * <p>Gradients are PyTorch's: {@code maximum} and {@code minimum} give both halves at ties, {@code
 * clamp} passes the whole gradient at its bounds, and a lower bound above the upper one gets none.
 */
final class Extremes {
  static final PointwiseFunction MAXIMUM =
      PointwiseFunction.binary("maximum", PROMOTE, Extremes::larger);
  static final PointwiseFunction MINIMUM =
      PointwiseFunction.binary("minimum", PROMOTE, Extremes::smaller);

  private static final PointwiseFunction CLAMP =
      PointwiseFunction.of("clamp", 1, 2, PROMOTE, (x, s) -> smaller(larger(x[0], s[0]), s[1]))
          .gradient(0, (x, s, out, g) -> where(x[0].ge(s[0]).and(x[0].le(s[1])), g));
  private static final PointwiseFunction CLAMP_MIN =
      PointwiseFunction.of(
              "clamp_min", 1, 1, PROMOTE, (x, s) -> unlessNan(s[0], x[0], larger(x[0], s[0])))
          .gradient(0, (x, s, out, g) -> where(x[0].ge(s[0]), g));
  private static final PointwiseFunction CLAMP_MAX =
      PointwiseFunction.of(
              "clamp_max", 1, 1, PROMOTE, (x, s) -> unlessNan(s[0], x[0], smaller(x[0], s[0])))
          .gradient(0, (x, s, out, g) -> where(x[0].le(s[0]), g));
  private static final PointwiseFunction CLAMP_TENSORS =
      PointwiseFunction.of("clamp", 3, 0, PROMOTE, (x, s) -> smaller(larger(x[0], x[1]), x[2]))
          .node("ClampBackward1")
          .gradient(0, (x, s, out, g) -> where(x[0].ge(x[1]).and(x[0].le(x[2])), g))
          .gradient(1, (x, s, out, g) -> where(x[0].lt(x[1]).and(x[1].lt(x[2])), g))
          .gradient(2, (x, s, out, g) -> where(x[0].gt(x[2]).or(x[2].lt(x[1])), g));
  private static final PointwiseFunction CLAMP_MIN_TENSOR =
      PointwiseFunction.binary("clamp_min", PROMOTE, Extremes::larger)
          .node("ClampMinBackward1")
          .gradient(0, (x, s, out, g) -> where(x[0].ge(x[1]), g))
          .gradient(1, (x, s, out, g) -> where(x[0].lt(x[1]), g));
  private static final PointwiseFunction CLAMP_MAX_TENSOR =
      PointwiseFunction.binary("clamp_max", PROMOTE, Extremes::smaller)
          .node("ClampMaxBackward1")
          .gradient(0, (x, s, out, g) -> where(x[0].le(x[1]), g))
          .gradient(1, (x, s, out, g) -> where(x[0].gt(x[1]), g));

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("maximum")) {
        t.add(pair(MAXIMUM));
      }
      if (t.has("minimum")) {
        t.add(pair(MINIMUM));
      }
      if (t.has("fmax")) {
        t.add(pair(PointwiseFunction.binary("fmax", PROMOTE, Extremes::largerNumber)));
      }
      if (t.has("fmin")) {
        t.add(pair(PointwiseFunction.binary("fmin", PROMOTE, Extremes::smallerNumber)));
      }
      if (t.has("clamp")) {
        t.add(
            named("clamp")
                .overload(
                    "(Tensor self, Scalar? min=None, Scalar? max=None)",
                    SelectionCall.Clamp.class,
                    Extremes::clamp)
                .overload(
                    "(Tensor self, Tensor? min=None, Tensor? max=None)",
                    SelectionCall.ClampTensors.class,
                    Extremes::clamp)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), -1.05, 1.05),
                            sample(s.tensor(2, 3), null, 0.05),
                            sample(s.tensor(2, 3), -0.05),
                            sample(s.tensor(2, 3), s.uniform(-0.09, -0.01, 3), null),
                            sample(s.tensor(2, 3), null, s.uniform(0.01, 0.09, 2, 1)),
                            sample(
                                s.tensor(4, 3),
                                s.uniform(-0.09, -0.01, 3),
                                s.uniform(0.01, 0.09, 3)))));
      }
      if (t.has("clamp_")) {
        t.add(
            named("clamp_")
                .overload(
                    "(Tensor self, Scalar? min=None, Scalar? max=None)",
                    SelectionCall.Clamp.class,
                    Extremes::clampInPlace)
                .overload(
                    "(Tensor self, Tensor? min=None, Tensor? max=None)",
                    SelectionCall.ClampTensors.class,
                    Extremes::clampInPlace)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), -1.05, 1.05),
                            sample(s.tensor(2, 3), null, 0.05),
                            sample(s.tensor(2, 3), -0.05),
                            sample(s.tensor(2, 3), s.uniform(-0.09, -0.01, 3), null),
                            sample(s.tensor(2, 3), null, s.uniform(0.01, 0.09, 2, 1)),
                            sample(
                                s.tensor(4, 3),
                                s.uniform(-0.09, -0.01, 3),
                                s.uniform(0.01, 0.09, 3)))));
      }
      if (t.has("clamp_min")) {
        t.add(
            named("clamp_min")
                .overload(
                    "(Tensor self, Scalar min)",
                    Call.BinaryScalar.class,
                    (self, min) -> clamp(self, min, null))
                .overload("(Tensor self, Tensor min)", Call.Binary.class, CLAMP_MIN_TENSOR::call)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), 0.05),
                            sample(s.tensor(2, 3), s.uniform(0.01, 0.09, 3)))));
      }
      if (t.has("clamp_min_")) {
        t.add(
            named("clamp_min_")
                .overload(
                    "(Tensor self, Scalar min)",
                    Call.BinaryScalar.class,
                    (self, min) -> clampInPlace(self, min, null))
                .overload(
                    "(Tensor self, Tensor min)", Call.Binary.class, CLAMP_MIN_TENSOR::callInPlace));
      }
      if (t.has("clamp_max")) {
        t.add(
            named("clamp_max")
                .overload(
                    "(Tensor self, Scalar max)",
                    Call.BinaryScalar.class,
                    (self, max) -> clamp(self, null, max))
                .overload("(Tensor self, Tensor max)", Call.Binary.class, CLAMP_MAX_TENSOR::call)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), 0.05),
                            sample(s.tensor(2, 3), s.uniform(0.01, 0.09, 3)))));
      }
      if (t.has("clamp_max_")) {
        t.add(
            named("clamp_max_")
                .overload(
                    "(Tensor self, Scalar max)",
                    Call.BinaryScalar.class,
                    (self, max) -> clampInPlace(self, null, max))
                .overload(
                    "(Tensor self, Tensor max)", Call.Binary.class, CLAMP_MAX_TENSOR::callInPlace));
      }
    }
  }

  private Extremes() {}

  private static Operator pair(PointwiseFunction function) {
    return named(function.name())
        .overload("(Tensor self, Tensor other)", Call.Binary.class, function::call)
        .samples(Samples::tensors)
        .singularAt(SingularPoints.meetings());
  }

  // ---- formulas

  /** As in PyTorch, a number that is the only bound, and NaN, bounds nothing. */
  private static Expr unlessNan(Expr bound, Expr x, Expr bounded) {
    return x.type().isFloatingPoint() ? Expr.select(bound.isnan(), x, bounded) : bounded;
  }

  private static Expr larger(Expr x, Expr y) {
    return x.type() == DType.BOOL ? x.or(y) : x.max(y);
  }

  private static Expr smaller(Expr x, Expr y) {
    return x.type() == DType.BOOL ? x.and(y) : x.min(y);
  }

  private static Expr largerNumber(Expr x, Expr y) {
    return x.type() == DType.BOOL ? x.or(y) : x.fmax(y);
  }

  private static Expr smallerNumber(Expr x, Expr y) {
    return x.type() == DType.BOOL ? x.and(y) : x.fmin(y);
  }

  private static Expr where(Expr condition, Expr g) {
    return Expr.select(condition, g, Expr.literal(g.type(), 0.0));
  }

  // ---- calls

  private static void checkBounds(@Nullable Object min, @Nullable Object max) {
    if (min == null && max == null) {
      throw new ArgumentException("torch.clamp: At least one of 'min' or 'max' must not be None");
    }
  }

  static Tensor clamp(Tensor self, @Nullable Scalar min, @Nullable Scalar max) {
    checkBounds(min, max);
    Tensor x = Weak.widen(Weak.widen(self, min), max);
    if (max == null) {
      return min == null ? x : CLAMP_MIN.call(x, min);
    }
    return min == null ? CLAMP_MAX.call(x, max) : CLAMP.call(x, min, max);
  }

  static Tensor clampInPlace(Tensor self, @Nullable Scalar min, @Nullable Scalar max) {
    checkBounds(min, max);
    Weak.checkInPlace(self, min);
    Weak.checkInPlace(self, max);
    if (max == null) {
      return min == null ? self : CLAMP_MIN.callInPlace(self, min);
    }
    return min == null ? CLAMP_MAX.callInPlace(self, max) : CLAMP.callInPlace(self, min, max);
  }

  static Tensor clamp(Tensor self, @Nullable Tensor min, @Nullable Tensor max) {
    checkBounds(min, max);
    if (max == null) {
      return min == null ? self : CLAMP_MIN_TENSOR.call(self, min);
    }
    return min == null
        ? CLAMP_MAX_TENSOR.call(self, max)
        : CLAMP_TENSORS.callAll(new Tensor[] {self, min, max});
  }

  static Tensor clampInPlace(Tensor self, @Nullable Tensor min, @Nullable Tensor max) {
    checkBounds(min, max);
    if (max == null) {
      return min == null ? self : CLAMP_MIN_TENSOR.callInPlace(self, min);
    }
    return min == null
        ? CLAMP_MAX_TENSOR.callInPlace(self, max)
        : CLAMP_TENSORS.callAllInPlace(new Tensor[] {self, min, max});
  }
}
