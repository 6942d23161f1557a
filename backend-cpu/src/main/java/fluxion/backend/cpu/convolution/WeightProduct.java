package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Gemm;
import fluxion.backend.cpu.gemm.Matrix;
import fluxion.backend.cpu.gemm.PanelSource;

/**
 * The gradient of a convolution's weight: the product of the outputs and the transposed windows, or
 * its transpose.
 *
 * <p>The summands are the windows of all images. Either factor has to be transposed when it is
 * packed as the right operand, which takes about as long as a row of tiles: so the one of fewer
 * elements is, which for the outputs costs the transposition of the result.
 */
final class WeightProduct {
  /** How many columns of the weight are computed at a time. */
  private static final int COLUMNS = 1024;

  /** From so many blocks of summands on each is summed apart, if all sums have so many elements. */
  private static final int BLOCKS = 4;

  private static final int SUMS = 1 << 21;

  private final Problem problem;
  private final Geometry g;
  private final Images x;
  private final Object y;
  private final int start;
  private final Matrix w;
  private final Lender lender;
  private final int summands;

  WeightProduct(Problem problem, Images x, Object y, int start, Matrix w, Lender lender) {
    this.lender = lender;
    this.problem = problem;
    this.g = problem.g();
    this.x = x;
    this.y = y;
    this.start = start;
    this.w = w;
    this.summands = Math.multiplyExact(problem.batch(), g.positions);
  }

  /**
   * {@return whether the windows are the left operand}
   *
   * @param depth the rows of the matrix of windows
   * @param out the channels of the output
   * @param summands how many windows there are
   */
  static boolean windowsAreLeft(long depth, long out, long summands) {
    return out * summands + 2 * depth * out + depth * summands / 4 < depth * summands;
  }

  void run() {
    boolean left = windowsAreLeft(problem.depth(), problem.out(), summands);
    for (int group = 0; group < problem.groups(); group++) {
      if (left) {
        transposed(group);
      } else {
        direct(group);
      }
    }
  }

  private OutputRows outputs(int group, boolean isLeft) {
    int image = problem.groups() * problem.out() * g.positions;
    int from = start + group * problem.out() * g.positions;
    return new OutputRows(problem.tile(), isLeft, y, from, image, g.positions);
  }

  /** The outputs are the left operand; the weight's columns are computed in blocks. */
  private void direct(int group) {
    int depth = problem.depth();
    int out = problem.out();
    int blocks = Math.ceilDiv(depth, COLUMNS);
    int width = problem.whole(Math.ceilDiv(depth, blocks));
    Problem.run(
        Math.ceilDiv(depth, width),
        block -> {
          int column = block * width;
          int columns = Math.min(width, depth - column);
          PanelSource right =
              new WindowLines(
                  g, problem.loops(), problem.tile(), x.from(group * problem.in()), column);
          multiply(outputs(group, true), right, w.from(group * out, column), out, columns);
        });
  }

  /** The windows are the left operand, and the product is the weight's transpose. */
  private void transposed(int group) {
    int depth = problem.depth();
    int out = problem.out();
    int columns = problem.whole(out);
    Object product = lender.borrow(depth * columns);
    Matrix c = new Matrix(product, 0, columns, 1);
    PanelSource right = outputs(group, false);
    int blocks = Math.ceilDiv(summands, Gemm.BLOCK);
    if (blocks < BLOCKS || (long) blocks * depth * columns > SUMS) {
      multiply(windows(group), right, c, depth, out);
    } else {
      sumApart(group, right, c, depth, out, blocks);
    }
    problem
        .loops()
        .transpose(product, columns, depth, out, w.array(), w.at(group * out, 0), w.rowStride());
    lender.giveBack(product);
  }

  private WindowRows windows(int group) {
    return new WindowRows(problem, x.from(group * problem.in()));
  }

  private void multiply(PanelSource a, PanelSource b, Matrix c, int m, int n) {
    Gemm.multiply(problem.tile(), a, b, c, m, 0, summands, n);
  }

  /** Sums each block of summands by itself and combines the sums as {@link Gemm} does. */
  private void sumApart(int group, PanelSource right, Matrix c, int depth, int out, int blocks) {
    int size = depth * c.rowStride();
    Object sums = lender.borrow((blocks - 1) * size);
    Problem.run(
        blocks,
        block -> {
          Matrix sum = block == 0 ? c : new Matrix(sums, (block - 1) * size, c.rowStride(), 1);
          int from = block * Gemm.BLOCK;
          int to = Math.min(summands, from + Gemm.BLOCK);
          Gemm.multiply(problem.tile(), windows(group), right, sum, depth, from, to, out);
        });
    for (int step = 1; step < blocks; step *= 2) {
      for (int block = 0; block + step < blocks; block += 2 * step) {
        Object target = block == 0 ? c.array() : sums;
        int at = block == 0 ? 0 : (block - 1) * size;
        problem.loops().add(target, at, sums, (block + step - 1) * size, size);
      }
    }
    lender.giveBack(sums);
  }
}
