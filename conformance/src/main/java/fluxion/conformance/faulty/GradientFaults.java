package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.WrongOperators.one;
import static fluxion.conformance.faulty.WrongOperators.provider;
import static fluxion.conformance.faulty.WrongOperators.square;
import static fluxion.conformance.faulty.WrongOperators.squareTimes;
import static fluxion.conformance.faulty.WrongOperators.twice;
import static fluxion.conformance.faulty.WrongOperators.unary;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.conformance.faulty.WrongOperators.Given;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Operators with wrong gradients, of x², 2x and x² y for the most part. */
final class GradientFaults {
  private GradientFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "gradient-zero",
            "the gradient is zero",
            "F-201",
            "analytic 0.0",
            () -> square((x, g) -> g.mul(0))),
        new Fault(
            "gradient-missing-factor",
            "the gradient of x² is g x",
            "F-201",
            "the gradient of input 0 is wrong",
            () -> square((x, g) -> g.mul(x))),
        new Fault(
            "gradient-wrong-sign",
            "the gradient has the other sign",
            "F-201",
            "analytic -",
            () -> square((x, g) -> g.mul(x).mul(-2))),
        new Fault(
            "gradients-swapped",
            "each input gets the other's gradient",
            "F-201",
            "the gradient of input 0 is wrong",
            () ->
                squareTimes(
                    (ctx, g) ->
                        new Tensor[] {
                          g.mul(ctx.input(0)).mul(ctx.input(0)),
                          g.mul(ctx.input(0)).mul(ctx.input(1)).mul(2)
                        })),
        new Fault(
            "gradient-wrong-on-non-square",
            "the gradient is right where a matrix has as many rows as columns",
            "F-201",
            "the gradient of input 0 is wrong",
            () -> twice((x, g) -> g.mul(x.dim() == 2 && x.size(0) != x.size(1) ? 3 : 2))),
        new Fault(
            "gradient-wrong-where-transposed-is-meant",
            "the second input gets its gradient in the order of the first's columns",
            "F-203",
            "random direction",
            () -> square((x, g) -> g.mul(x.dim() == 2 ? x.reshape(3, 2).t() : x).mul(2))),
        new Fault(
            "gradient-nan-at-zero",
            "the gradient of x |x| divides by |x|",
            "F-201",
            "analytic NaN",
            GradientFaults::nanAtZero),
        new Fault(
            "gradient-double-sum",
            "the gradient of a broadcast input is the sum over all elements",
            "F-201",
            "the gradient of input 1 is wrong",
            () ->
                squareTimes(
                    (ctx, g) ->
                        new Tensor[] {
                          g.mul(ctx.input(0)).mul(ctx.input(1)).mul(2),
                          g.mul(ctx.input(0))
                              .mul(ctx.input(0))
                              .sum()
                              .expand(ctx.inputSpec(1).shape().toArray())
                        })),
        new Fault(
            "gradient-in-16-bits",
            "the gradient is computed in bfloat16",
            "F-201",
            "the gradient of input 0 is wrong",
            () -> square((x, g) -> g.mul(x).mul(2).to(DType.BFLOAT16))),
        new Fault(
            "gradient-one-null",
            "the second input never gets a gradient",
            "F-201",
            "the gradient of input 1 is wrong",
            () ->
                squareTimes(
                    (ctx, g) ->
                        new @Nullable Tensor[] {
                          g.mul(ctx.input(0)).mul(ctx.input(1)).mul(2), null
                        })),
        new Fault(
            "second-derivative-wrong",
            "the gradient's own gradient is wrong, for the input was detached",
            "F-202",
            "the gradient of faulty_operator",
            () -> square((x, g) -> g.mul(x.detach()).mul(2))),
        new Fault(
            "gradient-detached",
            "the gradient cannot be differentiated",
            "F-202",
            "analytic 0.0",
            () -> square((x, g) -> g.mul(x).mul(2).detach())),
        new Fault(
            "flat-but-not-zero",
            "an operator that is declared flat has a gradient",
            "F-204",
            "declared flat",
            () -> provider(unary("faulty_operator", x -> x.mul(2)).flat())),
        new Fault(
            "un-broadcast-too-much",
            "the gradient is summed over rows though the input was not broadcast",
            "F-205",
            "shape",
            () -> twice((x, g) -> x.dim() == 2 ? g.mul(2).sum(new int[] {0}, true) : g.mul(2))),
        new Fault(
            "gradient-wrong-count",
            "backward gives two gradients for one input",
            "F-205",
            "returned an incorrect number of gradients",
            () ->
                one(
                    x ->
                        Functions.apply(
                            new Given(
                                (ctx, in) -> new Tensor[] {in.mul(2)},
                                (ctx, g) -> new @Nullable Tensor[] {g[0], g[0]}),
                            x))),
        new Fault(
            "gradient-depends-on-others",
            "the gradient is another where only one input needs one",
            "F-206",
            "when no other input requires one",
            () ->
                squareTimes(
                    (ctx, g) -> {
                      double nearly = ctx.needsGradient(1) ? 2 : 2 + 1e-12;
                      return new Tensor[] {
                        g.mul(ctx.input(0)).mul(ctx.input(1)).mul(nearly),
                        g.mul(ctx.input(0)).mul(ctx.input(0))
                      };
                    })),
        new Fault(
            "result-detached",
            "the result does not know its input",
            "F-207",
            "requires no gradient, but changes with input 0",
            () -> one(x -> x.detach().exp())),
        new Fault(
            "position-marked-differentiable",
            "a second result, of positions, requires a gradient and passes none on",
            "F-208",
            "mark it as not differentiable",
            GradientFaults::positions),
        new Fault(
            "recording-where-it-is-off",
            "the result requires a gradient under noGrad",
            "F-209",
            "though recording was off",
            () ->
                one(
                    x -> {
                      try (var _ = Autograd.enableGrad()) {
                        return x.mul(2);
                      }
                    })),
        new Fault(
            "cotangent-normalised",
            "the cotangent is divided by its largest element",
            "F-221",
            "for the cotangent 2 g + h",
            () -> twice((x, g) -> g.mul(2).div(g.abs().max()))),
        new Fault(
            "zero-cotangent-nan",
            "a cotangent of zero is divided by itself",
            "F-222",
            "for cotangents of zero has element 0 = NaN",
            () -> twice((x, g) -> g.mul(g).div(g).mul(2))),
        new Fault(
            "undefined-cotangent",
            "backward relies on a cotangent for each of two results",
            "F-223",
            "NullPointerException",
            GradientFaults::bothNeeded),
        new Fault(
            "cotangent-layout",
            "the gradient is another where the cotangent is not contiguous",
            "F-224",
            "when the cotangents are",
            () -> twice((x, g) -> g.mul(g.isContiguous() ? 2 : 2 + 1e-12))),
        new Fault(
            "cotangent-mutated",
            "backward multiplies the cotangent in place",
            "F-225",
            "the backward pass changed the cotangent 0",
            () -> twice((x, g) -> g.detach().mul_(2))),
        new Fault(
            "recorded-pass-differs",
            "the gradient is another while the pass is recorded",
            "F-226",
            "when the pass is recorded",
            () -> twice((x, g) -> g.mul(Autograd.isGradEnabled() ? 2 : 2 + 1e-12))),
        new Fault(
            "saved-value-used-up",
            "each pass over a graph gives a larger gradient",
            "F-227",
            "over a retained graph",
            () -> {
              AtomicLong passes = new AtomicLong();
              return twice((x, g) -> g.mul(2 + 1e-12 * passes.incrementAndGet()));
            }));
  }

  private static Object nanAtZero() {
    return provider(
        WrongOperators.bare(
                "faulty_operator",
                x ->
                    Functions.apply(
                        new Given(
                            (ctx, in) -> {
                              ctx.saveInput(0);
                              return new Tensor[] {in.mul(in.abs())};
                            },
                            (ctx, g) -> {
                              Tensor in = ctx.input(0);
                              Tensor slope = in.mul(in).div(in.abs()).mul(2);
                              return new Tensor[] {Objects.requireNonNull(g[0]).mul(slope)};
                            }),
                        x))
            .samples(s -> List.of(Operator.sample(s.uniform(0, 0, 2, 3)))));
  }

  private static Object positions() {
    return provider(
        Operator.named("faulty_operator")
            .overload(
                "(Tensor self, int dim)",
                fluxion.api.spi.Call.Unbind.class,
                (x, dim) ->
                    Functions.applyAll(
                        new Given(
                            (ctx, in) ->
                                new Tensor[] {in.mul(2), in.argmax(dim, false).to(DType.FLOAT64)},
                            (ctx, g) -> {
                              Tensor first = g[0];
                              return new @Nullable Tensor[] {first == null ? null : first.mul(2)};
                            }),
                        x))
            .samples(s -> List.of(Operator.sample(s.tensor(2, 3), 1))));
  }

  private static Object bothNeeded() {
    return provider(
        Operator.named("faulty_operator")
            .overload(
                "(Tensor self, int dim)",
                fluxion.api.spi.Call.Unbind.class,
                (x, dim) ->
                    Functions.applyAll(
                        new Given(
                            (ctx, in) -> new Tensor[] {in.mul(2), in.mul(3)},
                            (ctx, g) ->
                                new Tensor[] {
                                  Objects.requireNonNull(g[0])
                                      .mul(2)
                                      .add(Objects.requireNonNull(g[1]).mul(3))
                                }),
                        x))
            .samples(s -> List.of(Operator.sample(s.tensor(2, 3), 1))));
  }
}
