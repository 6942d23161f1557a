package fluxion.backend.cpu.attention;

import fluxion.backend.cpu.gemm.Arithmetic;
import fluxion.backend.cpu.gemm.Matrix;
import fluxion.backend.cpu.lines.ScoreLoops;

/**
 * What all heads of a call share, for the use of one thread.
 *
 * @param queries the number of queries, L
 * @param keys the number of keys, S
 * @param depth the size of a query and of a key, E, at most {@link #MOST}
 * @param width the size of a value, V, at most {@link #MOST}
 * @param scale the factor of the logits, which the queries are multiplied by
 * @param causal whether query i attends only to keys up to i
 * @param tile the tile that products are made of
 * @param scores the loops over logits
 */
public record Problem(
    int queries,
    int keys,
    int depth,
    int width,
    float scale,
    boolean causal,
    Arithmetic.Tile tile,
    ScoreLoops scores) {
  /** The most summands of a packed left row. */
  public static final int MOST = 512;

  private static final int EXPONENT = 0x7F800000;

  /** {@return the least multiple that is not less than a value} */
  static int up(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }

  /** {@return a number of columns, filled up to whole tiles} */
  int up(int columns) {
    return columns <= 0 ? 0 : up(columns, tile.columns());
  }

  /** {@return the elements of panels of a right matrix} */
  int right(int lines, int columns) {
    return lines * up(columns);
  }

  /** {@return the elements of panels of a left matrix} */
  int left(int rows) {
    return tile.left(up(rows, tile.rows()));
  }

  /** Packs the first rows of a matrix as the left one. */
  void packLeft(Matrix a, int rows, int lines, float[] panels, int at) {
    for (int i = 0; i < rows; i += tile.rows()) {
      int count = Math.min(tile.rows(), rows - i);
      tile.packLeft(a.from(i, 0), count, lines, panels, at + tile.left(i));
    }
  }

  /** Packs the first columns of a matrix as the right one. */
  void packRight(Matrix b, int columns, int lines, float[] panels, int at) {
    for (int j = 0; j < columns; j += tile.columns()) {
      int count = Math.min(tile.columns(), columns - j);
      tile.packRight(b.from(0, j), count, lines, panels, at + j * lines);
    }
  }

  /**
   * Multiplies packed matrices: each element is a chain of fused multiply-adds.
   *
   * @param panels where both are
   * @param left where the left one begins
   * @param right where the right one begins
   * @param packed how many lines the right one was packed with
   * @param lines how many of them are multiplied
   * @param c the array of the product
   * @param at where it begins
   * @param stride its row stride
   * @param rows its rows
   * @param columns its columns
   * @param first whether the chains begin here, at 0
   */
  void multiply(
      float[] panels,
      int left,
      int right,
      int packed,
      int lines,
      float[] c,
      int at,
      int stride,
      int rows,
      int columns,
      boolean first) {
    for (int j = 0; j < columns; j += tile.columns()) {
      for (int i = 0; i < rows; i += tile.rows()) {
        tile.run(
            panels,
            left + tile.left(i),
            panels,
            right + j * packed,
            lines,
            c,
            at + i * stride + j,
            stride,
            Math.min(tile.rows(), rows - i),
            Math.min(tile.columns(), columns - j),
            first);
      }
    }
  }

  /** Multiplies a run by a number. */
  static void scale(float[] x, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      x[i] *= factor;
    }
  }

  /**
   * {@return whether all elements are finite, so that those which a weight of 0 multiplies need not
   * be looked at}
   */
  static boolean isFinite(Matrix matrix, int rows, int columns) {
    float[] elements = (float[]) matrix.array();
    for (int i = 0; i < rows; i++) {
      int most = 0;
      for (int j = 0; j < columns; j++) {
        int bits = Float.floatToRawIntBits(elements[matrix.at(i, j)]);
        most = Math.max(most, bits & EXPONENT);
      }
      if (most == EXPONENT) {
        return false;
      }
    }
    return true;
  }
}
