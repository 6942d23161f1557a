package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.accelerator.Softmax;
import fluxion.engine.spi.accelerator.SoftmaxGradient;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
  private final Softmax softmax = new CpuBackend().accelerator(Softmax.class).orElseThrow();

  @Test
  void fewLinesOfAMatrixHaveTheSameBitsInEveryLayout() {
    double[] values = Samples.normal(24, 1);
    for (DType dtype : Samples.FLOATS) {
      for (boolean logarithm : new boolean[] {false, true}) {
        Operand first = Samples.zeros(dtype, Layout.CONTIGUOUS, 8, 3);
        softmax.softmax(Samples.of(dtype, values, 8, 3), 1, logarithm, first);
        for (Layout layout : Layout.values()) {
          Operand output = Samples.zeros(dtype, layout, 8, 3);
          softmax.softmax(Samples.of(dtype, layout, values, 8, 3), 1, logarithm, output);
          assertArrayEquals(Samples.values(first), Samples.values(output), layout.toString());
        }
      }
    }
  }

  @Test
  void everyLineIsCloseToTheFormulaAndHasTheSameBitsInEveryLayout() {
    long[] sizes = {3, 70, 4};
    for (DType dtype : Samples.FLOATS) {
      double[] values = Samples.round(dtype, Samples.normal(840, 1));
      double tolerance =
          switch (dtype) {
            case FLOAT16 -> 0x1p-10;
            case BFLOAT16 -> 0x1p-7;
            case FLOAT32 -> 0x1p-21;
            // the sum of 70 terms, here and in the oracle: 70 roundings of 2^-53 each
            default -> 0x1p-46;
          };
      for (int dim = 0; dim < 3; dim++) {
        for (boolean logarithm : new boolean[] {false, true}) {
          double[] expected = oracle(values, sizes, dim, logarithm);
          Operand first = Samples.zeros(dtype, Layout.CONTIGUOUS, sizes);
          softmax.softmax(Samples.of(dtype, values, sizes), dim, logarithm, first);
          double[] bits = Samples.values(first);
          for (int i = 0; i < bits.length; i++) {
            double scale = Math.max(Math.abs(expected[i]), logarithm ? 1 : 0);
            assertEquals(expected[i], bits[i], tolerance * scale, dtype + " along " + dim);
          }
          for (Layout layout : Layout.values()) {
            Operand out = Samples.zeros(dtype, layout, sizes);
            softmax.softmax(Samples.of(dtype, layout, values, sizes), dim, logarithm, out);
            assertArrayEquals(bits, Samples.values(out), dtype + " " + layout);
          }
        }
      }
    }
  }

  @Test
  void aGradientHasTheBitsOfItsDecompositionInEveryLayout() {
    CpuBackend backend = new CpuBackend();
    SoftmaxGradient gradient = backend.accelerator(SoftmaxGradient.class).orElseThrow();
    long[] sizes = {3, 70, 4};
    for (DType dtype : Samples.FLOATS) {
      DType compute = dtype.computeType();
      double[] gs = Samples.round(dtype, Samples.normal(840, 1));
      double[] ys = Samples.round(dtype, Samples.normal(840, 2));
      Expr g = Expr.input(0, dtype).cast(compute);
      Expr y = Expr.input(1, dtype).cast(compute);
      Expr sum = Expr.input(2, compute);
      for (int dim = 0; dim < 3; dim++) {
        for (boolean logarithm : new boolean[] {false, true}) {
          Operand first = Samples.of(dtype, gs, sizes);
          Operand second = Samples.of(dtype, ys, sizes);
          long[] kept = sizes.clone();
          kept[dim] = 1;
          boolean[] reduced = new boolean[3];
          reduced[dim] = true;
          Operand sums = Samples.zeros(compute, Layout.CONTIGUOUS, kept);
          Operand[] both = {first, second};
          backend.reduce(
              backend.compile(
                  new Reduction(
                      Reduction.Kind.SUM,
                      Kernel.of(logarithm ? g : g.mul(y)),
                      compute,
                      Kernel.of(Expr.input(0, compute)))),
              logarithm ? new Operand[] {first} : both,
              reduced,
              sums,
              new Scalar[0]);
          Expr formula = logarithm ? g.sub(y.exp().mul(sum)) : g.sub(sum).mul(y);
          Operand expected = Samples.zeros(dtype, Layout.CONTIGUOUS, sizes);
          backend.launch(
              backend.compile(Kernel.of(formula.cast(dtype))),
              new Operand[] {expected},
              new Operand[] {
                first, second, sums.layout().expand(first.shape()).operand(sums.buffer())
              },
              new Scalar[0]);
          for (Layout layout : Layout.values()) {
            Operand result = Samples.zeros(dtype, layout, sizes);
            gradient.gradient(Samples.of(dtype, layout, gs, sizes), second, dim, logarithm, result);
            assertArrayEquals(
                Samples.values(expected), Samples.values(result), dtype + " along " + dim);
          }
        }
      }
    }
  }

  private static double[] oracle(double[] x, long[] sizes, int dim, boolean logarithm) {
    double[] result = new double[x.length];
    int n = (int) sizes[dim];
    int step = dim == 0 ? 280 : dim == 1 ? 4 : 1;
    for (int i = 0; i < x.length; i++) {
      int start = i - i / step % n * step;
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += Math.exp(x[start + j * step]);
      }
      result[i] = logarithm ? x[i] - Math.log(sum) : Math.exp(x[i]) / sum;
    }
    return result;
  }

  private double[] line(boolean logarithm, double... values) {
    Operand x = Samples.of(DType.FLOAT32, values, values.length);
    softmax.softmax(x, 0, logarithm, x);
    return Samples.values(x);
  }

  @Test
  void largeValuesDoNotOverflow() {
    assertArrayEquals(new double[] {0.5, 0.5, 0}, line(false, 1e30, 1e30, -1e30));
    assertArrayEquals(
        new double[] {0, Double.NEGATIVE_INFINITY}, line(true, 5, Double.NEGATIVE_INFINITY));
  }

  @Test
  void aLineWithNanOrWithoutAFiniteMaximumIsNan() {
    double inf = Double.POSITIVE_INFINITY;
    double[] nans = {Double.NaN, Double.NaN};
    assertArrayEquals(nans, line(false, 1, Double.NaN));
    assertArrayEquals(nans, line(false, inf, 1));
    assertArrayEquals(nans, line(true, -inf, -inf));
  }

  @Test
  void scalarsLongLinesAndEmptyOperandsAreComputed() {
    Operand scalar = Samples.of(DType.FLOAT64, new double[] {3});
    softmax.softmax(scalar, 0, false, scalar);
    assertArrayEquals(new double[] {1}, Samples.values(scalar));
    double[] ones = new double[1 << 15];
    double[] expected = new double[1 << 15];
    Arrays.fill(expected, 0x1p-15);
    assertArrayEquals(expected, line(false, ones));
    Operand empty = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2, 0);
    softmax.softmax(empty, 1, false, empty);
    softmax.softmax(empty, 0, false, empty);
  }
}
