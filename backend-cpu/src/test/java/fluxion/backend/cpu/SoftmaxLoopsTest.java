package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.backend.cpu.lines.FloatSoftmax;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The loops over runs of float32 have the bits of kernels and folds. */
class SoftmaxLoopsTest {
  private static final int[] LENGTHS = {1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 517};

  private static float[] floats(Operand operand) {
    return (float[]) CpuBuffer.elements(operand).array();
  }

  private static void assertSame(Operand expected, float[] found, String what) {
    float[] values = floats(expected);
    assertArrayEquals(values, found, what);
    for (int i = 0; i < values.length; i++) {
      if (values[i] == 0
          && Float.floatToRawIntBits(values[i]) != Float.floatToRawIntBits(found[i])) {
        throw new AssertionError(what + ": another zero at " + i);
      }
    }
  }

  /** Numbers of many sizes, or among them infinities, NaN and zeros of both signs. */
  private static Operand line(int n, int kind, long seed) {
    double[] values = kind == 2 ? Samples.special(n, seed) : Samples.normal(n, seed);
    Random random = new Random(seed);
    for (int i = 0; i < n && kind == 1; i++) {
      values[i] = (float) (values[i] * Math.pow(10, random.nextInt(9) - 4));
    }
    return Samples.of(DType.FLOAT32, values, n);
  }

  @Test
  void softmax() {
    SoftmaxLines lines = new SoftmaxLines();
    float[] scratch = FloatSoftmax.scratch();
    for (int n : LENGTHS) {
      for (int kind = 0; kind < 3; kind++) {
        Operand x = line(n, kind, n);
        Operand expected = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, n);
        lines.pieces(x, 0, false, expected);
        float[] found = new float[n];
        float max = FloatSoftmax.max(floats(x), 0, n, scratch);
        float sum = FloatSoftmax.exponentials(floats(x), 0, max, found, 0, n, scratch);
        FloatSoftmax.divide(found, 0, n, sum);
        assertSame(expected, found, "softmax of " + n);

        Operand sums = Samples.of(DType.FLOAT32, new double[] {0}, 1);
        floats(sums)[0] = FloatSoftmax.sumOfExponentials(floats(x), 0, max, n, scratch);
        assertArrayEquals(new float[] {sum}, floats(sums), "the sum of " + n);
        lines.pieces(x, 0, true, expected);
        float log = floats(logarithm(sums))[0];
        FloatSoftmax.shift(floats(x), 0, max, log, found, 0, n);
        assertSame(expected, found, "the logarithm of " + n);
      }
    }
  }

  @Test
  void gradients() {
    SoftmaxGradientLines lines = new SoftmaxGradientLines();
    float[] scratch = FloatSoftmax.scratch();
    for (int n : LENGTHS) {
      for (int kind = 0; kind < 3; kind++) {
        Operand g = line(n, kind, n);
        Operand y = line(n, kind, n + 1);
        Operand expected = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, n);
        float[] found = new float[n];
        lines.pieces(g, y, 0, false, expected);
        FloatSoftmax.gradient(floats(g), 0, floats(y), 0, found, 0, n, scratch);
        assertSame(expected, found, "the gradient of " + n);
        lines.pieces(g, y, 0, true, expected);
        FloatSoftmax.logarithmGradient(floats(g), 0, floats(y), 0, found, 0, n, scratch);
        assertSame(expected, found, "the logarithm's gradient of " + n);
      }
    }
  }

  @Test
  void theResultMayLieWhereTheInputLay() {
    float[] scratch = FloatSoftmax.scratch();
    float[] x = floats(line(77, 0, 1));
    float[] apart = new float[77];
    float max = FloatSoftmax.max(x, 0, 77, scratch);
    float[] g = x.clone();
    FloatSoftmax.divide(apart, 0, 77, FloatSoftmax.exponentials(x, 0, max, apart, 0, 77, scratch));
    FloatSoftmax.divide(x, 0, 77, FloatSoftmax.exponentials(x, 0, max, x, 0, 77, scratch));
    assertArrayEquals(apart, x);
    float[] gradient = new float[77];
    FloatSoftmax.gradient(g, 0, x, 0, gradient, 0, 77, scratch);
    FloatSoftmax.gradient(g, 0, x, 0, g, 0, 77, scratch);
    assertArrayEquals(gradient, g);
  }

  private static Operand logarithm(Operand x) {
    CpuBackend backend = new CpuBackend();
    Operand result = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, x.numel());
    backend.launch(
        backend.compile(Kernel.of(Expr.input(0, DType.FLOAT32).log())),
        new Operand[] {result},
        new Operand[] {x},
        new Scalar[0]);
    return result;
  }
}
