package fluxion.api;

import fluxion.api.spi.Distribution;
import fluxion.api.spi.Engines;

/**
 * Random numbers in place, drawn from the generator that {@link Tensors#manualSeed} seeds.
 *
 * <p>The elements are drawn in row-major order, so that the same seed gives the same values
 * whatever the tensor's strides. For automatic differentiation each is an operation of its own,
 * through which no gradient flows.
 */
public sealed interface RandomInPlace permits Tensor {
  private Tensor fill(Distribution distribution) {
    return Engines.current().random().fill((Tensor) this, distribution);
  }

  /**
   * Sets every element to a number drawn uniformly from [0, 1), in place.
   *
   * @return this tensor
   * @throws DTypeException if the elements are not floating-point numbers
   */
  default Tensor uniform_() {
    return uniform_(0, 1);
  }

  /**
   * Sets every element to a number drawn uniformly from [from, to), in place.
   *
   * @param from the lower bound
   * @param to the upper bound, not reached but by rounding
   * @return this tensor
   * @throws ArgumentException if the bounds are out of order
   * @throws DTypeException if the elements are not floating-point numbers
   */
  default Tensor uniform_(double from, double to) {
    return fill(new Distribution.Uniform(from, to));
  }

  /**
   * Sets every element to a number from the standard normal distribution, in place.
   *
   * @return this tensor
   * @throws DTypeException if the elements are not floating-point numbers
   */
  default Tensor normal_() {
    return normal_(0, 1);
  }

  /**
   * Sets every element to a number from a normal distribution, in place.
   *
   * @param mean the mean
   * @param std the standard deviation
   * @return this tensor
   * @throws ArgumentException if the standard deviation is negative
   * @throws DTypeException if the elements are not floating-point numbers
   */
  default Tensor normal_(double mean, double std) {
    return fill(new Distribution.Normal(mean, std));
  }

  /**
   * Sets every element to a number from the exponential distribution of mean 1, in place.
   *
   * @return this tensor
   * @throws DTypeException if the elements are not floating-point numbers
   */
  default Tensor exponential_() {
    return exponential_(1);
  }

  /**
   * Sets every element to a number from an exponential distribution, in place.
   *
   * @param rate the inverse of the mean
   * @return this tensor
   * @throws ArgumentException if the rate is not above 0
   * @throws DTypeException if the elements are not floating-point numbers
   */
  default Tensor exponential_(double rate) {
    return fill(new Distribution.Exponential(rate));
  }

  /**
   * Sets every element to 1 or 0, each with probability 1/2, in place.
   *
   * @return this tensor
   */
  default Tensor bernoulli_() {
    return bernoulli_(0.5);
  }

  /**
   * Sets every element to 1 or 0, in place.
   *
   * @param p the probability of a 1
   * @return this tensor
   * @throws ArgumentException if the probability is not in [0, 1]
   */
  default Tensor bernoulli_(double p) {
    return fill(new Distribution.Bernoulli(p));
  }

  /**
   * Sets every element to a random integer from 0 to the dtype's largest value, or to the largest
   * up to which it holds every integer, in place.
   *
   * @return this tensor
   */
  default Tensor random_() {
    return fill(new Distribution.AllIntegers());
  }

  /**
   * Sets every element to a random integer from 0 up to a bound, in place.
   *
   * @param to the bound, above 0
   * @return this tensor
   * @throws ArgumentException if the range is empty, or beyond the integers that the dtype holds
   */
  default Tensor random_(long to) {
    return random_(0, to);
  }

  /**
   * Sets every element to a random integer from a range, in place.
   *
   * @param from the least
   * @param to one more than the largest
   * @return this tensor
   * @throws ArgumentException if the range is empty, or beyond the integers that the dtype holds
   */
  default Tensor random_(long from, long to) {
    return fill(new Distribution.Integers(from, to));
  }
}
