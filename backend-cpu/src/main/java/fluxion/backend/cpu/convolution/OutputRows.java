package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Arithmetic;
import fluxion.backend.cpu.gemm.Matrix;
import fluxion.backend.cpu.gemm.PanelSource;

/**
 * All outputs as an operand whose lines are positions, counted through all images, with a row or
 * column for each channel.
 *
 * @param tile the tile
 * @param isLeft whether channels are the rows of a left operand
 * @param array where outputs are
 * @param offset where the first one's first channel begins
 * @param image the step from image to image
 * @param positions the positions of an image, which are contiguous
 */
record OutputRows(
    Arithmetic.Tile tile, boolean isLeft, Object array, int offset, int image, int positions)
    implements PanelSource {
  @Override
  public void pack(int first, int count, int line, int lines, Object panels, int at) {
    for (int p = 0; p < lines; ) {
      int from = (line + p) % positions;
      int run = Math.min(lines - p, positions - from);
      int place = offset + (line + p) / positions * image + first * positions + from;
      if (isLeft) {
        tile.packLeft(new Matrix(array, place, positions, 1), count, run, panels, at + p);
      } else {
        Matrix lineByLine = new Matrix(array, place, 1, positions);
        tile.packRight(lineByLine, count, run, panels, at + p * tile.columns());
      }
      p += run;
    }
  }
}
