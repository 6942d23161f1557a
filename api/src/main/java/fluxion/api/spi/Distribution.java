package fluxion.api.spi;

/** What random numbers follow. Parameters are checked where numbers are drawn. */
public sealed interface Distribution {
  /**
   * Numbers of equal probability density; floating-point dtypes only.
   *
   * @param from the lower bound
   * @param to the upper bound, not reached but by rounding
   */
  record Uniform(double from, double to) implements Distribution {}

  /**
   * The normal distribution; floating-point dtypes only.
   *
   * @param mean the mean
   * @param std the standard deviation, at least 0
   */
  record Normal(double mean, double std) implements Distribution {}

  /**
   * The exponential distribution of density {@code rate · exp(-rate · x)}; floating-point dtypes
   * only.
   *
   * @param rate the inverse of the mean, above 0
   */
  record Exponential(double rate) implements Distribution {}

  /**
   * Ones and zeros.
   *
   * @param p the probability of a one
   */
  record Bernoulli(double p) implements Distribution {}

  /**
   * Integers of equal probability.
   *
   * @param low the least
   * @param high one more than the largest
   */
  record Integers(long low, long high) implements Distribution {}

  /**
   * Integers of equal probability from 0 to the dtype's largest value, or to the largest up to
   * which it holds every integer.
   */
  record AllIntegers() implements Distribution {}
}
