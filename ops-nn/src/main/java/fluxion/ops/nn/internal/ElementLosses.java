package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;

import fluxion.api.ArgumentException;
import fluxion.api.IndexException;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import fluxion.ops.nn.LossCall;
import fluxion.ops.nn.LossReduction;
import fluxion.ops.nn.NnCall;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Losses that are a formula of the elements at one place, and a reduction. */
final class ElementLosses {
  // Functions of a target and what was computed are in the order in which PyTorch combines them,
  // which its messages about shapes show.

  private static final PointwiseFunction KL_DIV =
      PointwiseFunction.binary("kl_div", INT_TO_FLOAT, (t, x) -> t.xlogy(t).sub(t.mul(x)));
  private static final PointwiseFunction KL_DIV_LOG =
      PointwiseFunction.binary("kl_div", INT_TO_FLOAT, (t, x) -> t.exp().mul(t.sub(x)));

  /** {@code log(1 + exp(−t x))}, which does not overflow. */
  private static final PointwiseFunction SOFT_MARGIN =
      PointwiseFunction.binary(
          "soft_margin_loss", INT_TO_FLOAT, (x, t) -> t.mul(x).neg().softplus());

  private static final PointwiseFunction HINGE_EMBEDDING =
      PointwiseFunction.of(
          "hinge_embedding_loss", 2, 1, INT_TO_FLOAT, (x, s) -> hinge(x[0], x[1], s[0]));

  /** The gradients multiply a cotangent that is 0 below the margin, so that 0 · ∞ is NaN. */
  private static final PointwiseFunction MARGIN_RANKING =
      PointwiseFunction.of(
              "margin_ranking_loss",
              3,
              1,
              INT_TO_FLOAT,
              (x, s) -> Reduced.atLeastZero(beyond(x, s[0])))
          .gradient(0, (x, s, out, g) -> passed(x, s[0], g).mul(x[2]).neg())
          .gradient(1, (x, s, out, g) -> passed(x, s[0], g).mul(x[2]))
          .gradient(2, (x, s, out, g) -> passed(x, s[0], g).mul(x[0].sub(x[1])).neg());

  private static final PointwiseFunction POISSON_OF_LOG =
      PointwiseFunction.of(
          "poisson_nll_loss", 2, 1, INT_TO_FLOAT, (x, s) -> x[1].exp().sub(x[0].mul(x[1])));
  private static final PointwiseFunction POISSON =
      PointwiseFunction.of(
          "poisson_nll_loss",
          2,
          1,
          INT_TO_FLOAT,
          (x, s) -> x[1].sub(x[0].mul(x[1].add(s[0]).log())));
  private static final PointwiseFunction STIRLING =
      PointwiseFunction.unary("poisson_nll_loss", INT_TO_FLOAT, ElementLosses::stirling);
  private static final PointwiseFunction GAUSSIAN =
      PointwiseFunction.of("gaussian_nll_loss", 3, 0, INT_TO_FLOAT, (x, s) -> gaussian(x));

  /** A bound that gradients pass as if it were not there. */
  private static final PointwiseFunction BOUNDED =
      PointwiseFunction.of("clamp", 1, 1, Promotion.SAME, (x, s) -> x[0].max(s[0]))
          .gradient(0, (x, s, out, g) -> g);

  private static final PointwiseFunction MULTILABEL_SOFT_MARGIN =
      PointwiseFunction.binary(
          "multilabel_soft_margin_loss",
          INT_TO_FLOAT,
          (t, x) -> t.mul(x.logsigmoid()).add(t.neg().add(1).mul(x.neg().logsigmoid())).neg());

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("kl_div")) {
        t.add(
            named("kl_div")
                .overload(
                    "(Tensor self, Tensor target, str reduction='mean', *, bool log_target=False)",
                    LossCall.Divergence.class,
                    ElementLosses::klDiv)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.uniform(0.1, 0.9, 2, 3)),
                            sample(s.tensor(3), s.uniform(0.1, 0.9, 2, 3), "none"),
                            sample(s.tensor(2, 3), s.uniform(0.1, 0.9, 2, 3), "batchmean"),
                            sample(s.tensor(), s.uniform(0.1, 0.9), "sum"))));
      }
      if (t.has("soft_margin_loss")) {
        t.add(
            named("soft_margin_loss")
                .overload(
                    "(Tensor self, Tensor target, str reduction='mean')",
                    NnCall.Loss.class,
                    ElementLosses::softMargin)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), signs(s, 2, 3)),
                            sample(s.tensor(), signs(s), "sum"),
                            sample(s.tensor(2, 3), signs(s, 3), "none"))));
      }
      if (t.has("hinge_embedding_loss")) {
        t.add(
            named("hinge_embedding_loss")
                .overload(
                    "(Tensor self, Tensor target, float margin=1.0, str reduction='mean')",
                    LossCall.Margin.class,
                    ElementLosses::hingeEmbedding)
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(-0.9, 0.9, 4, 3), signs(s, 4, 3)),
                            sample(s.uniform(1.1, 2, 3), signs(s, 3), 1.0, "none"),
                            sample(s.uniform(0.1, 0.4), signs(s), 0.5, "sum"))));
      }
      if (t.has("margin_ranking_loss")) {
        t.add(
            named("margin_ranking_loss")
                .overload(
                    "(Tensor input1, Tensor input2, Tensor target, float margin=0.0,"
                        + " str reduction='mean')",
                    LossCall.PairMargin.class,
                    ElementLosses::marginRanking)
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(1, 2, 4), s.uniform(-2, 0.9, 4), signs(s, 4)),
                            sample(
                                s.uniform(0, 0.2, 2, 3),
                                s.uniform(0, 0.2, 2, 1),
                                signs(s, 2, 3),
                                0.5,
                                "none"),
                            sample(s.uniform(1, 2), s.uniform(-2, 0.9), signs(s), 0.1, "sum"))));
      }
      if (t.has("poisson_nll_loss")) {
        t.add(
            named("poisson_nll_loss")
                .overload(
                    "(Tensor self, Tensor target, bool log_input=True, bool full=False,"
                        + " float eps=1e-8, str reduction='mean')",
                    LossCall.Poisson.class,
                    ElementLosses::poisson)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.uniform(1.1, 4, 2, 3)),
                            sample(s.tensor(3), s.uniform(1.1, 4, 2, 3), true, true),
                            sample(s.uniform(0.5, 2, 3), s.uniform(0.1, 0.9, 3), false, true),
                            sample(s.uniform(0.5, 2), s.uniform(1, 4), false, false, 0.1, "sum"))));
      }
      if (t.has("gaussian_nll_loss")) {
        t.add(
            named("gaussian_nll_loss")
                .overload(
                    "(Tensor self, Tensor target, Tensor var, bool full=False, float eps=1e-6,"
                        + " str reduction='mean')",
                    LossCall.Gaussian.class,
                    ElementLosses::gaussian)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2, 3), s.uniform(0.5, 2, 2, 3)),
                            sample(s.tensor(2, 3), s.tensor(3), s.uniform(0.5, 2, 2), true),
                            sample(
                                s.tensor(2, 3),
                                s.tensor(2, 3),
                                s.uniform(0.5, 2, 2, 1),
                                true,
                                1e-3,
                                "none"))));
      }
      if (t.has("multilabel_soft_margin_loss")) {
        t.add(
            named("multilabel_soft_margin_loss")
                .overload(
                    "(Tensor self, Tensor target, Tensor? weight=None, str reduction='mean')",
                    LossCall.Weighted.class,
                    ElementLosses::multilabelSoftMargin)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.uniform(0, 1, 2, 3)),
                            sample(s.tensor(3), s.uniform(0, 1, 3), null, "none"),
                            sample(s.tensor(2, 3), s.uniform(0, 1, 2, 3), s.tensor(3), "sum"))));
      }
    }
  }

  private ElementLosses() {}

  /** Some of 1 and −1. */
  private static Tensor signs(SampleSource s, long... size) {
    return s.integers(2, size).mul(2L).sub(1L);
  }

  // ---- formulas

  private static Expr hinge(Expr x, Expr target, Expr margin) {
    Expr zero = Expr.literal(x.type(), 0.0);
    Expr apart = Expr.select(target.ne(1.0), Reduced.atLeastZero(margin.sub(x)), zero);
    return apart.add(Expr.select(target.ne(-1.0), x, zero));
  }

  private static Expr beyond(Expr[] x, Expr margin) {
    return margin.sub(x[2].mul(x[0].sub(x[1])));
  }

  private static Expr passed(Expr[] x, Expr margin, Expr g) {
    return Expr.select(beyond(x, margin).ge(0.0), g, Expr.literal(g.type(), 0.0));
  }

  /** Stirling's approximation of {@code log(t!)}, for counts above 1. */
  private static Expr stirling(Expr t) {
    Expr term = t.mul(t.log()).sub(t).add(t.mul(2 * Math.PI).log().mul(0.5));
    return Expr.select(t.le(1.0), Expr.literal(t.type(), 0.0), term);
  }

  private static Expr gaussian(Expr[] x) {
    Expr difference = x[0].sub(x[1]);
    return x[2].log().add(difference.mul(difference).div(x[2])).mul(0.5);
  }

  // ---- calls

  private static Tensor klDiv(Tensor self, Tensor target, String reduction, boolean logTarget) {
    boolean batchMean = reduction.equals("batchmean");
    LossReduction kind = batchMean ? LossReduction.SUM : LossReduction.of(reduction);
    if (batchMean && self.dim() == 0) {
      throw new IndexException(
          "kl_div: reduction 'batchmean' needs a batch; the input has no dimension");
    }
    Tensor losses = (logTarget ? KL_DIV_LOG : KL_DIV).call(target, self);
    Tensor loss = Reduced.of(losses, kind);
    return batchMean && self.size(0) != 0 ? loss.div(self.size(0)) : loss;
  }

  private static Tensor softMargin(Tensor self, Tensor target, String reduction) {
    LossReduction kind = LossReduction.of(reduction);
    return Reduced.of(SOFT_MARGIN.call(self, target), kind);
  }

  private static Tensor hingeEmbedding(
      Tensor self, Tensor target, double margin, String reduction) {
    LossReduction kind = LossReduction.of(reduction);
    return Reduced.of(HINGE_EMBEDDING.call(self, target, Scalar.of(margin)), kind);
  }

  private static Tensor marginRanking(
      Tensor input1, Tensor input2, Tensor target, double margin, String reduction) {
    LossReduction kind = LossReduction.of(reduction);
    if (input1.dim() != input2.dim() || input1.dim() != target.dim()) {
      throw new ShapeException(
          "margin_ranking_loss : All input tensors should have same dimension but got sizes:"
              + " input1: torch.Size("
              + input1.shape()
              + "), input2: torch.Size("
              + input2.shape()
              + "), target: torch.Size("
              + target.shape()
              + ") ");
    }
    Tensor[] inputs = {input1, input2, target};
    return Reduced.of(MARGIN_RANKING.callAll(inputs, Scalar.of(margin)), kind);
  }

  private static Tensor poisson(
      Tensor self, Tensor target, boolean logInput, boolean full, double eps, String reduction) {
    LossReduction kind = LossReduction.of(reduction);
    Tensor losses = (logInput ? POISSON_OF_LOG : POISSON).call(target, self, Scalar.of(eps));
    return Reduced.of(full ? losses.add(STIRLING.call(target)) : losses, kind);
  }

  private static Tensor gaussian(
      Tensor self, Tensor target, Tensor variance, boolean full, double eps, String reduction) {
    Tensor var = fitted(variance, self.shape().toArray());
    LossReduction kind = LossReduction.of(reduction);
    if (Checks.any(var.lt(0L).any())) {
      throw new ArgumentException("var has negative entry/entries");
    }
    Tensor bounded = BOUNDED.call(var, Scalar.of(eps));
    Tensor losses = GAUSSIAN.callAll(new Tensor[] {self, target, bounded});
    return Reduced.of(full ? losses.add(0.5 * Math.log(2 * Math.PI)) : losses, kind);
  }

  /** A variance that broadcasts with the input: of its sizes, or one for its last dimension. */
  private static Tensor fitted(Tensor variance, long[] sizes) {
    long[] found = variance.shape().toArray();
    if (Arrays.equals(found, sizes)) {
      return variance;
    }
    if (sizes.length > 0) {
      long[] leading = Arrays.copyOf(sizes, sizes.length - 1);
      if (Arrays.equals(found, leading)) {
        return variance.unsqueeze(-1);
      }
      if (found.length == sizes.length
          && found[found.length - 1] == 1
          && Arrays.equals(Arrays.copyOf(found, leading.length), leading)) {
        return variance;
      }
    }
    throw new ShapeException(
        "var is of incorrect size: "
            + variance.shape()
            + " for an input of size "
            + Arrays.toString(sizes));
  }

  private static Tensor multilabelSoftMargin(
      Tensor self, Tensor target, @Nullable Tensor weight, String reduction) {
    LossReduction kind = LossReduction.of(reduction);
    if (self.dim() == 0) {
      throw new IndexException(
          "multilabel_soft_margin_loss: the input needs a dimension of classes, but has none");
    }
    Tensor losses = MULTILABEL_SOFT_MARGIN.call(target, self);
    Tensor weighted = weight == null ? losses : losses.mul(weight);
    return Reduced.of(weighted.sum(-1).div(self.size(-1)), kind);
  }
}
