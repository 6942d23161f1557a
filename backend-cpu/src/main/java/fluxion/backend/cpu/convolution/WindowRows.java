package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Arithmetic;
import fluxion.backend.cpu.gemm.PanelSource;

/**
 * The matrix of all windows as a left operand: a row for each channel and element of the kernel, a
 * line for each window.
 */
final class WindowRows implements PanelSource {
  private final Geometry g;
  private final Loops loops;
  private final Arithmetic.Tile tile;
  private final Staging staging;
  private int channel;
  private int position;

  WindowRows(Geometry g, Loops loops, Arithmetic.Tile tile, Images images) {
    this.g = g;
    this.loops = loops;
    this.tile = tile;
    this.staging = new Staging(g, loops, images);
  }

  @Override
  public void prepare(int first, int rows, int line, int lines) {
    channel = first / g.kernels;
    int last = (first + rows - 1) / g.kernels;
    position = staging.stageAhead(channel, last + 1 - channel, line, lines);
  }

  @Override
  public void pack(int first, int rows, int line, int lines, Object panels, int at) {
    Object staged = staging.array();
    int[] places = staging.places();
    int[] offsets = staging.offsets();
    int row = first - channel * g.kernels;
    int start = line - position;
    int end = start + lines;
    for (int p = start; p < end; ) {
      int run = 1;
      while (p + run < end && places[p + run] == places[p] + run) {
        run++;
      }
      for (int i = 0; i < rows; i++) {
        loops.copy(
            staged, offsets[row + i] + places[p], 1, panels, at + tile.left(i) + p - start, run);
      }
      p += run;
    }
  }
}
