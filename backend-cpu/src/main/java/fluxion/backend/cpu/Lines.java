package fluxion.backend.cpu;

import fluxion.engine.spi.Operand;

/** The lines of an operand along one dimension, in the row-major order of the other dimensions. */
final class Lines {
  private final ElementStream starts;
  private final int step;
  private final int length;
  private int start;

  /**
   * Stands before the first line.
   *
   * @param operand the window, with at least one element
   * @param dim the dimension; 0 for a scalar, which is one line of one element
   */
  Lines(Operand operand, int dim) {
    this.starts = new ElementStream(operand, Dims.allBut(operand, dim));
    this.step = Dims.stride(operand, dim);
    this.length = Math.toIntExact(Dims.size(operand, dim));
  }

  /** {@return how many lines an operand has} */
  static long count(Operand operand, int dim) {
    return Dims.numel(operand, Dims.allBut(operand, dim));
  }

  /** {@return the number of elements in a line} */
  int length() {
    return length;
  }

  /** Goes to the next line. */
  void next() {
    start = starts.next();
  }

  /**
   * Reads elements of the line into the first registers.
   *
   * @param to the registers
   * @param first the index of the first element
   * @param direction 1, or −1 to go backwards from there
   * @param n how many
   */
  void read(Values to, int first, int direction, int n) {
    to.load(starts.elements(), start + first * step, direction * step, 0, n);
  }

  /**
   * Writes elements of the line from the first registers.
   *
   * @param from the registers
   * @param first the index of the first element
   * @param direction 1, or −1 to go backwards from there
   * @param n how many
   */
  void write(Values from, int first, int direction, int n) {
    from.store(starts.elements(), start + first * step, direction * step, 0, n);
  }
}
