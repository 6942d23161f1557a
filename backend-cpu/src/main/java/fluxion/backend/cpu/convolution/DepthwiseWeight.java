package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Gemm;
import fluxion.backend.cpu.gemm.Matrix;

/**
 * The gradient of the weight of a depthwise convolution, group by group: a chain for each element
 * of the kernel, of which several progress together, cut and combined as {@link Gemm} does.
 */
final class DepthwiseWeight {
  private final Problem problem;
  private final Geometry g;
  private final Loops loops;
  private final Images x;
  private final Object y;
  private final int start;
  private final Matrix w;

  /** The elements of a group's weight. */
  private final int size;

  DepthwiseWeight(Problem problem, Images x, Object y, int start, Matrix w) {
    this.problem = problem;
    this.g = problem.g();
    this.loops = problem.loops();
    this.x = x;
    this.y = y;
    this.start = start;
    this.w = w;
    this.size = problem.out() * g.kernels;
  }

  void run() {
    Problem.run(problem.groups(), this::group);
  }

  private void group(int group) {
    int blocks = Math.ceilDiv(Math.multiplyExact(problem.batch(), g.positions), Gemm.BLOCK);
    Object sums = loops.arithmetic().allocate(blocks * size);
    Staging staging = new Staging(g, loops, x);
    int outer = Depthwise.outerWindows(g);
    for (int image = 0; image < problem.batch(); image++) {
      for (int from = 0; from < g.output[g.outer]; from += outer) {
        int[] sizes = g.output.clone();
        sizes[g.outer] = Math.min(outer, g.output[g.outer] - from);
        staging.stageRows(image, group, from, sizes[g.outer]);
        for (int o = 0; o < problem.out(); o++) {
          int channel = (image * problem.groups() + group) * problem.out() + o;
          int at = start + channel * g.positions + from * g.inner;
          add(staging, sizes, image * g.positions + from * g.inner, at, sums, o * g.kernels);
        }
      }
    }
    for (int step = 1; step < blocks; step *= 2) {
      for (int block = 0; block + step < blocks; block += 2 * step) {
        loops.add(sums, block * size, sums, (block + step) * size, size);
      }
    }
    loops.copy(sums, 0, 1, w.array(), w.at(group * problem.out(), 0), size);
  }

  /**
   * Adds what staged windows contribute.
   *
   * @param begin the first window, counted through all images
   * @param at where its output lies
   * @param first where the chains of the first block of summands are
   */
  private void add(Staging staging, int[] sizes, int begin, int at, Object sums, int first) {
    int width = sizes[2];
    int windows = sizes[0] * sizes[1] * width;
    for (int done = 0; done < windows; ) {
      int block = (begin + done) / Gemm.BLOCK;
      int left = Math.min(windows - done, (block + 1) * Gemm.BLOCK - begin - done);
      int row = done / width;
      int column = done % width;
      boolean whole = column == 0 && left >= width;
      int rows = whole ? Math.min(left / width, sizes[1] - row % sizes[1]) : 1;
      int run = whole ? width : Math.min(left, width - column);
      loops.correlate(
          staging.array(),
          staging.offsets(),
          g.kernels,
          row / sizes[1] * staging.depthStride() + row % sizes[1] * staging.rowStride() + column,
          staging.rowStride(),
          y,
          at + done,
          rows,
          run,
          sums,
          block * size + first);
      done += rows * run;
    }
  }
}
