package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.engine.spi.Reduction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Combines the results of blocks in a balanced tree, as they come: neighbours in pairs, the pairs'
 * results in pairs, and so on, an odd last one being carried over.
 *
 * <p>Level {@code l} holds the result of {@code 2^l} blocks, if the count so far has that bit.
 */
final class FoldTree {
  private final Reduction.Kind kind;
  private final DType dtype;
  private final int width;
  private final List<Values> levels = new ArrayList<>();
  private long count;

  /**
   * An empty tree.
   *
   * @param kind how two results combine
   * @param dtype the dtype in which they do
   * @param width how many folds go on side by side
   */
  FoldTree(Reduction.Kind kind, DType dtype, int width) {
    this.kind = kind;
    this.dtype = dtype;
    this.width = width;
  }

  /** Adds the result of the next block, in the first registers; they are changed. */
  void add(Values result, int n) {
    int level = 0;
    for (; (count >> level & 1) != 0; level++) {
      Values earlier = levels.get(level);
      earlier.combine(kind, 0, result, 0, n);
      result.copy(0, earlier, 0, n);
    }
    if (level == levels.size()) {
      levels.add(Values.of(dtype, width));
    }
    levels.get(level).copy(0, result, 0, n);
    count++;
  }

  /**
   * Combines what is there and empties the tree.
   *
   * @param result receives the results, the neutral element if there are none
   * @param start its first register
   * @param n how many folds go on
   */
  void finish(Values result, int start, int n) {
    @Nullable Values later = null;
    for (int level = 0; count >> level != 0; level++) {
      if ((count >> level & 1) == 0) {
        continue;
      }
      Values earlier = levels.get(level);
      if (later != null) {
        earlier.combine(kind, 0, later, 0, n);
      }
      later = earlier;
    }
    if (later == null) {
      result.neutral(kind, start, n);
    } else {
      result.copy(start, later, 0, n);
    }
    count = 0;
  }
}
