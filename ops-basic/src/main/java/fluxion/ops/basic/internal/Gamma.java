package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.UnaryFunction;
import fluxion.ops.basic.PointwiseCall;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The logarithm of the gamma function and its derivatives.
 *
 * <p>Each one's gradient is the next, not what follows from a formula: PyTorch's trigamma is a
 * short series, right to nine digits, whose derivative is another function, right to all digits.
 */
final class Gamma {
  private static final PointwiseFunction LGAMMA =
      PointwiseFunction.unary("lgamma", INT_TO_FLOAT, Expr::lgamma);
  private static final PointwiseFunction DIGAMMA =
      PointwiseFunction.unary("digamma", INT_TO_FLOAT, Expr::digamma);
  private static final PointwiseFunction TRIGAMMA =
      PointwiseFunction.unary("polygamma", INT_TO_FLOAT, Gamma::trigamma)
          .gradient(0, (x, s, out, g) -> g.mul(x[0].polygamma(2)));

  /** The derivatives of trigamma that are asked for often, from the first, order 2. */
  private static final List<PointwiseFunction> FURTHER =
      List.of(further(2), further(3), further(4));

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.hasBoth("lgamma")) {
        t.add(both("lgamma", Gamma::lgamma));
      }
      if (t.hasBoth("digamma")) {
        t.add(both("digamma", Gamma::digamma));
      }
      if (t.has("mvlgamma")) {
        t.add(
            named("mvlgamma")
                .overload("(Tensor self, int p)", Call.Dim.class, Gamma::mvlgamma)
                .samples(
                    s -> List.of(sample(s.uniform(2, 4, 2, 3), 2), sample(s.uniform(2, 4), 3))));
      }
      if (t.has("mvlgamma_")) {
        t.add(
            named("mvlgamma_")
                .overload(
                    "(Tensor self, int p)",
                    Call.Dim.class,
                    (self, p) -> Overwriting.store(self, x -> mvlgamma(x, p))));
      }
      if (t.has("polygamma")) {
        t.add(
            named("polygamma")
                .overload("(int n, Tensor self)", PointwiseCall.Ordered.class, Gamma::polygamma)
                .overload("(Tensor self, int n)", Call.Dim.class, (self, n) -> polygamma(n, self))
                .samples(
                    s ->
                        List.of(
                            sample(0, s.uniform(1, 3, 3)),
                            sample(1, s.uniform(-0.8, -0.2, 3)),
                            sample(1, s.uniform(1, 3, 2, 3)),
                            sample(2, s.uniform(1, 3)),
                            sample(3, s.uniform(1, 3, 2)),
                            sample(4, s.uniform(1, 3, 2)),
                            sample(s.uniform(1, 3, 2, 1), 1))));
      }
      if (t.has("polygamma_")) {
        t.add(
            named("polygamma_")
                .overload(
                    "(Tensor self, int n)",
                    Call.Dim.class,
                    (self, n) -> Overwriting.store(self, x -> polygamma(n, x)))
                .samples(
                    s -> List.of(sample(s.uniform(1, 3, 2, 3), 1), sample(s.uniform(1, 3), 0))));
      }
    }
  }

  private Gamma() {}

  private static List<Operator> both(String name, UnaryOperator<Tensor> function) {
    return List.of(
        named(name)
            .overload("(Tensor self)", Call.Unary.class, function::apply)
            .samples(s -> Samples.unary(s, 0.5, 3)),
        named(name.concat("_"))
            .overload(
                "(Tensor self)", Call.Unary.class, self -> Overwriting.store(self, function)));
  }

  /** Below one half by reflection, then up to above 6, where a few terms of the series do. */
  private static Expr trigamma(Expr x) {
    Expr one = Expr.literal(x.type(), 1.0);
    Expr reflects = x.lt(0.5);
    Expr sine = x.mul(Math.PI).sin();
    Expr start =
        Expr.literal(x.type(), 0.0)
            .sub(Expr.literal(x.type(), Math.PI * Math.PI).div(sine.mul(sine)));
    Expr z = Expr.select(reflects, one.sub(x), x);
    Expr sum = Expr.select(reflects, start, Expr.literal(x.type(), 0.0));
    for (int i = 0; i < 6; i++) {
      sum = sum.add(z.mul(z).reciprocal());
      z = z.add(1.0);
    }
    Expr square = z.mul(z).reciprocal();
    Expr series = square.mul(-1.0 / 42).add(1.0 / 30).mul(square).neg().add(1.0 / 6).mul(square);
    sum = sum.add(one.add(z.mul(2.0).reciprocal()).add(series).div(z));
    return Expr.select(reflects, sum.neg(), sum);
  }

  static Tensor lgamma(Tensor self) {
    return Functions.apply(new Lgamma(), self);
  }

  static Tensor digamma(Tensor self) {
    return Functions.apply(new Digamma(), self);
  }

  static Tensor polygamma(int n, Tensor self) {
    if (n < 0) {
      throw new ArgumentException("polygamma(n, x) does not support negative n.");
    }
    if (n == 0) {
      return digamma(self);
    }
    PointwiseFunction function =
        n == 1 ? TRIGAMMA : n - 2 < FURTHER.size() ? FURTHER.get(n - 2) : further(n);
    return function.call(self);
  }

  private static PointwiseFunction further(int order) {
    return PointwiseFunction.unary("polygamma", INT_TO_FLOAT, x -> x.polygamma(order));
  }

  /** {@code log(π) p (p − 1) / 4 + Σ log Γ(x − i / 2)} for i from 0 below p. */
  static Tensor mvlgamma(Tensor self, int p) {
    if (p < 1) {
      throw new ArgumentException("p has to be greater than or equal to 1");
    }
    Tensor x = self.dtype().isFloatingPoint() ? self : self.to(DType.FLOAT32);
    Tensor sum = lgamma(x);
    for (int i = 1; i < p; i++) {
      sum = sum.add(lgamma(x.sub(i / 2.0)));
    }
    return sum.add(Math.log(Math.PI) * p * (p - 1) / 4);
  }

  /** {@code log |Γ(x)|}. */
  record Lgamma() implements UnaryFunction {
    @Override
    public Tensor forward(Context ctx, Tensor input) {
      ctx.saveInput(0);
      return LGAMMA.call(input);
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      return gradOutput.mul(digamma(ctx.input(0)));
    }
  }

  /** The derivative of {@code log Γ(x)}. */
  record Digamma() implements UnaryFunction {
    @Override
    public Tensor forward(Context ctx, Tensor input) {
      ctx.saveInput(0);
      return DIGAMMA.call(input);
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      return gradOutput.mul(TRIGAMMA.call(ctx.input(0)));
    }
  }
}
