package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.engine.spi.Reduction;

/**
 * Folds a sequence of values in the order that the package specifies for reductions whose last
 * dimension is reduced: lanes within blocks, then a tree of the blocks.
 */
final class LaneFold {
  private static final int BLOCK = 16_384;

  private final Reduction.Kind kind;
  private final Values lanes;
  private final int width;
  private final FoldTree tree;
  private int position;

  /**
   * An empty fold.
   *
   * @param kind how values combine
   * @param dtype the dtype in which they do
   */
  LaneFold(Reduction.Kind kind, DType dtype) {
    this.kind = kind;
    this.width = dtype == DType.FLOAT64 ? 16 : 32;
    this.lanes = Values.of(dtype, width);
    this.tree = new FoldTree(kind, dtype, 1);
  }

  /** Adds the next values. */
  void add(Values values, int start, int n) {
    int done = 0;
    while (done < n) {
      if (position == 0) {
        lanes.neutral(kind, 0, width);
      }
      int lane = position & width - 1;
      int run = Math.min(n - done, width - lane);
      lanes.combine(kind, lane, values, start + done, run);
      done += run;
      position += run;
      if (position == BLOCK) {
        endBlock();
      }
    }
  }

  private void endBlock() {
    // In order, so that a sum of no more elements than lanes is the plain sum from left to right.
    for (int lane = 1; lane < width; lane++) {
      lanes.combine(kind, 0, lanes, lane, 1);
    }
    tree.add(lanes, 1);
    position = 0;
  }

  /** Writes the result to a register and empties the fold. */
  void finish(Values result, int at) {
    if (position > 0) {
      endBlock();
    }
    tree.finish(result, at, 1);
  }
}
