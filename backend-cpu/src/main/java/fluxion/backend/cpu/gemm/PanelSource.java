package fluxion.backend.cpu.gemm;

import org.jspecify.annotations.Nullable;

/**
 * An operand of a product that is copied to panels, part by part: a matrix, or what only looks like
 * one, such as the windows of images. A left operand's rows, and a right operand's columns, have an
 * element for each summand; these are its lines.
 */
public interface PanelSource {
  /**
   * Is told, by one thread, what is packed next. Sources that have nothing to prepare do nothing.
   *
   * @param first the first row of a left operand, or column of a right one
   * @param count how many of them
   * @param line the first summand
   * @param lines how many summands
   */
  default void prepare(int first, int count, int line, int lines) {}

  /**
   * Packs a panel; several threads pack at once.
   *
   * @param first the first row of a left operand, or column of a right one
   * @param count how many of them, at most the tile's
   * @param line the first summand
   * @param lines how many summands
   * @param panels where panels are
   * @param at where this one begins, laid out as {@link Arithmetic.Tile} says
   */
  void pack(int first, int count, int line, int lines, Object panels, int at);

  /** {@return the matrix that a left operand is, or null if it only looks like one} */
  default @Nullable Matrix matrix() {
    return null;
  }

  /**
   * {@return a matrix as the left operand}
   *
   * @param tile the tile for which it is packed
   * @param matrix the matrix
   */
  static PanelSource rows(Arithmetic.Tile tile, Matrix matrix) {
    return new MatrixRows(tile, matrix);
  }

  /**
   * {@return a matrix as the right operand}
   *
   * @param tile the tile for which it is packed
   * @param matrix the matrix
   */
  static PanelSource columns(Arithmetic.Tile tile, Matrix matrix) {
    return (first, count, line, lines, panels, at) ->
        tile.packRight(matrix.from(line, first), count, lines, panels, at);
  }
}
