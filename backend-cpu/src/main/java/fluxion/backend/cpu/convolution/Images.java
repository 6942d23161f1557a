package fluxion.backend.cpu.convolution;

/**
 * Images in an array: element {@code (n, c, z, y, x)} lies at {@code offset} plus each index times
 * its stride.
 *
 * @param array a {@code float[]} or {@code double[]}
 * @param offset where the first element lies
 * @param count how many images there are
 * @param image the step from image to image
 * @param channel the step from channel to channel
 * @param depth the step from plane to plane
 * @param row the step from row to row
 * @param column the step from element to element of a row
 */
public record Images(
    Object array, int offset, int count, int image, int channel, int depth, int row, int column) {
  /** {@return the images from a channel on} */
  Images from(int first) {
    return new Images(array, offset + first * channel, count, image, channel, depth, row, column);
  }

  /** {@return one image alone} */
  Images only(int number) {
    return new Images(array, offset + number * image, 1, image, channel, depth, row, column);
  }

  /** {@return contiguous images, each channel as one row} */
  static Images ofRows(Object array, int offset, int count, int channels, int elements) {
    return new Images(array, offset, count, channels * elements, elements, 0, 0, 1);
  }
}
