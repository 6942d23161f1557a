package fluxion.backend.cpu.gemm;

/**
 * A matrix in an array: element {@code (i, j)} lies at {@code offset + i · rowStride + j ·
 * columnStride}.
 *
 * @param array a {@code float[]} or {@code double[]}
 * @param offset where element (0, 0) lies
 * @param rowStride the step from row to row, of any sign
 * @param columnStride the step from column to column, of any sign
 */
public record Matrix(Object array, int offset, int rowStride, int columnStride) {
  /** {@return its transpose} */
  public Matrix transposed() {
    return new Matrix(array, offset, columnStride, rowStride);
  }

  /**
   * {@return the part of it from a row and a column on}
   *
   * @param row its first row
   * @param column its first column
   */
  public Matrix from(int row, int column) {
    return new Matrix(array, at(row, column), rowStride, columnStride);
  }

  /**
   * {@return a matrix of the same strides elsewhere in the array}
   *
   * @param place where its element (0, 0) lies
   */
  public Matrix movedTo(int place) {
    return new Matrix(array, place, rowStride, columnStride);
  }

  /**
   * {@return where an element lies}
   *
   * @param row its row
   * @param column its column
   */
  public int at(int row, int column) {
    return offset + row * rowStride + column * columnStride;
  }
}
