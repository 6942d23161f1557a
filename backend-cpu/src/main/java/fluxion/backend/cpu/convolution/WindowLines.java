package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Arithmetic;
import fluxion.backend.cpu.gemm.PanelSource;

/**
 * The transposed matrix of all windows as a right operand: a line for each window, a column for
 * each channel and element of the kernel.
 */
final class WindowLines implements PanelSource {
  private final Geometry g;
  private final Loops loops;
  private final Arithmetic.Tile tile;
  private final Staging staging;
  private final int firstColumn;
  private int channel;
  private int position;

  /**
   * Makes the matrix of all windows.
   *
   * @param firstColumn which is its first column
   */
  WindowLines(Geometry g, Loops loops, Arithmetic.Tile tile, Images images, int firstColumn) {
    this.g = g;
    this.loops = loops;
    this.tile = tile;
    this.staging = new Staging(g, loops, images);
    this.firstColumn = firstColumn;
  }

  @Override
  public void prepare(int first, int columns, int line, int lines) {
    channel = (firstColumn + first) / g.kernels;
    int last = (firstColumn + first + columns - 1) / g.kernels;
    position = staging.stageAhead(channel, last + 1 - channel, line, lines);
  }

  @Override
  public void pack(int first, int columns, int line, int lines, Object panels, int at) {
    loops.packLines(
        staging.array(),
        staging.offsets(),
        firstColumn + first - channel * g.kernels,
        columns,
        staging.places(),
        line - position,
        lines,
        panels,
        at,
        tile.columns());
  }
}
