package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Arithmetic;
import fluxion.backend.cpu.gemm.PanelSource;

/**
 * The matrix of some windows as a right operand: a line for each channel and element of the kernel,
 * a column for each window.
 */
final class WindowColumns implements PanelSource {
  private final Geometry g;
  private final Loops loops;
  private final Arithmetic.Tile tile;
  private final boolean vectors;
  private final Staging staging;
  private final int position;
  private final int count;
  private int channel;

  /**
   * Makes the matrix of a range of windows.
   *
   * @param position the first window, counted through all images
   * @param count how many; further columns may be asked for, and hold anything
   */
  WindowColumns(
      Geometry g,
      Loops loops,
      Arithmetic.Tile tile,
      boolean vectors,
      Images images,
      int position,
      int count) {
    this.g = g;
    this.loops = loops;
    this.tile = tile;
    this.vectors = vectors;
    this.staging = new Staging(g, loops, images);
    this.position = position;
    this.count = count;
  }

  @Override
  public void prepare(int first, int columns, int line, int lines) {
    channel = line / g.kernels;
    int last = (line + lines - 1) / g.kernels;
    staging.stage(channel, last + 1 - channel, position, count);
  }

  @Override
  public void pack(int first, int columns, int line, int lines, Object panels, int at) {
    loops.packColumns(
        vectors,
        staging.array(),
        staging.offsets(),
        line - channel * g.kernels,
        lines,
        staging.places(),
        first,
        Math.min(columns, count - first),
        panels,
        at,
        tile.columns());
  }
}
