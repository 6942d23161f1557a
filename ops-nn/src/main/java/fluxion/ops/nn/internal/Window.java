package fluxion.ops.nn.internal;

/**
 * How windows slide along one dimension: window {@code o} holds the elements {@code o · stride + k
 * · dilation − padding} for {@code k} from 0 to {@code kernel − 1}, of which those outside the
 * tensor count as zero.
 *
 * @param size the number of elements
 * @param kernel the number of elements of a window
 * @param stride the step from one window to the next
 * @param padding how many elements the first window starts before the first element
 * @param dilation the step from one element of a window to the next
 * @param output the number of windows
 */
record Window(long size, long kernel, long stride, long padding, long dilation, long output) {
  /** The number of elements from the start of the first window to the end of the last. */
  long extent() {
    return output == 0 ? 0 : (output - 1) * stride + dilation * (kernel - 1) + 1;
  }

  /** Whether some window reaches beyond the tensor. */
  boolean isPadded() {
    return padding > 0 || extent() > size;
  }

  /** The first window whose element {@code k} lies in the tensor. */
  long first(long k) {
    return Math.clamp(Math.ceilDiv(padding - k * dilation, stride), 0, output);
  }

  /** One more than the last window whose element {@code k} lies in the tensor. */
  long end(long k) {
    return Math.clamp(
        Math.floorDiv(size - 1 + padding - k * dilation, stride) + 1, first(k), output);
  }

  /** Which element of the tensor element {@code k} of a window is. */
  long position(long window, long k) {
    return window * stride + k * dilation - padding;
  }
}
