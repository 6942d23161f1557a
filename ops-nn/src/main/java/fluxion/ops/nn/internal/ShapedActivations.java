package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.nn.NnCall;
import java.util.List;

/**
 * Pointwise activations with parameters, which are runtime scalars of the kernels. At their kinks
 * the gradients are those of PyTorch's backward kernels.
 */
final class ShapedActivations {
  private static final PointwiseFunction LEAKY_RELU =
      function("leaky_relu", 1, (x, s) -> Expr.select(x[0].gt(0), x[0], x[0].mul(s[0])));
  private static final PointwiseFunction ELU =
      function("elu", 1, (x, s) -> Expr.select(x[0].le(0), x[0].expm1().mul(s[0]), x[0]));
  private static final PointwiseFunction CELU =
      function("celu", 1, (x, s) -> Expr.select(x[0].le(0), x[0].div(s[0]).expm1().mul(s[0]), x[0]))
          .node("EluBackward0");
  private static final PointwiseFunction HARDSHRINK =
      function("hardshrink", 1, (x, s) -> Expr.select(shrunk(x[0], s[0]), zero(x[0]), x[0]));
  private static final PointwiseFunction SOFTSHRINK =
      function("softshrink", 1, (x, s) -> softshrink(x[0], s[0]))
          .gradient(0, (x, s, out, g) -> Expr.select(shrunk(x[0], s[0]), zero(g), g))
          .checking(ShapedActivations::refuseIntegers);
  private static final PointwiseFunction HARDTANH =
      function("hardtanh", 2, (x, s) -> x[0].max(s[0]).min(s[1]))
          .gradient(0, (x, s, out, g) -> Expr.select(x[0].le(s[0]).or(x[0].ge(s[1])), zero(g), g));
  private static final PointwiseFunction SOFTPLUS =
      function("softplus", 2, (x, s) -> softplus(x[0], s[0], s[1]))
          .gradient(0, (x, s, out, g) -> softplusGradient(x[0], s[0], s[1], g));
  private static final PointwiseFunction THRESHOLD =
      function("threshold", 2, (x, s) -> Expr.select(x[0].le(s[0]), s[1], x[0]));

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.hasBoth("leaky_relu")) {
        t.add(operators(LEAKY_RELU, "(Tensor self, Scalar negative_slope=0.01)"));
      }
      if (t.hasBoth("elu")) {
        t.add(operators(ELU, "(Tensor self, Scalar alpha=1.0)"));
      }
      if (t.hasBoth("celu")) {
        t.add(operators(CELU, "(Tensor self, Scalar alpha=1.0)"));
      }
      if (t.has("hardshrink")) {
        t.add(shrink("hardshrink", HARDSHRINK::call));
      }
      if (t.has("softshrink")) {
        t.add(shrink("softshrink", ShapedActivations::softshrink));
      }
      if (t.hasBoth("hardtanh")) {
        t.add(pairs(HARDTANH, "(Tensor self, Scalar min_val=-1, Scalar max_val=1)", -1.05, 1.05));
      }
      if (t.has("softplus")) {
        t.add(pair(SOFTPLUS, "(Tensor self, Scalar beta=1, Scalar threshold=20)", 2, 20));
      }
      if (t.hasBoth("threshold")) {
        t.add(pairs(THRESHOLD, "(Tensor self, Scalar threshold, Scalar value)", 0.05, 3));
      }
      if (t.has("gelu")) {
        t.add(gelu());
      }
      if (t.has("gelu_")) {
        t.add(
            named("gelu_")
                .overload(
                    "(Tensor self, *, str approximate='none')",
                    NnCall.Named.class,
                    (self, approximate) -> gelu(approximate).callInPlace(self)));
      }
    }
  }

  private ShapedActivations() {}

  private static PointwiseFunction function(
      String name, int parameters, PointwiseFunction.Formula formula) {
    return PointwiseFunction.of(name, 1, parameters, PROMOTE, formula);
  }

  private static List<Operator> operators(PointwiseFunction function, String signature) {
    return List.of(
        named(function.name())
            .overload(signature, Call.BinaryScalar.class, function::call)
            .samples(
                s ->
                    List.of(
                        sample(s.tensor(2, 3)),
                        sample(s.tensor(2, 3), 0.3),
                        sample(s.tensor(), 0.7)))
            .singularAt(SingularPoints.at(0)),
        named(function.name() + "_")
            .overload(signature, Call.BinaryScalar.class, function::callInPlace));
  }

  private static Operator shrink(String name, Call.BinaryScalar implementation) {
    return named(name)
        .overload("(Tensor self, Scalar lambd=0.5)", Call.BinaryScalar.class, implementation)
        .samples(s -> List.of(sample(s.tensor(2, 3), 0.05), sample(s.tensor(), 0.03)));
  }

  private static Operator pair(
      PointwiseFunction function, String signature, double first, double second) {
    return named(function.name())
        .overload(signature, NnCall.TwoParameters.class, function::call)
        .samples(
            s -> List.of(sample(s.tensor(2, 3), first, second), sample(s.tensor(), first, second)));
  }

  private static List<Operator> pairs(
      PointwiseFunction function, String signature, double first, double second) {
    return List.of(
        pair(function, signature, first, second),
        named(function.name() + "_")
            .overload(signature, NnCall.TwoParameters.class, function::callInPlace));
  }

  private static Operator gelu() {
    return named("gelu")
        .overload(
            "(Tensor self, *, str approximate='none')", NnCall.Named.class, ShapedActivations::gelu)
        .samples(s -> List.of(sample(s.tensor(2, 3)), sample(s.tensor())));
  }

  // ---- formulas

  private static Expr zero(Expr like) {
    return Expr.literal(like.type(), 0);
  }

  private static Expr shrunk(Expr x, Expr bound) {
    return x.ge(bound.neg()).and(x.le(bound));
  }

  private static Expr softshrink(Expr x, Expr bound) {
    Expr low = Expr.select(x.lt(bound.neg()), x.add(bound), zero(x));
    return Expr.select(x.gt(bound), x.sub(bound), low);
  }

  private static Expr softplus(Expr x, Expr beta, Expr threshold) {
    Expr scaled = x.mul(beta);
    return Expr.select(scaled.gt(threshold), x, scaled.exp().log1p().div(beta));
  }

  private static Expr softplusGradient(Expr x, Expr beta, Expr threshold, Expr g) {
    Expr scaled = x.mul(beta);
    return Expr.select(scaled.gt(threshold), g, g.mul(scaled.sigmoid()));
  }

  // ---- calls

  /** The bound, rounded to an integer, would be another. */
  private static void refuseIntegers(DType dtype) {
    if (!dtype.isFloatingPoint()) {
      throw new DTypeException(
          "\"softshrink_cpu\" not implemented for '"
              + dtype.typeName()
              + "'; cast to a floating-point dtype");
    }
  }

  static Tensor softshrink(Tensor self, Scalar lambd) {
    if (lambd.toDouble() < 0) {
      throw new ArgumentException(
          "lambda must be greater or equal to 0, but found to be " + lambd + ".");
    }
    return SOFTSHRINK.call(self, lambd);
  }

  static Tensor gelu(Tensor self, String approximate) {
    return gelu(approximate).call(self);
  }

  private static PointwiseFunction gelu(String approximate) {
    return switch (approximate) {
      case "none" -> Activations.GELU;
      case "tanh" -> Activations.GELU_TANH;
      default ->
          throw new ArgumentException(
              "approximate argument must be either none or tanh; got '" + approximate + "'");
    };
  }
}
