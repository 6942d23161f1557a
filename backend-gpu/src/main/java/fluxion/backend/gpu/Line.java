package fluxion.backend.gpu;

import fluxion.engine.spi.Operand;

/**
 * How the lines of a contiguous operand along a dimension lie: {@code [lines / inner, length,
 * inner]}. An operand without dimensions is one line of one element.
 *
 * @param lines how many there are
 * @param length the number of elements of each
 * @param inner the step along a line
 */
record Line(long lines, long length, long inner) {
  /** {@return the lines of an operand} */
  static Line of(Operand operand, int dim) {
    int dims = operand.shape().dim();
    if (dims == 0) {
      return new Line(1, 1, 1);
    }
    long length = operand.shape().size(dim);
    long inner = 1;
    long outer = 1;
    for (int d = 0; d < dims; d++) {
      if (d < dim) {
        outer *= operand.shape().size(d);
      } else if (d > dim) {
        inner *= operand.shape().size(d);
      }
    }
    return new Line(outer * inner, length, inner);
  }
}
