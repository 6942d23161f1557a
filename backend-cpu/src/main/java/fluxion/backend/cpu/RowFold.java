package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.engine.spi.Reduction;

/**
 * Folds rows of values, each column alone, in the order that the package specifies for reductions
 * whose last dimension is not reduced: in order within blocks of rows, then a tree of the blocks.
 */
final class RowFold {
  private static final int BLOCK = 256;

  private final Reduction.Kind kind;
  private final Values block;
  private final FoldTree tree;
  private int rows;

  /**
   * An empty fold.
   *
   * @param kind how values combine
   * @param dtype the dtype in which they do
   * @param width the most columns
   */
  RowFold(Reduction.Kind kind, DType dtype, int width) {
    this.kind = kind;
    this.block = Values.of(dtype, width);
    this.tree = new FoldTree(kind, dtype, width);
  }

  /** Adds the next row. */
  void add(Values values, int start, int n) {
    if (rows == 0) {
      block.neutral(kind, 0, n);
    }
    block.combine(kind, 0, values, start, n);
    rows++;
    if (rows == BLOCK) {
      endBlock(n);
    }
  }

  private void endBlock(int n) {
    tree.add(block, n);
    rows = 0;
  }

  /** Writes the results to registers and empties the fold. */
  void finish(Values result, int start, int n) {
    if (rows > 0) {
      endBlock(n);
    }
    tree.finish(result, start, n);
  }
}
