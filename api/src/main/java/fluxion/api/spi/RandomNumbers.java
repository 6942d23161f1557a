package fluxion.api.spi;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;

/**
 * Draws random tensors from one generator that all threads share. The elements are drawn in
 * row-major order, whatever the tensor's strides.
 */
public interface RandomNumbers {
  /**
   * {@return a new tensor of random numbers}
   *
   * @param distribution what they follow
   * @param shape the shape
   * @param options dtype (none: int64 for integers, else float32), device and whether the tensor
   *     requires a gradient
   */
  Tensor draw(Distribution distribution, Shape shape, TensorOptions options);

  /**
   * Replaces every element by a random number, in place.
   *
   * @param self the tensor
   * @param distribution what the numbers follow
   * @return the tensor
   */
  Tensor fill(Tensor self, Distribution distribution);

  /**
   * {@return a random permutation of {@code 0 … n − 1}}
   *
   * @param n how many numbers
   * @param options dtype (none: int64) and device
   */
  Tensor permutation(long n, TensorOptions options);

  /**
   * Starts the stream anew.
   *
   * @param seed the seed; its low 32 bits count
   */
  void seed(long seed);

  /** {@return the seed from which the stream started} */
  long initialSeed();

  /** {@return the generator's state, in the bytes of PyTorch's {@code get_rng_state}} */
  byte[] state();

  /**
   * Continues from a saved state.
   *
   * @param state what {@link #state} returned
   * @throws fluxion.api.FormatException if the bytes are no state; nothing is changed then
   */
  void restore(byte[] state);
}
