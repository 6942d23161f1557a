package fluxion.backend.cpu.convolution;

/**
 * How windows slide over images of three dimensions; those that an image lacks have size 1 and come
 * first. Window {@code o} of a dimension holds the elements {@code o · stride + k · dilation −
 * padding}.
 */
public final class Geometry {
  /** The dimensions of an image. */
  static final int DIMS = 3;

  final int[] size;
  final int[] kernel;
  final int[] stride;
  final int[] padding;
  final int[] output;

  /** The first dimension that images have; blocks of positions are cut along it. */
  final int outer;

  /** For each dimension the remainders modulo its stride that elements of a kernel have. */
  final int[][] phases;

  /** For each dimension and element of the kernel the index of its remainder. */
  final int[][] phase;

  /** For each dimension and element of the kernel how many strides it lies behind the first. */
  final int[][] quotient;

  /** The largest of these. */
  final int[] reach;

  /** The elements of a kernel, of an image's channel and of an output's. */
  final int kernels;

  final int elements;
  final int positions;

  /** How many positions there are for each index of {@link #outer}. */
  final int inner;

  /**
   * Makes a geometry of one to three dimensions.
   *
   * @param size the sizes of an image
   * @param kernel the sizes of a window
   * @param stride the steps from window to window
   * @param padding how many zeros come before an image
   * @param dilation the steps from element to element of a window
   * @param output the numbers of windows
   */
  public Geometry(
      int[] size, int[] kernel, int[] stride, int[] padding, int[] dilation, int[] output) {
    this.outer = DIMS - size.length;
    this.size = padded(size, 1);
    this.kernel = padded(kernel, 1);
    this.stride = padded(stride, 1);
    this.padding = padded(padding, 0);
    this.output = padded(output, 1);
    this.phases = new int[DIMS][];
    this.phase = new int[DIMS][];
    this.quotient = new int[DIMS][];
    this.reach = new int[DIMS];
    int[] steps = padded(dilation, 1);
    for (int d = 0; d < DIMS; d++) {
      split(d, steps[d]);
    }
    this.kernels = product(this.kernel);
    this.elements = product(this.size);
    this.positions = product(this.output);
    this.inner = positions / this.output[outer];
  }

  /** {@return the geometry of images whose windows are their elements} */
  static Geometry ofElements(int elements) {
    int[] one = {1};
    int[] all = {elements};
    return new Geometry(all, one, one, new int[] {0}, one, all);
  }

  private void split(int d, int dilation) {
    int count = 0;
    int[] found = new int[Math.min(kernel[d], stride[d])];
    phase[d] = new int[kernel[d]];
    quotient[d] = new int[kernel[d]];
    for (int k = 0; k < kernel[d]; k++) {
      int remainder = k * dilation % stride[d];
      int p = 0;
      while (p < count && found[p] != remainder) {
        p++;
      }
      if (p == count) {
        found[count++] = remainder;
      }
      phase[d][k] = p;
      quotient[d][k] = k * dilation / stride[d];
    }
    reach[d] = quotient[d][kernel[d] - 1];
    phases[d] = java.util.Arrays.copyOf(found, count);
  }

  private static int[] padded(int[] values, int before) {
    int[] all = new int[DIMS];
    int lead = DIMS - values.length;
    java.util.Arrays.fill(all, 0, lead, before);
    System.arraycopy(values, 0, all, lead, values.length);
    return all;
  }

  private static int product(int[] values) {
    return Math.multiplyExact(Math.multiplyExact(values[0], values[1]), values[2]);
  }
}
