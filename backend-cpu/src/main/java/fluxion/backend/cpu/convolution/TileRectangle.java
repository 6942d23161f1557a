package fluxion.backend.cpu.convolution;

import java.util.ArrayList;
import java.util.List;

/**
 * Some tiles of an image that fill a rectangle.
 *
 * @param at the number of the first one in its block
 * @param image the image
 * @param row the first row of tiles
 * @param rows how many rows
 * @param column the first column of tiles
 * @param columns how many columns
 */
record TileRectangle(int at, int image, int row, int rows, int column, int columns) {
  /**
   * {@return the rectangles that a block of tiles, counted row by row through all images, is made
   * of}
   *
   * @param first the first tile
   * @param count how many
   * @param high the rows of tiles of an image
   * @param wide the columns of tiles of an image
   */
  static List<TileRectangle> of(int first, int count, int high, int wide) {
    List<TileRectangle> all = new ArrayList<>();
    int at = 0;
    while (at < count) {
      int tile = first + at;
      int row = tile / wide % high;
      int column = tile % wide;
      int rest = count - at;
      int rows = column > 0 || rest < wide ? 1 : Math.min(rest / wide, high - row);
      int columns = Math.min(rest, wide - column);
      all.add(new TileRectangle(at, tile / wide / high, row, rows, column, columns));
      at += rows * columns;
    }
    return all;
  }

  /** {@return how many elements of an image they hold} */
  int elements() {
    return 2 * (rows + 1) * stride();
  }

  /** {@return the elements of one of their rows} */
  int stride() {
    return 2 * columns + 2;
  }
}
