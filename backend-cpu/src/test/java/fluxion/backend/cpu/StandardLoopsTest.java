package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.backend.cpu.lines.FloatStandard;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import org.junit.jupiter.api.Test;

/** The loops over runs of float32 have the bits of kernels and folds. */
class StandardLoopsTest {
  private static final int[] LENGTHS = {1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 517};
  private static final float EPS = 1e-3f;

  private final CpuBackend backend = new CpuBackend();

  private static float[] floats(Operand operand) {
    return (float[]) CpuBuffer.elements(operand).array();
  }

  private static Operand lines(int lines, int n, long seed) {
    double[] values = new double[lines * n];
    for (int line = 0; line < lines; line++) {
      double[] elements = line == 2 ? Samples.special(n, seed) : Samples.normal(n, seed + line);
      System.arraycopy(elements, 0, values, line * n, n);
    }
    return Samples.of(DType.FLOAT32, values, lines, n);
  }

  private Operand launch(Expr formula, long rows, long columns, double scalar, Operand... inputs) {
    Operand output = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, rows, columns);
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = inputs[i].layout().expand(output.shape()).operand(inputs[i].buffer());
    }
    backend.launch(
        backend.compile(Kernel.of(formula)),
        new Operand[] {output},
        inputs,
        new Scalar[] {Scalar.of(scalar)});
    return output;
  }

  private Operand mean(Operand x) {
    long rows = x.shape().size(0);
    Operand sums = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, rows, 1);
    DType dtype = DType.FLOAT32;
    backend.reduce(
        backend.compile(Reduction.of(Reduction.Kind.SUM, dtype, dtype, dtype)),
        new Operand[] {x},
        new boolean[] {false, true},
        sums,
        new Scalar[0]);
    Expr quotient = input(0).div(Expr.scalar(0, dtype));
    return launch(quotient, rows, 1, (double) x.shape().size(1), sums);
  }

  private static Expr input(int i) {
    return Expr.input(i, DType.FLOAT32);
  }

  private static int[] starts(int n) {
    return new int[] {0, n, 2 * n, 3 * n};
  }

  @Test
  void standardised_lines_and_their_statistics() {
    for (int n : LENGTHS) {
      for (int group = 1; group <= FloatStandard.GROUP; group++) {
        Operand x = lines(group, n, n);
        Operand mean = mean(x);
        Operand difference = launch(input(0).sub(input(1)), group, n, 0, x, mean);
        Operand variance = mean(launch(input(0).mul(input(0)), group, n, 0, difference));
        Expr root =
            Expr.literal(DType.FLOAT32, 1).div(input(0).add(Expr.scalar(0, DType.FLOAT32)).sqrt());
        Operand rstd = launch(root, group, 1, EPS, variance);
        Operand expected = launch(input(0).mul(input(1)), group, n, 0, difference, rstd);
        float[] found = new float[group * n];
        FloatStandard loops = new FloatStandard(n);
        loops.standardize(floats(x), starts(n), found, starts(n), group, EPS);
        String what = group + " × " + n;
        assertArrayEquals(floats(expected), found, what);
        Operand[] statistics = {rstd, mean, variance};
        for (int k = 0; k < statistics.length; k++) {
          float[] values = new float[group];
          loops.store(k, values, 0, group);
          assertArrayEquals(floats(statistics[k]), values, "statistic " + k + " of " + what);
        }
      }
    }
  }

  @Test
  void the_gradient() {
    for (int n : LENGTHS) {
      for (int group = 1; group <= FloatStandard.GROUP; group++) {
        Operand g = lines(group, n, n);
        Operand y = lines(group, n, n + 10);
        Operand rstd = lines(group, 1, n + 20);
        Operand products = mean(launch(input(0).mul(input(1)), group, n, 0, g, y));
        Expr formula = input(0).sub(input(1)).sub(input(2).mul(input(3))).mul(input(4));
        Operand expected = launch(formula, group, n, 0, g, mean(g), y, products, rstd);
        float[] found = new float[group * n];
        int[] at = starts(n);
        new FloatStandard(n)
            .gradient(
                new float[][] {floats(g), floats(y), found},
                new int[][] {at, at, at},
                floats(rstd),
                0,
                group);
        assertArrayEquals(floats(expected), found, group + " × " + n);
      }
    }
  }

  @Test
  void operands_whose_lines_are_no_runs_are_left_alone() {
    Operand x = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 3, 4);
    Operand across = x.layout().transpose(0, 1).operand(x.buffer());
    Operand result = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 4, 3);
    Operand one = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 4, 1);
    boolean done = new StandardLines().standardize(across, 1, 1, result, one, one, one);
    assertArrayEquals(new boolean[] {false}, new boolean[] {done});
    assertArrayEquals(new float[(int) Shape.of(4, 3).numel()], floats(result));
  }
}
