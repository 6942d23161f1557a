package fluxion.backend.cpu.reduce;

/** Where a fold's elements come from. Several threads may use one at once. */
public interface Source {
  /**
   * Adds consecutive elements of each column's sequence to a block.
   *
   * @param block what takes them
   * @param outer the row-major position of the results along the outer axes
   * @param first the first element
   * @param count how many
   * @param column the first column
   */
  void add(Block block, long outer, long first, int count, int column);
}
