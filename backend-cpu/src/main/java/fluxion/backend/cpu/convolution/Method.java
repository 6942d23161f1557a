package fluxion.backend.cpu.convolution;

/**
 * The ways of computing a convolution's output and its images' gradient.
 *
 * <h2>The rule</h2>
 *
 * <p>Which one is chosen follows from shapes and the element type alone: ways differ in their
 * rounding, and a result has the same bits on any number of threads, at any width of vectors and
 * whatever the JIT has done. In this order:
 *
 * <ol>
 *   <li>{@link #DEPTHWISE} if {@link Depthwise#takes} the channels.
 *   <li>{@link #WINOGRAD} if elements are float32, images have two dimensions, kernels are 3×3 and
 *       move by one element without dilation, and it pays. In what follows channels are those of a
 *       group on the side that has fewer of them, and tiles are those of 2×2 results in all images
 *       together. For either product there are at least {@value #CHANNELS} channels, at most
 *       {@value #MOST_CHANNELS} on the other side, and at least {@value #TILES} tiles. For the
 *       output, channels times tiles are also at least {@value #WORK}, and with fewer than {@value
 *       #MANY_CHANNELS} channels there are at least {@value #MANY_TILES} tiles. For the images'
 *       gradient the padding is at most 2.
 *   <li>{@link #WINDOWS} for all others.
 * </ol>
 *
 * <p>Winograd's way takes 16 multiplications for four results instead of 36. What it costs besides
 * is transforming the tiles, which more channels make up for, and transforming the kernels, which
 * more tiles make up for. The limits are about where it was measured to be a tenth faster on one
 * thread. It then took between half and nine tenths of the time: of ResNet's layers the outputs of
 * eight images 0.62 to 0.80, their gradients 0.51 to 0.68. The gradient by windows adds a product
 * to the images element by element, so that it is worth replacing sooner. float64 stays with direct
 * sums, since those who choose it ask for small errors.
 */
enum Method {
  /** By {@link DepthwiseOutput} and, with finite kernels, {@link DepthwiseInput}. */
  DEPTHWISE,
  /** By {@link WinogradProduct}. */
  WINOGRAD,
  /** A product with the matrix of windows, by {@link OutputProduct} and {@link InputProduct}. */
  WINDOWS;

  /** The fewest channels on either side for which transforming tiles pays. */
  static final int CHANNELS = 32;

  /** The most channels, for which the arrays of a thread stay small. */
  static final int MOST_CHANNELS = 1024;

  /** The fewest tiles for which transforming kernels pays. */
  static final int TILES = 48;

  /** What channels and tiles of an output come to at least. */
  static final int WORK = 8192;

  /** With fewer channels an output has at least so many tiles. */
  static final int MANY_CHANNELS = 64;

  static final int MANY_TILES = 1024;

  /** The kernels that are transformed. */
  private static final int KERNEL = 3;

  /**
   * {@return how an output is computed}
   *
   * @param g how windows slide
   * @param batch how many images there are
   * @param in the channels of an image in a group
   * @param out the channels of an output in a group
   * @param array an array of the element type
   */
  static Method ofOutput(Geometry g, int batch, int in, int out, Object array) {
    long tiles = tiles(batch, g.output);
    int least = Math.min(in, out);
    boolean pays = least * tiles >= WORK && (least >= MANY_CHANNELS || tiles >= MANY_TILES);
    boolean winograd = fits(g) && pays && pays(in, out, tiles);
    return of(in, out, array instanceof float[] && winograd);
  }

  /** {@return how an images' gradient is computed} */
  static Method ofInput(Geometry g, int batch, int in, int out, Object array) {
    boolean padded = g.padding[1] < KERNEL && g.padding[2] < KERNEL;
    boolean winograd = padded && fits(g) && pays(in, out, tiles(batch, g.size));
    return of(in, out, array instanceof float[] && winograd);
  }

  private static Method of(int in, int out, boolean winograd) {
    return Depthwise.takes(in, out) ? DEPTHWISE : winograd ? WINOGRAD : WINDOWS;
  }

  private static boolean fits(Geometry g) {
    boolean flat = g.size[0] == 1 && g.kernel[0] == 1 && g.padding[0] == 0 && g.output[0] == 1;
    return flat && slides(g, 1) && slides(g, 2);
  }

  /** Whether windows of three neighbours move by one element; then they reach two further. */
  private static boolean slides(Geometry g, int d) {
    return g.kernel[d] == KERNEL && g.stride[d] == 1 && g.reach[d] == KERNEL - 1;
  }

  private static long tiles(int batch, int[] written) {
    return (long) batch * Math.ceilDiv(written[1], 2) * Math.ceilDiv(written[2], 2);
  }

  private static boolean pays(int in, int out, long tiles) {
    return Math.min(in, out) >= CHANNELS && Math.max(in, out) <= MOST_CHANNELS && tiles >= TILES;
  }
}
