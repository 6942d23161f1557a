package fluxion.api;

import fluxion.api.spi.Engines;
import org.jspecify.annotations.Nullable;

/** Tensors whose elements follow from their places. */
final class Sequences {
  private Sequences() {}

  static Tensor eye(long n, long m, TensorOptions options) {
    if (n < 0 || m < 0) {
      throw new ArgumentException(
          (n < 0 ? "n" : "m") + " must be greater or equal to 0, got " + Math.min(n, m));
    }
    Shape shape = Shape.of(n, m);
    if (shape.numel() > Integer.MAX_VALUE - 8) {
      throw new ShapeException("eye of shape " + shape + " does not fit a Java array");
    }
    boolean[] values = new boolean[(int) shape.numel()];
    for (long i = 0; i < Math.min(n, m); i++) {
      values[(int) (i * m + i)] = true;
    }
    return Engines.current().tensors().of(values, shape, options);
  }

  /**
   * As PyTorch does: in the dtype's own arithmetic, the first half counted from the start and the
   * second from the end, so that both ends are exact.
   */
  static Tensor linspace(double start, double end, int steps, TensorOptions options) {
    if (steps < 0) {
      throw new ArgumentException("number of steps must be non-negative, got " + steps);
    }
    Object values =
        options.dtype() == DType.FLOAT64
            ? doubles(start, end, steps)
            : options.dtype() == DType.FLOAT32
                ? floats((float) start, (float) end, steps)
                : cut(start, end, steps, options);
    return Engines.current().tensors().of(values, Shape.of(steps), options);
  }

  /** For integers the step is a float, as in PyTorch, and each element is cut towards zero. */
  private static Object cut(double start, double end, int steps, TensorOptions options) {
    DType dtype = options.dtype();
    if (dtype == null || dtype.isFloatingPoint()) {
      return floats((float) start, (float) end, steps);
    }
    long first = (long) start;
    long last = (long) end;
    float step = steps > 1 ? ((float) last - first) / (steps - 1) : 0;
    long[] values = new long[steps];
    for (int i = 0; i < steps; i++) {
      values[i] =
          (long) (i < steps / 2 || steps == 1 ? first + step * i : last - step * (steps - i - 1));
    }
    return values;
  }

  private static double[] doubles(double start, double end, int steps) {
    double step = steps > 1 ? (end - start) / (steps - 1) : 0;
    double[] values = new double[steps];
    for (int i = 0; i < steps; i++) {
      values[i] = i < steps / 2 || steps == 1 ? start + step * i : end - step * (steps - i - 1);
    }
    return values;
  }

  private static float[] floats(float start, float end, int steps) {
    float step = steps > 1 ? (end - start) / (steps - 1) : 0;
    float[] values = new float[steps];
    for (int i = 0; i < steps; i++) {
      values[i] = i < steps / 2 || steps == 1 ? start + step * i : end - step * (steps - i - 1);
    }
    return values;
  }

  /** As PyTorch does: exponents in the dtype's own arithmetic, powers in float64. */
  static Tensor logspace(double start, double end, int steps, double base, TensorOptions options) {
    if (steps < 0) {
      throw new ArgumentException("number of steps must be non-negative, got " + steps);
    }
    DType dtype = options.dtype();
    double[] powers =
        dtype == DType.FLOAT64 ? doubles(start, end, steps) : widened(start, end, steps, dtype);
    for (int i = 0; i < steps; i++) {
      powers[i] = StrictMath.pow(base, powers[i]);
    }
    return Engines.current().tensors().of(powers, Shape.of(steps), options);
  }

  private static double[] widened(double start, double end, int steps, @Nullable DType dtype) {
    boolean whole = dtype != null && !dtype.isFloatingPoint();
    float[] exponents =
        floats(whole ? (long) start : (float) start, whole ? (long) end : (float) end, steps);
    double[] wide = new double[steps];
    for (int i = 0; i < steps; i++) {
      wide[i] = exponents[i];
    }
    return wide;
  }
}
