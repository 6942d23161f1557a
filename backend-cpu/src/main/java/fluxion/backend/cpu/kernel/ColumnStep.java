package fluxion.backend.cpu.kernel;

/** How an operand's elements lie along a row: what tells the layout classes of a loop apart. */
public enum ColumnStep {
  /** One after another. */
  UNIT,
  /** One element for the whole row. */
  ZERO,
  /** At any other step, or at one that is known only when the loop runs. */
  ANY;

  /**
   * {@return the class of a step}
   *
   * @param step the step from column to column, in elements
   */
  public static ColumnStep of(int step) {
    return step == 1 ? UNIT : step == 0 ? ZERO : ANY;
  }
}
