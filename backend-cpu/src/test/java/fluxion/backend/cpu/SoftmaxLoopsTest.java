package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.backend.cpu.lines.FloatSoftmax;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The loops over runs of float32 have the bits of kernels and folds. */
class SoftmaxLoopsTest {
  private static final int KINDS = 3;
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

  /** Where each line of a group starts. */
  private static int[] starts(int n) {
    return IntStream.range(0, FloatSoftmax.GROUP).map(line -> line * n).toArray();
  }

  /** A group of lines of different kinds, or some of them. */
  private static Operand group(int n, int lines, long seed) {
    double[] values = new double[lines * n];
    for (int line = 0; line < lines; line++) {
      float[] elements = floats(line(n, line % KINDS, seed + line));
      for (int i = 0; i < n; i++) {
        values[line * n + i] = elements[i];
      }
    }
    return Samples.of(DType.FLOAT32, values, lines, n);
  }

  private static Operand zeros(Operand like) {
    return Samples.zeros(
        DType.FLOAT32, Layout.CONTIGUOUS, like.shape().size(0), like.shape().size(1));
  }

  @Test
  void softmax() {
    SoftmaxLines lines = new SoftmaxLines();
    for (int n : LENGTHS) {
      for (int group = 1; group <= FloatSoftmax.GROUP; group++) {
        Operand x = group(n, group, n);
        Operand expected = zeros(x);
        lines.pieces(x, 1, false, expected);
        float[] found = new float[group * n];
        FloatSoftmax loops = new FloatSoftmax(n);
        loops.softmax(floats(x), starts(n), found, starts(n), group);
        assertSame(expected, found, "softmax of " + group + " × " + n);

        Operand sums = Samples.of(DType.FLOAT32, new double[group], group);
        float[] maxima = new float[group];
        Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
        int[] same = new int[group];
        loops.sums(floats(x), starts(n), group, new float[n], same, maxima, 0, floats(sums), 0);
        lines.pieces(x, 1, true, expected);
        float[] logs = floats(logarithm(sums));
        for (int line = 0; line < group; line++) {
          loops.shift(floats(x), line * n, maxima[line], logs[line], found, line * n);
        }
        assertSame(expected, found, "the logarithm of " + group + " × " + n);
      }
    }
  }

  /** Between exponentials that are powers with an exponent added and those that vanish. */
  @Test
  void softmaxOfElementsFarBelowTheLargest() {
    SoftmaxLines lines = new SoftmaxLines();
    int n = 96;
    for (double below : new double[] {79.9, 80, 80.1, 87.4, 103.9, 104.1, 1e30, 1 / 0.0}) {
      double[] values = Samples.normal(n, 7);
      values[40] = 3 - below;
      values[41] = 3;
      Operand x = Samples.of(DType.FLOAT32, values, 1, n);
      Operand expected = zeros(x);
      lines.pieces(x, 1, false, expected);
      float[] found = new float[n];
      new FloatSoftmax(n).softmax(floats(x), starts(n), found, starts(n), 1);
      assertSame(expected, found, "softmax with an element less by " + below);
    }
  }

  @Test
  void gradients() {
    SoftmaxGradientLines lines = new SoftmaxGradientLines();
    for (int n : LENGTHS) {
      for (int group = 1; group <= FloatSoftmax.GROUP; group++) {
        Operand g = group(n, group, n);
        Operand y = group(n, group, n + 10);
        Operand expected = zeros(g);
        float[] found = new float[group * n];
        int[] at = starts(n);
        lines.pieces(g, y, 1, false, expected);
        FloatSoftmax loops = new FloatSoftmax(n);
        loops.gradient(floats(g), at, floats(y), at, found, at, group);
        assertSame(expected, found, "the gradient of " + group + " × " + n);
        lines.pieces(g, y, 1, true, expected);
        loops.logarithmGradient(floats(g), at, floats(y), at, found, at, group);
        assertSame(expected, found, "the logarithm's gradient of " + group + " × " + n);
      }
    }
  }

  @Test
  void theResultMayLieWhereTheInputLay() {
    int n = 77;
    int[] at = starts(n);
    FloatSoftmax loops = new FloatSoftmax(n);
    float[] x = floats(group(n, 2, 1));
    float[] g = x.clone();
    float[] apart = new float[2 * n];
    loops.softmax(x, at, apart, at, 2);
    loops.softmax(x, at, x, at, 2);
    assertArrayEquals(apart, x);
    float[] h = g.clone();
    float[] gradient = new float[2 * n];
    loops.gradient(g, at, x, at, gradient, at, 2);
    loops.gradient(g, at, x, at, g, at, 2);
    assertArrayEquals(gradient, g);
    loops.logarithmGradient(h, at, x, at, gradient, at, 2);
    loops.logarithmGradient(h, at, x, at, h, at, 2);
    assertArrayEquals(gradient, h);
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
