package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Arithmetic;
import fluxion.backend.cpu.workers.Workers;

/**
 * A convolution, and the loops that compute it. All that is written is contiguous.
 *
 * @param g how windows slide
 * @param batch how many images there are
 * @param groups how many groups of channels
 * @param in the channels of an image in a group
 * @param out the channels of an output in a group
 * @param loops the loops of the element type
 * @param vectors whether they may use vectors
 * @param tile the tiles of products
 */
record Problem(
    Geometry g,
    int batch,
    int groups,
    int in,
    int out,
    Loops loops,
    boolean vectors,
    Arithmetic.Tile tile) {
  /** So many windows are computed at a time: a block of 256 lines of them fits an L2 cache. */
  static final int WINDOWS = 1024;

  /** Images of fewer windows are computed together, so that tiles are whole. */
  static final int FEW_WINDOWS = 512;

  /** From so many blocks on each is one thread's; fewer are shared out inside. */
  private static final int BLOCKS = 4;

  static Problem of(Geometry g, int batch, int groups, int in, int out, Object array) {
    Loops loops = Loops.of(array);
    boolean vectors = loops.hasFastVectors();
    Arithmetic arithmetic = loops.arithmetic();
    Arithmetic.Tile tile = vectors ? arithmetic.tile() : arithmetic.plainTile();
    return new Problem(g, batch, groups, in, out, loops, vectors, tile);
  }

  /** {@return a convolution that is computed directly, without tiles of vectors} */
  static Problem direct(Geometry g, int batch, int groups, int out, Object array) {
    Loops loops = Loops.of(array);
    Arithmetic.Tile tile = loops.arithmetic().plainTile();
    return new Problem(g, batch, groups, 1, out, loops, loops.hasFastShifts(), tile);
  }

  /** {@return the rows of the matrix of windows in a group} */
  int depth() {
    return in * g.kernels;
  }

  /** {@return how many images are computed together} */
  int imagesTogether() {
    if (g.positions >= FEW_WINDOWS) {
      return 1;
    }
    int most = Math.clamp(WINDOWS / g.positions, 1, batch);
    int groups = Math.ceilDiv(batch, most);
    return Math.ceilDiv(batch, groups);
  }

  /** {@return a number of columns for which there is room for whole tiles} */
  int whole(int columns) {
    return Math.ceilDiv(columns, tile.columns()) * tile.columns();
  }

  /** Runs blocks that do not depend on each other. */
  static void run(int blocks, Workers.Task task) {
    if (blocks >= BLOCKS) {
      Workers.run(blocks, task);
    } else {
      for (int block = 0; block < blocks; block++) {
        task.run(block);
      }
    }
  }
}
