package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator.Sample;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.ops.nn.LossCall;
import fluxion.ops.nn.LossReduction;
import fluxion.ops.nn.NnCall;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Losses of distances and of scores, which ask for a margin between right and wrong. */
final class MarginLosses {
  /** What is added to squared lengths, as in PyTorch. */
  private static final double EPSILON = 1e-12;

  /** Of the products x·y, x·x, y·y and the target: 1 − cos, or what cos exceeds the margin by. */
  private static final PointwiseFunction COSINE =
      PointwiseFunction.of("cosine_embedding_loss", 4, 1, INT_TO_FLOAT, MarginLosses::cosine);

  private static final PointwiseFunction TRIPLET =
      PointwiseFunction.of(
          "triplet_margin_loss",
          2,
          1,
          INT_TO_FLOAT,
          (x, s) -> Reduced.atLeastZero(s[0].add(x[0]).sub(x[1])));

  // Of a score, the right score and whether the score does not count.
  private static final PointwiseFunction EXCESS =
      PointwiseFunction.of("multi_margin_loss", 3, 1, INT_TO_FLOAT, MarginLosses::excess);
  private static final PointwiseFunction SQUARED_EXCESS =
      PointwiseFunction.of(
          "multi_margin_loss",
          3,
          1,
          INT_TO_FLOAT,
          (x, s) -> {
            Expr excess = excess(x, s);
            return excess.mul(excess);
          });

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("cosine_embedding_loss")) {
        t.add(
            named("cosine_embedding_loss")
                .overload(
                    "(Tensor input1, Tensor input2, Tensor target, float margin=0.0,"
                        + " str reduction='mean')",
                    LossCall.PairMargin.class,
                    MarginLosses::cosineEmbedding)
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(0.5, 1, 2, 3), s.uniform(0.5, 1, 2, 3), sign(s, 2)),
                            sample(
                                s.uniform(0.5, 1, 2, 3),
                                s.uniform(0.5, 1, 2, 3),
                                sign(s, 2),
                                0.2,
                                "none"),
                            sample(
                                s.uniform(0.5, 1, 3), s.uniform(0.5, 1, 3), sign(s), 0, "sum"))));
      }
      if (t.has("triplet_margin_loss")) {
        t.add(
            named("triplet_margin_loss")
                .overload(
                    "(Tensor anchor, Tensor positive, Tensor negative, float margin=1.0,"
                        + " float p=2.0, float eps=1e-06, bool swap=False, str reduction='mean')",
                    LossCall.Triplet.class,
                    MarginLosses::triplet)
                .samples(MarginLosses::triplets));
      }
      if (t.has("triplet_margin_with_distance_loss")) {
        t.add(
            named("triplet_margin_with_distance_loss")
                .overload(
                    "(Tensor anchor, Tensor positive, Tensor negative, *, float margin=1.0,"
                        + " bool swap=False, str reduction='mean')",
                    LossCall.TripletDistance.class,
                    (anchor, positive, negative, margin, swap, reduction) ->
                        triplet(anchor, positive, negative, margin, 2, 1e-6, swap, reduction))
                .samples(s -> triplets(s).stream().map(MarginLosses::three).toList()));
      }
      if (t.has("multi_margin_loss")) {
        t.add(
            named("multi_margin_loss")
                .overload(
                    "(Tensor self, Tensor target, Scalar p=1, Scalar margin=1,"
                        + " Tensor? weight=None, str reduction='mean')",
                    LossCall.MultiMargin.class,
                    MarginLosses::multiMargin)
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(0, 0.4, 2, 3), s.integers(3, 2)),
                            sample(s.uniform(0, 0.4, 3), s.integers(3), 2),
                            sample(
                                s.uniform(0, 0.4, 2, 3),
                                s.integers(3, 2),
                                2,
                                0.5,
                                s.uniform(0.5, 2, 3).detach(),
                                "none"))));
      }
      if (t.has("multilabel_margin_loss")) {
        t.add(
            named("multilabel_margin_loss")
                .overload(
                    "(Tensor self, Tensor target, str reduction='mean')",
                    NnCall.Loss.class,
                    MarginLosses::multilabelMargin)
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(0, 0.4, 2, 3), s.integers(3, 2, 3).sub(1L)),
                            sample(s.uniform(0, 0.4, 3), s.integers(3, 3), "sum"),
                            sample(s.uniform(0, 0.4, 2, 3), s.integers(3, 2, 3), "none"))));
      }
    }
  }

  private MarginLosses() {}

  private static Tensor sign(SampleSource s, long... size) {
    return s.integers(2, size).mul(2L).sub(1L);
  }

  private static List<Sample> triplets(SampleSource s) {
    return List.of(
        sample(s.uniform(0, 1, 2, 3), s.uniform(2, 3, 2, 3), s.uniform(-1, -0.5, 2, 3)),
        sample(
            s.uniform(0, 1, 2, 3),
            s.uniform(2, 3, 1, 3),
            s.uniform(-0.5, -0.1, 2, 3),
            3.0,
            3.0,
            1e-6,
            true,
            "none"),
        sample(s.uniform(0, 1, 3), s.uniform(2, 3, 3), s.uniform(-0.5, -0.1, 3), 2.0, 1.0));
  }

  private static Sample three(Sample sample) {
    return new Sample(sample.arguments().subList(0, 3));
  }

  // ---- cosine embedding

  private static Expr cosine(Expr[] x, Expr[] s) {
    Expr zero = Expr.literal(x[0].type(), 0.0);
    Expr cosine = x[0].div(x[1].add(EPSILON).mul(x[2].add(EPSILON)).sqrt());
    Expr alike = Expr.select(x[3].eq(1.0), cosine.neg().add(1.0), zero);
    Expr apart = Expr.select(x[3].eq(-1.0), Reduced.atLeastZero(cosine.sub(s[0])), zero);
    return alike.add(apart);
  }

  private static Tensor cosineEmbedding(
      Tensor input1, Tensor input2, Tensor target, double margin, String reduction) {
    LossReduction kind = LossReduction.of(reduction);
    int dim = target.dim();
    if (dim > 1) {
      throw new ShapeException("0D or 1D target tensor expected, multi-target not supported");
    }
    if (input1.dim() != dim + 1) {
      throw new ShapeException(
          dim
              + "D target tensor expect"
              + (dim == 1 ? "s 2D" : "s 1D")
              + " input tensors, but found inputs with sizes "
              + input1.shape()
              + " and "
              + input2.shape()
              + ".");
    }
    Tensor x = Reduced.wide(input1);
    Tensor y = Reduced.wide(input2);
    Tensor[] products = {x.mul(y).sum(dim), x.mul(x).sum(dim), y.mul(y).sum(dim), target};
    Tensor losses = COSINE.callAll(products, Scalar.of(margin));
    return Reduced.narrowed(Reduced.of(losses, kind), input1, input2, target);
  }

  // ---- triplet margin

  private static Tensor triplet(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      double margin,
      double p,
      double eps,
      boolean swap,
      String reduction) {
    LossReduction kind = LossReduction.of(reduction);
    if (anchor.dim() != positive.dim() || anchor.dim() != negative.dim()) {
      // Examples broadcast against anchors, but a batch against one sequence is a mistake.
      throw new ShapeException(
          "The anchor, positive, and negative tensors are expected to have the same number of"
              + " dimensions, but got: anchor "
              + anchor.dim()
              + "D, positive "
              + positive.dim()
              + "D, and negative "
              + negative.dim()
              + "D inputs");
    }
    Tensor a = Reduced.wide(anchor);
    Tensor near = distance(a, Reduced.wide(positive), p, eps);
    Tensor far = distance(a, Reduced.wide(negative), p, eps);
    if (swap) {
      far = far.minimum(distance(Reduced.wide(positive), Reduced.wide(negative), p, eps));
    }
    Tensor losses = TRIPLET.call(near, far, Scalar.of(margin));
    return Reduced.narrowed(Reduced.of(losses, kind), anchor, positive, negative);
  }

  private static Tensor distance(Tensor x, Tensor y, double p, double eps) {
    return x.sub(y).add(eps).norm(p, new int[] {-1}, false);
  }

  // ---- margins between classes

  private static Expr excess(Expr[] x, Expr[] s) {
    Expr zero = Expr.literal(x[0].type(), 0.0);
    Expr excess = Reduced.positivePart(s[0].sub(x[1]).add(x[0]));
    return Expr.select(x[2].ne(0.0), zero, excess);
  }

  private static void checkScores(Tensor self) {
    int dim = self.dim();
    boolean fits = dim <= 1 ? self.numel() > 0 : dim == 2 && self.size(1) != 0;
    if (!fits) {
      throw new ShapeException(
          "Expected non-empty vector or matrix with optional 0-dim batch size, but got: "
              + self.shape());
    }
  }

  private static void checkClasses(Tensor target, long least, long classes, String message) {
    if (target.numel() > 0 && Checks.any(target.lt(least).logicalOr(target.ge(classes)).any())) {
      throw new IndexException(
          message + "; there are " + classes + " classes, and classes " + target + " were given");
    }
  }

  private static Tensor classes(long count, Tensor like) {
    TensorOptions options = TensorOptions.of(DType.INT64).device(like.device());
    return Tensors.arange(Scalar.of(0), Scalar.of(count), Scalar.of(1), options);
  }

  private static Tensor multiMargin(
      Tensor self,
      Tensor target,
      Scalar p,
      Scalar margin,
      @Nullable Tensor weight,
      String reduction) {
    LossReduction kind = LossReduction.of(reduction);
    double power = p.toDouble();
    if (power != 1 && power != 2) {
      throw new ArgumentException("only p == 1 and p == 2 supported, got " + p);
    }
    checkScores(self);
    long rows = self.dim() == 2 ? self.size(0) : 1;
    long count = self.dim() == 2 ? self.size(1) : self.numel();
    if (target.dim() > 1 || target.numel() != rows) {
      throw new ShapeException(
          "inconsistent target size, expected " + rows + " but got " + target.shape());
    }
    if (weight != null && weight.numel() != count) {
      throw new ShapeException(
          "inconsistent weight size, expected " + count + " but got " + weight.shape());
    }
    ClassLosses.refuseGradient("multi_margin_loss", "weight", weight);
    checkClasses(target, 0, count, "target out of range");
    Tensor scores = self.reshape(rows, count);
    Tensor right = target.to(DType.INT64).reshape(rows, 1);
    Tensor[] inputs = {scores, scores.gather(1, right), right.eq(classes(count, self))};
    Tensor excess = (power == 1 ? EXCESS : SQUARED_EXCESS).callAll(inputs, margin);
    Tensor losses = excess.sum(1).div(count);
    if (weight != null) {
      losses = losses.mul(weight.reshape(count).gather(0, right.reshape(rows)));
    }
    Tensor loss = Reduced.of(losses, kind);
    return kind == LossReduction.NONE && target.dim() == 0 ? loss.reshape() : loss;
  }

  private static Tensor multilabelMargin(Tensor self, Tensor target, String reduction) {
    LossReduction kind = LossReduction.of(reduction);
    checkScores(self);
    if (!Arrays.equals(target.shape().toArray(), self.shape().toArray())) {
      throw new ShapeException(
          "inconsistent target size: " + target.shape() + " for input of size: " + self.shape());
    }
    long rows = self.dim() == 2 ? self.size(0) : 1;
    long count = self.dim() == 2 ? self.size(1) : self.numel();
    checkClasses(target, -1, count, "argument #2 'target' is out of range");
    Tensor scores = self.reshape(rows, count);
    Tensor labels = target.to(DType.INT64).reshape(rows, count);
    Tensor all = classes(count, self);
    Tensor ends = labels.lt(0L).to(DType.INT64);
    // The first end, or the number of classes where there is none.
    Tensor used = ends.argmax(1, true).add(ends.amax(new int[] {1}, true).rsub(1).mul(count));
    long longest = rows == 0 ? 0 : used.max().itemLong();
    Tensor some = labels.slice(1, 0, longest);
    Tensor counts = all.slice(0, 0, longest).lt(used);
    Tensor given = some.unsqueeze(-1).eq(all).logicalAnd(counts.unsqueeze(-1));
    Tensor isGiven = given.sum(1).ne(0L).unsqueeze(1);
    Tensor[] inputs = {
      scores.unsqueeze(1),
      scores.gather(1, some.maximum(Tensors.zerosLike(some))).unsqueeze(-1),
      isGiven.logicalOr(counts.logicalNot().unsqueeze(-1))
    };
    Tensor losses = EXCESS.callAll(inputs, Scalar.of(1.0)).sum(1, 2).div(count);
    Tensor loss = Reduced.of(losses, kind);
    return kind == LossReduction.NONE && target.dim() <= 1 ? loss.reshape() : loss;
  }
}
