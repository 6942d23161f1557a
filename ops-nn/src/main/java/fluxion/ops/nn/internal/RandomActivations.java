package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.nn.ActivationCall;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dropout and activations with noise. They draw from the generator as PyTorch does, so that a seed
 * gives the numbers that it gives there. What samples draw decides nothing.
 */
final class RandomActivations {
  private static final double ALPHA = 1.7580993408473766;

  private static final String DROPOUT = "(Tensor self, float p=0.5, bool training=True)";
  private static final String RRELU =
      "(Tensor self, float lower=0.125, float upper=0.3333333333333333, bool training=False)";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("dropout")) {
        t.add(dropout("dropout", RandomActivations::dropout));
      }
      if (t.has("feature_dropout")) {
        t.add(dropout("feature_dropout", RandomActivations::featureDropout));
      }
      if (t.has("dropout1d")) {
        t.add(dropout("dropout1d", (self, p, on) -> channels("dropout1d", 1, self, p, on)));
      }
      if (t.has("dropout2d")) {
        t.add(dropout("dropout2d", (self, p, on) -> channels("dropout2d", 2, self, p, on)));
      }
      if (t.has("dropout3d")) {
        t.add(dropout("dropout3d", (self, p, on) -> channels("dropout3d", 3, self, p, on)));
      }
      if (t.has("dropout_")) {
        t.add(inPlace("dropout_", RandomActivations::dropout));
      }
      if (t.has("feature_dropout_")) {
        t.add(inPlace("feature_dropout_", RandomActivations::featureDropout));
      }
      if (t.has("alpha_dropout_")) {
        t.add(inPlace("alpha_dropout_", RandomActivations::alphaDropout));
      }
      if (t.has("feature_alpha_dropout_")) {
        t.add(inPlace("feature_alpha_dropout_", RandomActivations::featureAlphaDropout));
      }
      if (t.has("alpha_dropout")) {
        t.add(dropout("alpha_dropout", RandomActivations::alphaDropout));
      }
      if (t.has("feature_alpha_dropout")) {
        t.add(dropout("feature_alpha_dropout", RandomActivations::featureAlphaDropout));
      }
      if (t.has("rrelu")) {
        t.add(
            named("rrelu")
                .overload(RRELU, ActivationCall.RandomSlope.class, RandomActivations::rrelu)
                .samples(s -> List.of(sample(s.tensor(2, 3)), sample(s.tensor(3), 0.1, 0.5, false)))
                .singularAt(SingularPoints.at(0)));
      }
      if (t.has("rrelu_")) {
        t.add(
            named("rrelu_")
                .overload(
                    RRELU,
                    ActivationCall.RandomSlope.class,
                    (self, lower, upper, training) ->
                        self.copy_(rrelu(kept(self), lower, upper, training))));
      }
      if (t.has("gumbel_softmax")) {
        t.add(
            named("gumbel_softmax")
                .overload(
                    "(Tensor logits, float tau=1.0, bool hard=False, float eps=1e-10, int dim=-1,"
                        + " Tensor? gumbels=None)",
                    ActivationCall.GumbelSoftmax.class,
                    RandomActivations::gumbelSoftmax)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), 1.0, false, 1e-10, -1L, s.tensor(2, 3)),
                            sample(
                                s.uniform(-0.5, 0.5, 3, 2),
                                0.5,
                                false,
                                1e-10,
                                0L,
                                s.uniform(-0.5, 0.5, 3, 2)))));
      }
    }
  }

  private RandomActivations() {}

  private static Operator dropout(String name, ActivationCall.Dropout implementation) {
    return named(name)
        .overload(DROPOUT, ActivationCall.Dropout.class, implementation)
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3, 4), 0.25, false), sample(s.tensor(3, 1, 2), 0.0, true)));
  }

  /** Writes what is left into the tensor, all of it where nothing is dropped. */
  private static Operator inPlace(String name, ActivationCall.Dropout implementation) {
    return named(name)
        .overload(
            DROPOUT,
            ActivationCall.Dropout.class,
            (self, p, training) -> {
              Tensor left = implementation.apply(kept(self), p, training);
              return self.copy_(left == self ? self.clone() : left);
            });
  }

  /** The elements that a gradient may need, before they are written over. */
  private static Tensor kept(Tensor self) {
    return self.requiresGrad() ? self.clone() : self;
  }

  private static void checkProbability(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new ArgumentException("dropout probability has to be between 0 and 1, but got p=" + p);
    }
  }

  private static Tensor dropout(Tensor self, double p, boolean training) {
    checkProbability(p);
    if (p == 0 || !training || self.numel() == 0) {
      return self;
    }
    return self.mul(noise(self, self.shape().toArray(), p));
  }

  private static Tensor featureDropout(Tensor self, double p, boolean training) {
    checkProbability(p);
    if (p == 0 || !training || self.numel() == 0) {
      return self;
    }
    return self.mul(noise(self, perFeature(self), p));
  }

  /** Zeros and, with probability {@code 1 − p}, {@code 1 / (1 − p)}; only zeros if p is 1. */
  private static Tensor noise(Tensor like, long[] sizes, double p) {
    Refusals.requireFloat("bernoulli_scalar_cpu_", like.dtype());
    Tensor kept = empty(like, sizes);
    return p == 1 ? kept : kept.bernoulli_(1 - p).div_(1 - p);
  }

  private static Tensor empty(Tensor like, long[] sizes) {
    return Tensors.zeros(TensorOptions.of(like.dtype()).device(like.device()), sizes);
  }

  private static long[] perFeature(Tensor self) {
    if (self.dim() < 2) {
      throw new ShapeException(
          "Feature dropout requires at least 2 dimensions in the input, got " + self.shape());
    }
    long[] sizes = new long[self.dim()];
    Arrays.fill(sizes, 1);
    sizes[0] = self.size(0);
    sizes[1] = self.size(1);
    return sizes;
  }

  /** Whole channels, of a batch or, for {@code dropout1d}, of one element of it. */
  private static Tensor channels(String name, int dims, Tensor self, double p, boolean training) {
    checkProbability(p);
    boolean single = dims == 1 && self.dim() == 2;
    if (self.dim() < 2 || (dims == 1 && self.dim() > 3)) {
      throw new ShapeException(
          name
              + ": Expected input of at least 2 dimensions, the first of which are batch and"
              + " channels, but received a "
              + self.dim()
              + "-D input, "
              + self.shape());
    }
    Tensor x = single ? self.unsqueeze(0) : self;
    Tensor result = featureDropout(x, p, training);
    return single ? result.squeeze(0) : result;
  }

  private static Tensor alphaDropout(Tensor self, double p, boolean training) {
    return alpha(self, self.shape().toArray(), p, training);
  }

  private static Tensor featureAlphaDropout(Tensor self, double p, boolean training) {
    boolean draws = training && p != 0 && self.numel() > 0;
    return alpha(self, draws ? perFeature(self) : new long[0], p, training);
  }

  /** Keeps mean and variance of what SELU gives: dropped elements become its least value. */
  private static Tensor alpha(Tensor self, long[] sizes, double p, boolean training) {
    checkProbability(p);
    if (p == 0 || !training || self.numel() == 0) {
      return self;
    }
    Refusals.requireFloat("bernoulli_scalar_cpu_", self.dtype());
    if (p == 1) {
      return self.mul(empty(self, sizes));
    }
    double a = 1 / Math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p));
    Tensor kept = empty(self, sizes).bernoulli_(1 - p);
    Tensor shift = kept.sub(1.0).mul(ALPHA * a).add(ALPHA * a * p);
    return self.mul(kept.mul(a)).add(shift);
  }

  private static Tensor rrelu(Tensor self, double lower, double upper, boolean training) {
    Refusals.requireFloat("rrelu", self.dtype());
    if (!(lower <= upper) || Double.isInfinite(lower) || Double.isInfinite(upper)) {
      throw new ArgumentException(
          "Lower bound should be less than or equal to the upper bound, but got lower="
              + lower
              + " and upper="
              + upper);
    }
    if (!training) {
      double slope = (lower + upper) / 2;
      return self.where(self.detach().gt(0), self.mul(slope));
    }
    Tensor slopes = empty(self, self.shape().toArray()).uniform_(lower, upper);
    return self.where(self.detach().gt(0), self.mul(slopes));
  }

  private static Tensor gumbelSoftmax(
      Tensor logits, double tau, boolean hard, double eps, int dim, @Nullable Tensor gumbels) {
    Refusals.requireFloat("gumbel_softmax", logits.dtype());
    int d = logits.shape().wrap(dim);
    if (!(tau > 0)) {
      throw new ArgumentException("gumbel_softmax: tau must be above 0, but got tau=" + tau);
    }
    Tensor noise =
        gumbels == null
            ? empty(logits, logits.shape().toArray()).exponential_().log().neg()
            : gumbels;
    Tensor soft = logits.add(noise).div(tau).softmax(d);
    if (!hard || logits.numel() == 0) {
      return soft;
    }
    Tensor sharp;
    try (var _ = Autograd.noGrad()) {
      Tensor largest = soft.dim() == 0 ? soft : soft.argmax(d, true);
      sharp = soft.dim() == 0 ? Tensors.onesLike(soft) : oneHot(soft, largest, d);
    }
    return sharp.sub(soft.detach()).add(soft);
  }

  private static Tensor oneHot(Tensor like, Tensor at, int dim) {
    long[] sizes = new long[like.dim()];
    Arrays.fill(sizes, 1);
    sizes[dim] = like.size(dim);
    TensorOptions options = TensorOptions.of(DType.INT64).device(like.device());
    Tensor classes =
        Tensors.arange(
            fluxion.api.Scalar.of(0L),
            fluxion.api.Scalar.of(like.size(dim)),
            fluxion.api.Scalar.of(1L),
            options);
    return classes.reshape(sizes).eq(at).to(like.dtype());
  }
}
