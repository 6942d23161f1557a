package fluxion.backend.cpu.reduce;

/**
 * One block of some columns while it is folded: in order, or into lanes that are combined in order
 * at its end.
 */
public final class Block {
  private final Fold fold;
  private final int width;
  private final boolean laned;
  private final Object accumulators;
  private int columns;
  private int position;

  /**
   * An empty block.
   *
   * @param fold what is computed
   * @param lanes whether elements go to lanes
   * @param most the most columns
   */
  Block(Fold fold, boolean lanes, int most) {
    this.fold = fold;
    this.laned = lanes;
    this.width = lanes ? fold.lanes() : 1;
    this.accumulators = fold.array(width * most);
  }

  /** {@return the number of columns} */
  public int columns() {
    return columns;
  }

  /** Empties the block. */
  void start(int newColumns) {
    columns = newColumns;
    position = 0;
    fold.neutral(accumulators, 0, width * newColumns);
  }

  /**
   * Adds the next elements of each column.
   *
   * @param values an array of the carrier
   * @param from the first element of the first column
   * @param step the step from one element to the next
   * @param columnStep the step from one column to the next
   * @param n how many
   */
  public void add(Object values, int from, int step, int columnStep, int n) {
    if (!laned) {
      fold.rows(accumulators, 0, values, from, step, columnStep, n, columns);
    } else if (columns == 1) {
      addToLanes(values, from, step, n);
    } else {
      for (int i = 0; i < Math.min(n, width); i++) {
        int lane = (position + i) % width;
        int rows = (n - i + width - 1) / width;
        int start = from + i * step;
        fold.rows(
            accumulators, lane * columns, values, start, step * width, columnStep, rows, columns);
      }
    }
    position += n;
  }

  private void addToLanes(Object values, int from, int step, int n) {
    int lane = position % width;
    int head = Math.min(lane == 0 ? 0 : width - lane, n);
    if (head > 0) {
      fold.rows(accumulators, lane, values, from, 0, step, 1, head);
    }
    int rows = (n - head) / width;
    int start = from + head * step;
    if (rows > 0) {
      if (step == 1) {
        fold.laneRows(accumulators, values, start, rows);
      } else {
        fold.rows(accumulators, 0, values, start, width * step, step, rows, width);
      }
    }
    int tail = n - head - rows * width;
    if (tail > 0) {
      fold.rows(accumulators, 0, values, start + rows * width * step, 0, step, 1, tail);
    }
  }

  /** Writes the results of the block. */
  void finish(Object results, int at) {
    if (laned) {
      fold.rows(accumulators, 0, accumulators, columns, columns, 1, width - 1, columns);
    }
    System.arraycopy(accumulators, 0, results, at, columns);
  }
}
