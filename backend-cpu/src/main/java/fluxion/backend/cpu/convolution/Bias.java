package fluxion.backend.cpu.convolution;

/**
 * What is added to each channel.
 *
 * @param array a {@code float[]} or {@code double[]}
 * @param offset where the first channel's is
 * @param step the step from channel to channel
 */
public record Bias(Object array, int offset, int step) {
  /** {@return that of the channels from one on} */
  Bias from(int channel) {
    return new Bias(array, offset + channel * step, step);
  }
}
