package fluxion.conformance.function;

import fluxion.api.Tensor;
import java.util.Optional;

/** Compares tensors bit for bit; all NaNs are equal. */
public final class Bits {
  private Bits() {}

  /**
   * {@return what differs, if something does}
   *
   * @param expected what is expected
   * @param actual what was found
   */
  public static Optional<String> difference(Tensor expected, Tensor actual) {
    if (!expected.shape().equals(actual.shape()) || expected.dtype() != actual.dtype()) {
      return Optional.of(
          "%s %s instead of %s %s"
              .formatted(actual.dtype(), actual.shape(), expected.dtype(), expected.shape()));
    }
    long[] expectedBits = bits(expected);
    long[] actualBits = bits(actual);
    for (int i = 0; i < expectedBits.length; i++) {
      if (expectedBits[i] != actualBits[i]) {
        return Optional.of(
            "element %d is %s instead of %s"
                .formatted(i, text(actual, actualBits[i]), text(expected, expectedBits[i])));
      }
    }
    return Optional.empty();
  }

  /**
   * {@return the elements as integers that are equal where the elements are the same}
   *
   * @param tensor the tensor
   */
  public static long[] bits(Tensor tensor) {
    return switch (tensor.dtype().category()) {
      case FLOATING -> {
        double[] values = tensor.toDoubleArray();
        long[] bits = new long[values.length];
        for (int i = 0; i < bits.length; i++) {
          bits[i] = Double.doubleToLongBits(values[i]);
        }
        yield bits;
      }
      case INTEGRAL, BOOL -> tensor.toLongArray();
    };
  }

  private static String text(Tensor tensor, long bits) {
    return tensor.dtype().isFloatingPoint()
        ? Double.toString(Double.longBitsToDouble(bits))
        : Long.toString(bits);
  }
}
