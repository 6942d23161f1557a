package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.engine.spi.Operand;
import java.util.Arrays;
import java.util.Random;

/** Makes operands of the layouts that the tests share and reads them back element by element. */
final class Samples {
  static final DType[] FLOATS = {DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64};
  static final DType[] INTEGERS = {DType.UINT8, DType.INT8, DType.INT16, DType.INT32, DType.INT64};

  private Samples() {}

  /** How a logical array lies in memory. */
  enum Layout {
    CONTIGUOUS,
    TRANSPOSED,
    REVERSED,
    SPACED
  }

  /** {@return an operand of zeros in a layout} */
  static Operand zeros(DType dtype, Layout layout, long... sizes) {
    int dims = sizes.length;
    Shape shape = Shape.of(sizes);
    long[] strides = shape.contiguousStrides();
    long offset = 0;
    long length = shape.numel();
    switch (layout) {
      case CONTIGUOUS -> {}
      case TRANSPOSED -> {
        long step = 1;
        for (int d = 0; d < dims; d++) {
          strides[d] = step;
          step *= Math.max(sizes[d], 1);
        }
      }
      case REVERSED -> {
        offset = Math.max(length - 1, 0);
        for (int d = 0; d < dims; d++) {
          strides[d] = -strides[d];
        }
      }
      case SPACED -> {
        offset = 3;
        length = 3 * length + 5;
        for (int d = 0; d < dims; d++) {
          strides[d] *= 3;
        }
      }
    }
    return new Operand(
        new CpuBuffer(Elements.allocate(dtype, (int) length)), shape, strides, offset);
  }

  /** {@return an operand with given logical values, each one that the dtype can hold} */
  static Operand of(DType dtype, Layout layout, double[] values, long... sizes) {
    Operand operand = zeros(dtype, layout, sizes);
    for (int i = 0; i < values.length; i++) {
      CpuBuffer.elements(operand).setDouble(place(operand, i), values[i]);
    }
    return operand;
  }

  /** {@return a contiguous operand} */
  static Operand of(DType dtype, double[] values, long... sizes) {
    return of(dtype, Layout.CONTIGUOUS, values, sizes);
  }

  /** {@return a contiguous vector of int64} */
  static Operand longs(long... values) {
    Operand operand = zeros(DType.INT64, Layout.CONTIGUOUS, values.length);
    System.arraycopy(values, 0, CpuBuffer.elements(operand).array(), 0, values.length);
    return operand;
  }

  /** {@return another window onto an operand's memory} */
  static Operand view(Operand operand, long offset, long[] sizes, long... strides) {
    return new Operand(operand.buffer(), Shape.of(sizes), strides, offset);
  }

  /** {@return the logical values in row-major order} */
  static double[] values(Operand operand) {
    double[] values = new double[(int) operand.numel()];
    Arrays.setAll(values, i -> CpuBuffer.elements(operand).getDouble(place(operand, i)));
    return values;
  }

  /** {@return the logical values in row-major order} */
  static long[] integers(Operand operand) {
    long[] values = new long[(int) operand.numel()];
    Arrays.setAll(values, i -> CpuBuffer.elements(operand).getLong(place(operand, i)));
    return values;
  }

  /** {@return where the element at a row-major position lies} */
  static int place(Operand operand, long position) {
    long rest = position;
    long at = operand.offset();
    for (int d = operand.shape().dim() - 1; d >= 0; d--) {
      at += rest % operand.shape().size(d) * operand.layout().stride(d);
      rest /= operand.shape().size(d);
    }
    return (int) at;
  }

  /** {@return values that every dtype but bool can hold and whose sums in float round} */
  static double[] small(int n, long seed) {
    return new Random(seed).ints(n, 0, 6).asDoubleStream().toArray();
  }

  /** {@return normally distributed float32 values} */
  static double[] normal(int n, long seed) {
    Random random = new Random(seed);
    double[] values = new double[n];
    Arrays.setAll(values, i -> (float) random.nextGaussian());
    return values;
  }

  /** {@return values with the special ones among them} */
  static double[] special(int n, long seed) {
    double[] values = normal(n, seed);
    double[] odd = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0, 1, -1
    };
    Random random = new Random(seed + 1);
    for (int i = 0; i < n; i++) {
      if (random.nextInt(3) == 0) {
        values[i] = odd[random.nextInt(odd.length)];
      }
    }
    return values;
  }

  /** {@return the value as its dtype stores it} */
  static double round(DType dtype, double value) {
    Elements one = Elements.allocate(dtype, 1);
    one.setDouble(0, value);
    return one.getDouble(0);
  }

  /** {@return each value as its dtype stores it} */
  static double[] round(DType dtype, double[] values) {
    return Arrays.stream(values).map(v -> round(dtype, v)).toArray();
  }

  /** Checks that an error's message mentions a text. */
  static void assertMentions(String text, Throwable error) {
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains(text), message);
  }
}
