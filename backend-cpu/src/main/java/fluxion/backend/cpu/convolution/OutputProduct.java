package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Gemm;
import fluxion.backend.cpu.gemm.Matrix;
import fluxion.backend.cpu.gemm.PanelSource;
import org.jspecify.annotations.Nullable;

/**
 * The output of a convolution: of each block of windows the product of the weight and the windows.
 */
final class OutputProduct {
  private final Problem problem;
  private final Geometry g;
  private final Images x;
  private final Matrix w;
  private final @Nullable Bias bias;
  private final Object y;
  private final int start;

  /** How many images, and how many outer windows of one, are a block; and the blocks of each. */
  private final int images;

  private final int outer;
  private final int imageBlocks;
  private final int outerBlocks;

  OutputProduct(Problem problem, Images x, Matrix w, @Nullable Bias bias, Object y, int start) {
    this.problem = problem;
    this.g = problem.g();
    this.x = x;
    this.w = w;
    this.bias = bias;
    this.y = y;
    this.start = start;
    this.images = problem.imagesTogether();
    this.imageBlocks = Math.ceilDiv(problem.batch(), images);
    this.outer = outer();
    this.outerBlocks = Math.ceilDiv(g.output[g.outer], outer);
  }

  /** How many outer windows are about as many as a block has, and fill whole tiles if they can. */
  private int outer() {
    int all = g.output[g.outer];
    if (g.positions < Problem.FEW_WINDOWS) {
      return all;
    }
    int step = problem.tile().columns() / gcd(problem.tile().columns(), g.inner);
    int rows = Math.max(1, Problem.WINDOWS / g.inner);
    int count = Math.ceilDiv(all, rows);
    int even = Math.ceilDiv(all, count);
    return Math.min(all, Math.ceilDiv(even, step) * step);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  void run() {
    Problem.run(problem.groups() * imageBlocks * outerBlocks, this::block);
  }

  private void block(int block) {
    int group = block / (imageBlocks * outerBlocks);
    int image = block / outerBlocks % imageBlocks * images;
    int count = Math.min(images, problem.batch() - image);
    int row = block % outerBlocks * outer;
    int windows =
        count == 1 ? Math.min(outer, g.output[g.outer] - row) * g.inner : count * g.positions;
    int first = image * g.positions + row * g.inner;
    int out = problem.out();
    PanelSource left = PanelSource.rows(problem.tile(), w.from(group * out, 0));
    PanelSource right =
        new WindowColumns(
            g,
            problem.loops(),
            problem.tile(),
            problem.vectors(),
            x.from(group * problem.in()),
            first,
            windows);
    int target = start + ((image * problem.groups() + group) * out) * g.positions + row * g.inner;
    if (count == 1) {
      Matrix c = new Matrix(y, target, g.positions, 1);
      Gemm.multiply(problem.tile(), left, right, c, out, 0, problem.depth(), windows);
      addBias(group, target, windows);
      return;
    }
    int columns = problem.whole(windows);
    Object product = problem.loops().scratch(Scratch.Use.PRODUCT, out * columns);
    Matrix c = new Matrix(product, 0, columns, 1);
    Gemm.multiply(problem.tile(), left, right, c, out, 0, problem.depth(), columns);
    for (int i = 0; i < count; i++) {
      int at = target + i * problem.groups() * out * g.positions;
      for (int o = 0; o < out; o++) {
        problem
            .loops()
            .copy(product, o * columns + i * g.positions, 1, y, at + o * g.positions, g.positions);
      }
      addBias(group, at, g.positions);
    }
  }

  private void addBias(int group, int at, int columns) {
    if (bias != null) {
      int first = bias.offset() + group * problem.out() * bias.step();
      problem
          .loops()
          .addBias(bias.array(), first, bias.step(), y, at, g.positions, problem.out(), columns);
    }
  }
}
