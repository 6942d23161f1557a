package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Arithmetic;
import fluxion.backend.cpu.workers.Workers;

/**
 * Transformed kernels as the left operands of sixteen products, in panels. A row of a panel has
 * room for many summands; where there are few of them, those of several products share it.
 */
final class WinogradKernels {
  /** The most summands of a block. */
  private static final int DEPTH = 512;

  /** So many produced channels are transformed by a thread at a time. */
  private static final int ROWS = 8;

  /** Up to so many elements all are transformed together; 5 MB. */
  private static final int MOST = 5 << 18;

  /** If there are more, about so many are, which stay in a cache until they are used. */
  private static final int PART = 1 << 18;

  private final Arithmetic.Tile tile;
  private final Transforms transforms;
  private final Taps taps;
  private final int depth;

  /** How many summands a block has, and how many blocks there are. */
  final int lines;

  final int blocks;

  /** The room for the summands of a block. */
  private final int room;

  /** How many blocks of summands share a row. */
  private final int shared;

  /** How many produced channels are transformed together. */
  final int rows;

  private final int slab;
  private float[] panels = {};

  WinogradKernels(Arithmetic.Tile tile, Transforms transforms, Taps taps, int depth, int rows) {
    this.tile = tile;
    this.transforms = transforms;
    this.taps = taps;
    this.depth = depth;
    this.blocks = Math.ceilDiv(depth, DEPTH);
    this.lines = Math.ceilDiv(depth, blocks);
    this.room = Math.ceilDiv(lines, Transforms.MARGIN) * Transforms.MARGIN;
    this.shared = tile.left(1) / room;
    int slabs = Math.ceilDiv(Transforms.ELEMENTS * blocks, shared);
    int panel = slabs * tile.left(tile.rows());
    int all = Math.ceilDiv(rows, tile.rows());
    this.rows = ((long) all * panel <= MOST ? all : Math.max(1, PART / panel)) * tile.rows();
    this.slab = tile.left(this.rows);
  }

  /** {@return where the panels are} */
  float[] panels() {
    return panels;
  }

  /**
   * {@return where the first row of a product's block of summands begins}
   *
   * @param element which product
   * @param block which block of summands
   */
  int at(int element, int block) {
    int place = element * blocks + block;
    return place / shared * slab + place % shared * room;
  }

  /**
   * Transforms the kernels of some produced channels.
   *
   * @param first the first one
   * @param count how many
   */
  void transform(int first, int count) {
    int slabs = Math.ceilDiv(Transforms.ELEMENTS * blocks, shared);
    panels = Scratch.floats(Scratch.Use.KERNELS, slabs * slab);
    Workers.run(
        Math.ceilDiv(count, ROWS),
        chunk -> {
          int from = chunk * ROWS;
          transform(first, from, Math.min(count, from + ROWS));
        });
  }

  private void transform(int first, int from, int to) {
    float[] copy = Scratch.floats(Scratch.Use.PLANE, Taps.COUNT * room);
    int[] places = new int[Transforms.ELEMENTS];
    for (int block = 0; block < blocks; block++) {
      int line = block * lines;
      int count = Math.min(lines, depth - line);
      for (int t = 0; t < places.length; t++) {
        places[t] = at(t, block);
      }
      for (int row = from; row < to; row++) {
        taps.copy(first + row, line, count, copy, room);
        transforms.kernels(copy, room, count, panels, places, tile.left(row));
      }
    }
  }
}
