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
  private final boolean vectors;
  private final Staging staging;
  private int channel;
  private int position;

  WindowRows(Problem problem, Images images) {
    this.g = problem.g();
    this.loops = problem.loops();
    this.tile = problem.tile();
    this.vectors = problem.vectors();
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
    loops.packRows(
        vectors,
        staging.array(),
        staging.offsets(),
        first - channel * g.kernels,
        rows,
        staging.places(),
        line - position,
        lines,
        panels,
        at,
        tile.left(1));
  }
}
