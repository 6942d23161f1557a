package fluxion.benchmarks.workloads;

import java.util.stream.LongStream;

/** The numbers that every framework computes with. */
public final class Inputs {
  private static final double PERIOD = 12.9898;

  private Inputs() {}

  /**
   * {@return numbers between −1 and 1, the same at every call}
   *
   * @param n how many
   */
  public static float[] floats(int n) {
    float[] values = new float[n];
    long state = 1;
    for (int i = 0; i < n; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      values[i] = (state >> 40) * 0x1p-23f;
    }
    return values;
  }

  /**
   * {@return the samples of a slow sine, which networks are given}
   *
   * @param n how many
   */
  public static float[] wave(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) Math.sin(0.1 * i);
    }
    return values;
  }

  /**
   * {@return a weight of a network, of the size that keeps activations about as large as inputs}
   *
   * @param shape its shape; the first dimension is that of the outputs
   */
  public static float[] weight(long... shape) {
    int n = Math.toIntExact(LongStream.of(shape).reduce(1, (a, b) -> a * b));
    double scale = Math.sqrt(3.0 * shape[0] / n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (scale * Math.sin(PERIOD * i));
    }
    return values;
  }

  /**
   * {@return class labels, in turn}
   *
   * @param n how many
   * @param classes how many classes there are
   */
  public static long[] labels(int n, int classes) {
    return LongStream.range(0, n).map(i -> i % classes).toArray();
  }
}
