package fluxion.ops.basic;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** Forms of call of reductions and statistics, beyond those of {@link fluxion.api.spi.Call}. */
public final class StatisticsCall {
  private StatisticsCall() {}

  /** A reduction over one dimension or all. */
  @FunctionalInterface
  public interface OneOrAll {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param dim the dimension, or null for all
     * @param keepdim whether reduced dimensions stay with size 1
     */
    Tensor apply(Tensor self, @Nullable Integer dim, boolean keepdim);
  }

  /** A count over some dimensions. */
  @FunctionalInterface
  public interface Count {
    /**
     * {@return the counts}
     *
     * @param self the tensor
     * @param dim the dimensions, or null for all
     */
    Tensor apply(Tensor self, int @Nullable [] dim);
  }

  /** A distance of two tensors. */
  @FunctionalInterface
  public interface Distance {
    /**
     * {@return the distance}
     *
     * @param self a tensor
     * @param other another
     * @param p the order of the norm
     */
    Tensor apply(Tensor self, Tensor other, Scalar p);
  }

  /** Differences of neighbours along a dimension. */
  @FunctionalInterface
  public interface Diff {
    /**
     * {@return the differences}
     *
     * @param self the tensor
     * @param n how many times differences are taken
     * @param dim the dimension
     * @param prepend what is put before the tensor, or null
     * @param append what is put after it, or null
     */
    Tensor apply(Tensor self, long n, int dim, @Nullable Tensor prepend, @Nullable Tensor append);
  }

  /** One quantile. */
  @FunctionalInterface
  public interface Quantile {
    /**
     * {@return the quantile}
     *
     * @param self the tensor
     * @param q which quantile, from 0 to 1
     * @param dim the dimension, or null for all
     * @param keepdim whether reduced dimensions stay with size 1
     * @param interpolation {@code linear}, {@code lower}, {@code higher}, {@code midpoint} or
     *     {@code nearest}
     */
    Tensor apply(
        Tensor self, double q, @Nullable Integer dim, boolean keepdim, String interpolation);
  }

  /** Several quantiles. */
  @FunctionalInterface
  public interface Quantiles {
    /**
     * {@return the quantiles, along a dimension that comes first}
     *
     * @param self the tensor
     * @param q which quantiles, from 0 to 1; of one dimension or none
     * @param dim the dimension, or null for all
     * @param keepdim whether reduced dimensions stay with size 1
     * @param interpolation {@code linear}, {@code lower}, {@code higher}, {@code midpoint} or
     *     {@code nearest}
     */
    Tensor apply(
        Tensor self, Tensor q, @Nullable Integer dim, boolean keepdim, String interpolation);
  }

  /** How often each integer occurs. */
  @FunctionalInterface
  public interface Bincount {
    /**
     * {@return the counts, or the sums of weights}
     *
     * @param self integers, none negative
     * @param weights what each counts, or null for 1
     * @param minlength the least number of counts
     */
    Tensor apply(Tensor self, @Nullable Tensor weights, long minlength);
  }

  /** A histogram. */
  @FunctionalInterface
  public interface Histogram {
    /**
     * {@return the counts}
     *
     * @param self the tensor
     * @param bins how many bins of equal width
     * @param min the lower end
     * @param max the upper end; where both are equal the tensor's own ends are taken
     */
    Tensor apply(Tensor self, long bins, Scalar min, Scalar max);
  }

  /** The covariances of variables, of which each row is one. */
  @FunctionalInterface
  public interface Covariance {
    /**
     * {@return the matrix of covariances}
     *
     * @param self variables in rows, observations in columns
     * @param correction what is taken off the number of observations
     * @param fweights how often each observation was made, or null for once
     * @param aweights the weight of each observation, or null for 1
     */
    Tensor apply(
        Tensor self, long correction, @Nullable Tensor fweights, @Nullable Tensor aweights);
  }

  /** Slices of bounded norm. */
  @FunctionalInterface
  public interface Renorm {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param p the order of the norm
     * @param dim the dimension of which slices are taken
     * @param maxnorm the largest norm that a slice keeps
     */
    Tensor apply(Tensor self, Scalar p, int dim, Scalar maxnorm);
  }

  /** An integral over samples at given places. */
  @FunctionalInterface
  public interface Trapezoid {
    /**
     * {@return the integral}
     *
     * @param y the values
     * @param x where they are
     * @param dim the dimension
     */
    Tensor apply(Tensor y, Tensor x, int dim);
  }

  /** An integral over evenly spaced samples. */
  @FunctionalInterface
  public interface EvenTrapezoid {
    /**
     * {@return the integral}
     *
     * @param y the values
     * @param dx their distance
     * @param dim the dimension
     */
    Tensor apply(Tensor y, Scalar dx, int dim);
  }
}
