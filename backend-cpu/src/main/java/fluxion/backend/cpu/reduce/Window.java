package fluxion.backend.cpu.reduce;

/**
 * Which elements are folded into which results: each result's elements are a sequence; the results
 * lie along outer dimensions and a column dimension, which is the one that is walked innermost
 * where results are computed side by side.
 *
 * <p>Window 0 of the outer axes is the target, the others are inputs; the reduced axes have inputs
 * alone.
 */
public final class Window {
  private final Axes outer;
  private final Axes reduced;
  private final boolean lanes;
  private final int columns;
  private final int[] columnSteps;

  private Window(Axes outer, Axes reduced, boolean lanes, int columns, int[] columnSteps) {
    this.outer = outer;
    this.reduced = reduced;
    this.lanes = lanes;
    this.columns = columns;
    this.columnSteps = columnSteps;
  }

  /**
   * {@return a window}
   *
   * <p>A sequence of no more elements than lanes is folded in order, which gives the same bits.
   *
   * @param fold what is computed
   * @param kept the dimensions that stay; window 0 is the target
   * @param reduced the dimensions that are folded, of the inputs
   * @param lastReduced whether the last dimension is among them
   * @param inputs the number of inputs
   */
  public static Window of(Fold fold, Axes kept, Axes reduced, boolean lastReduced, int inputs) {
    boolean lanes = lastReduced && reduced.positions() > fold.lanes();
    int column = inputs == 0 ? -1 : column(kept, reduced, lanes);
    int[] steps = new int[inputs + 1];
    if (column < 0) {
      return new Window(kept, reduced, lanes, 1, steps);
    }
    for (int w = 0; w <= inputs; w++) {
      steps[w] = kept.step(w, column);
    }
    // the target lies in an array, so its sizes are ints
    int columns = (int) kept.size(column);
    return new Window(kept.without(column), reduced, lanes, columns, steps);
  }

  /** The dimension along which the first input lies in memory, else the largest one. */
  private static int column(Axes kept, Axes reduced, boolean lanes) {
    int last = reduced.count() - 1;
    boolean along = last >= 0 && Math.abs(reduced.step(0, last)) == 1;
    int best = -1;
    for (int axis = 0; axis < kept.count(); axis++) {
      if (kept.step(1, axis) == 1 && !along) {
        return axis;
      }
      if (best < 0 || kept.size(axis) > kept.size(best)) {
        best = axis;
      }
    }
    return lanes ? -1 : best;
  }

  /** {@return the dimensions of the results but the columns} */
  public Axes outer() {
    return outer;
  }

  /** {@return the dimensions that are folded} */
  public Axes reduced() {
    return reduced;
  }

  /** {@return the number of results side by side} */
  public int columns() {
    return columns;
  }

  /**
   * {@return the step from one column to the next}
   *
   * @param window 0 for the target, then the inputs
   */
  public int columnStep(int window) {
    return columnSteps[window];
  }

  /** {@return whether elements go to lanes} */
  public boolean lanes() {
    return lanes;
  }

  /** {@return the elements of a block} */
  int block() {
    return lanes ? Fold.LANE_BLOCK : Fold.ROW_BLOCK;
  }
}
