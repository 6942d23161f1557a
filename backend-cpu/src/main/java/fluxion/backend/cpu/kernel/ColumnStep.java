package fluxion.backend.cpu.kernel;

/** What is known of the step from column to column of an operand before a loop is made for it. */
public enum ColumnStep {
  /** Columns lie one after another: the step is 1. */
  UNIT,
  /** All columns are the same element: the step is 0. */
  ZERO,
  /** The step is any number. */
  ANY
}
