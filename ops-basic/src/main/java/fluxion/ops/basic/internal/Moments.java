package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.ops.basic.StatisticsCall;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Covariances and correlations of variables, and slices of bounded norm. */
final class Moments {
  private static final int[] OBSERVATIONS = {1};

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("cov")) {
        t.add(
            named("cov")
                .overload(
                    "(Tensor self, *, int correction=1, Tensor? fweights=None,"
                        + " Tensor? aweights=None)",
                    StatisticsCall.Covariance.class,
                    Moments::cov)
                .samples(s -> List.of(sample(s.tensor(2, 4)), sample(s.tensor(3)))));
      }
      if (t.has("corrcoef")) {
        t.add(
            named("corrcoef")
                .overload("(Tensor self)", Call.Unary.class, Moments::corrcoef)
                .samples(s -> List.of(sample(s.tensor(2, 4)))));
      }
      if (t.has("renorm")) {
        t.add(
            named("renorm")
                .overload(
                    "(Tensor self, Scalar p, int dim, Scalar maxnorm)",
                    StatisticsCall.Renorm.class,
                    Moments::renorm)
                .samples(
                    s ->
                        List.of(
                            sample(s.uniform(1, 2, 2, 3), 2, 0, 1),
                            sample(s.uniform(1, 2, 2, 3), 1.5, -1, 0.5),
                            sample(s.uniform(0.1, 0.2, 2, 3), 2, 0, 1))));
      }
      if (t.has("renorm_")) {
        t.add(
            named("renorm_")
                .overload(
                    "(Tensor self, Scalar p, int dim, Scalar maxnorm)",
                    StatisticsCall.Renorm.class,
                    (self, p, dim, maxnorm) ->
                        Overwriting.store(self, x -> renorm(x, p, dim, maxnorm))));
      }
    }
  }

  private Moments() {}

  private static Tensor variables(String name, Tensor self) {
    if (self.dim() > 2) {
      throw new ShapeException(
          name
              + "(): expected input to have two or fewer dimensions but got an input with "
              + self.dim()
              + " dimensions");
    }
    if (self.dtype() == DType.BOOL) {
      throw new DTypeException(name + "(): bool dtype is not supported for input");
    }
    Tensor x = self.dtype().isFloatingPoint() ? self : self.to(DType.FLOAT32);
    return self.dim() < 2 ? x.reshape(1, self.numel()) : x;
  }

  private static Tensor weights(String name, Tensor weights, Tensor x) {
    if (weights.dim() > 1) {
      throw new ShapeException(
          "cov(): expected "
              + name
              + " to have one or fewer dimensions but got "
              + name
              + " with "
              + weights.dim()
              + " dimensions");
    }
    if (weights.numel() != x.size(1)) {
      throw new ShapeException(
          "cov(): expected "
              + name
              + " to have the same numel as there are observations in the input but got "
              + weights.numel()
              + " != "
              + x.size(1));
    }
    if (weights.numel() > 0 && weights.detach().min().item() < 0) {
      throw new ArgumentException("cov(): " + name + " cannot be negative");
    }
    return weights.to(x.dtype()).reshape(1, x.size(1));
  }

  static Tensor cov(
      Tensor self, long correction, @Nullable Tensor fweights, @Nullable Tensor aweights) {
    Tensor x = variables("cov", self);
    Tensor often = fweights == null ? null : weights("fweights", fweights, x);
    Tensor heavy = aweights == null ? null : weights("aweights", aweights, x);
    Tensor weights = often == null ? heavy : heavy == null ? often : often.mul(heavy);
    Tensor covariances;
    if (weights == null) {
      Tensor centred = x.sub(x.mean(OBSERVATIONS, true));
      double count = Math.max(0, x.size(1) - correction);
      covariances = centred.mm(centred.t()).div(count);
    } else {
      Tensor total = weights.sum();
      Tensor centred = x.sub(x.mul(weights).sum(OBSERVATIONS, true).div(total));
      Tensor taken = heavy == null ? Tensors.onesLike(total) : weights.mul(heavy).sum().div(total);
      Tensor count = total.sub(taken.mul(correction)).clampMin(0L);
      covariances = centred.mul(weights).mm(centred.t()).div(count);
    }
    return covariances.numel() == 1 ? covariances.reshape() : covariances;
  }

  /** Covariances divided by both deviations, held between −1 and 1 as in PyTorch. */
  static Tensor corrcoef(Tensor self) {
    Tensor x = variables("corrcoef", self);
    Tensor covariances = cov(self, 1, null, null);
    if (covariances.dim() == 0) {
      return covariances.div(covariances);
    }
    Tensor deviations = x.std(OBSERVATIONS, true, true);
    return covariances.div(deviations).div(deviations.t()).clamp(-1, 1);
  }

  /** The factor leaves norms up to the bound as they are. */
  static Tensor renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) {
    if (!(p.toDouble() > 0)) {
      throw new ArgumentException("renorm: non-positive-norm not supported");
    }
    if (maxnorm.toDouble() < 0) {
      throw new ArgumentException(
          "renorm: expected maxnorm to be >= 0 but got " + Refusals.shown(maxnorm.toDouble()));
    }
    if (self.dim() < 2) {
      throw new ShapeException(
          "renorm: input needs at least 2 dimensions, got " + self.dim() + "dimensions");
    }
    int d = self.shape().wrap(dim);
    int[] others = IntStream.range(0, self.dim()).filter(i -> i != d).toArray();
    double bound = maxnorm.toDouble();
    Tensor norm = Norm.norm(self, p, others, true, null);
    Tensor factor = norm.add(1e-7).reciprocal().mul(bound);
    return self.mul(factor.where(norm.gt(bound), 1.0));
  }
}
