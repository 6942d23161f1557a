package fluxion.backend.cpu.gemm;

/**
 * A matrix as the left operand.
 *
 * @param tile the tile
 * @param matrix the matrix
 */
record MatrixRows(Arithmetic.Tile tile, Matrix matrix) implements PanelSource {
  @Override
  public void pack(int first, int count, int line, int lines, Object panels, int at) {
    tile.packLeft(matrix.from(first, line), count, lines, panels, at);
  }
}
