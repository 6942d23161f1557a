package fluxion.backend.cpu.convolution;

/**
 * Which convolutions are computed directly: those whose groups have one channel of the images and
 * at most two of the output, as depthwise ones do.
 *
 * <p>As products of matrices they have one or two rows, of which a tile of registers wastes most,
 * and packing panels takes longer than multiplying. So no panels are made: a channel is copied once
 * with its padding, and all windows are computed from it where they lie, by as many shifted reads
 * as a kernel has elements. The bits are those of the products.
 */
final class Depthwise {
  /** From three outputs on a tile of registers has rows enough. */
  private static final int MOST_OUTPUTS = 2;

  /** So many elements of a channel are staged at a time, unless one outer window has more. */
  private static final int STAGED = 1 << 15;

  /** A task has about so many windows, if a channel has fewer. */
  private static final int WINDOWS = 1 << 13;

  /** What the loops over vectors may read or write beyond the last element. */
  static final int ROOM = 64;

  private Depthwise() {}

  /**
   * {@return whether a convolution is computed directly}
   *
   * @param in the channels of an image in a group
   * @param out the channels of an output in a group
   */
  static boolean takes(int in, int out) {
    return in == 1 && out <= MOST_OUTPUTS;
  }

  /** {@return how many outer windows are computed at a time} */
  static int outerWindows(Geometry g) {
    int each = 1;
    for (int d = 0; d < Geometry.DIMS; d++) {
      each *= g.phases[d].length * (d > g.outer ? g.output[d] + g.reach[d] : 1);
    }
    return Math.clamp(STAGED / each, 1, g.output[g.outer]);
  }

  /** {@return how many channels of images a task has} */
  static int channelsTogether(Geometry g, int all) {
    return Math.clamp(WINDOWS / g.positions, 1, all);
  }
}
