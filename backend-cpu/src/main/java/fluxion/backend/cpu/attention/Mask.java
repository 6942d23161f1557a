package fluxion.backend.cpu.attention;

/**
 * A mask of a head in an array: element {@code (i, j)} lies at {@code offset + i · rowStride + j ·
 * columnStride}.
 *
 * @param array a {@code byte[]} of truth values or a {@code float[]} of summands
 * @param offset where element (0, 0) lies
 * @param rowStride the step from query to query
 * @param columnStride the step from key to key
 */
public record Mask(Object array, int offset, int rowStride, int columnStride) {
  /** {@return whether it has truth values} */
  boolean isTruths() {
    return array instanceof byte[];
  }

  /** {@return its transpose} */
  Mask transposed() {
    return new Mask(array, offset, columnStride, rowStride);
  }

  /**
   * Reads a block: summands, or 0 for true and −∞ for false.
   *
   * @param row the first row
   * @param column the first column
   * @param rows how many rows
   * @param columns how many columns
   * @param to takes the block
   * @param at where its first row goes
   * @param step the step from row to row there
   */
  void read(int row, int column, int rows, int columns, float[] to, int at, int step) {
    for (int i = 0; i < rows; i++) {
      int from = offset + (row + i) * rowStride + column * columnStride;
      int target = at + i * step;
      if (array instanceof byte[] truths) {
        for (int j = 0; j < columns; j++) {
          to[target + j] = truths[from + j * columnStride] != 0 ? 0 : Float.NEGATIVE_INFINITY;
        }
      } else {
        float[] summands = (float[]) array;
        for (int j = 0; j < columns; j++) {
          to[target + j] = summands[from + j * columnStride];
        }
      }
    }
  }
}
