package fluxion.api;

import fluxion.api.spi.Distribution;
import fluxion.api.spi.Engines;
import fluxion.api.spi.RandomNumbers;

/** Makes random tensors, and seeds the generator that does: a part of {@link Tensors}. */
abstract sealed class RandomTensors permits Tensors {
  private static final TensorOptions DEFAULT = TensorOptions.DEFAULT;

  RandomTensors() {}

  private static RandomNumbers random() {
    return Engines.current().random();
  }

  static TensorOptions optionsOf(Tensor like) {
    return new TensorOptions(like.dtype(), like.device(), false);
  }

  /**
   * {@return numbers drawn uniformly from [0, 1)}
   *
   * @param size the sizes
   */
  public static Tensor rand(long... size) {
    return rand(DEFAULT, size);
  }

  /**
   * {@return numbers drawn uniformly from [0, 1)}
   *
   * @param options dtype, device and whether it requires a gradient
   * @param size the sizes
   */
  public static Tensor rand(TensorOptions options, long... size) {
    return random().draw(new Distribution.Uniform(0, 1), Shape.of(size), options);
  }

  /**
   * {@return numbers drawn from the standard normal distribution}
   *
   * @param size the sizes
   */
  public static Tensor randn(long... size) {
    return randn(DEFAULT, size);
  }

  /**
   * {@return numbers drawn from the standard normal distribution}
   *
   * @param options dtype, device and whether it requires a gradient
   * @param size the sizes
   */
  public static Tensor randn(TensorOptions options, long... size) {
    return random().draw(new Distribution.Normal(0, 1), Shape.of(size), options);
  }

  /**
   * {@return numbers drawn uniformly from [0, 1), of the shape, dtype and device of a tensor}
   *
   * @param like the tensor
   */
  public static Tensor randLike(Tensor like) {
    return random().draw(new Distribution.Uniform(0, 1), like.shape(), optionsOf(like));
  }

  /**
   * {@return numbers from the standard normal distribution, of the shape, dtype and device of a
   * tensor}
   *
   * @param like the tensor
   */
  public static Tensor randnLike(Tensor like) {
    return random().draw(new Distribution.Normal(0, 1), like.shape(), optionsOf(like));
  }

  /**
   * {@return numbers drawn from a normal distribution}
   *
   * @param mean the mean
   * @param std the standard deviation
   * @param size the sizes
   * @throws ArgumentException if the standard deviation is negative
   */
  public static Tensor normal(double mean, double std, long... size) {
    return normal(mean, std, DEFAULT, size);
  }

  /**
   * {@return numbers drawn from a normal distribution}
   *
   * @param mean the mean
   * @param std the standard deviation
   * @param options dtype, device and whether it requires a gradient
   * @param size the sizes
   * @throws ArgumentException if the standard deviation is negative
   */
  public static Tensor normal(double mean, double std, TensorOptions options, long... size) {
    return random().draw(new Distribution.Normal(mean, std), Shape.of(size), options);
  }

  /**
   * {@return random integers from a range, as int64}
   *
   * @param low the least
   * @param high one more than the largest
   * @param size the sizes
   * @throws ArgumentException if the range is empty
   */
  public static Tensor randint(long low, long high, long... size) {
    return randint(low, high, DEFAULT, size);
  }

  /**
   * {@return random integers from a range}
   *
   * @param low the least
   * @param high one more than the largest
   * @param options dtype (none: int64), device and whether it requires a gradient
   * @param size the sizes
   * @throws ArgumentException if the range is empty, or beyond the integers that the dtype holds
   */
  public static Tensor randint(long low, long high, TensorOptions options, long... size) {
    return random().draw(new Distribution.Integers(low, high), Shape.of(size), options);
  }

  /**
   * {@return random integers from a range, of the shape, dtype and device of a tensor}
   *
   * @param like the tensor
   * @param low the least
   * @param high one more than the largest
   * @throws ArgumentException if the range is empty, or beyond the integers that the dtype holds
   */
  public static Tensor randintLike(Tensor like, long low, long high) {
    return random().draw(new Distribution.Integers(low, high), like.shape(), optionsOf(like));
  }

  /**
   * {@return a random permutation of the integers from 0 up to a bound, as int64}
   *
   * @param n the bound
   */
  public static Tensor randperm(long n) {
    return randperm(n, DEFAULT);
  }

  /**
   * {@return a random permutation of the integers from 0 up to a bound}
   *
   * @param n the bound
   * @param options dtype (none: int64), device and whether it requires a gradient
   * @throws ArgumentException if the bound is negative, or the dtype does not hold the integers
   */
  public static Tensor randperm(long n, TensorOptions options) {
    return random().permutation(n, options);
  }

  /**
   * Seeds the generator behind all random tensors.
   *
   * @param seed the seed; its low 32 bits count
   */
  public static void manualSeed(long seed) {
    random().seed(seed);
  }

  /** {@return the seed from which the generator's stream started} */
  public static long initialSeed() {
    return random().initialSeed();
  }

  /** {@return the generator's state, in the bytes of PyTorch's {@code get_rng_state}} */
  public static byte[] rngState() {
    return random().state();
  }

  /**
   * Lets the generator continue from a saved state.
   *
   * @param state what {@link #rngState} returned
   * @throws FormatException if the bytes are no state; nothing is changed then
   */
  public static void setRngState(byte[] state) {
    random().restore(state);
  }
}
