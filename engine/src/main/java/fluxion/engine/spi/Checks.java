package fluxion.engine.spi;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.engine.tape.HostValues;
import fluxion.engine.tape.TensorImpl;

/**
 * What an operator asks of values, to refuse arguments or to choose between ways that give the
 * same: never to compute with. Of a batched tensor, which has no values of its own to read, it asks
 * all slices.
 */
public final class Checks {
  private Checks() {}

  /**
   * {@return whether to ask for a tensor's values would be to wait for its device}
   *
   * <p>Such a device works on while the program goes on. An operator that only hands indices to a
   * primitive, which refuses those out of range itself, leaves it to that: the error comes from the
   * next call that waits.
   *
   * @param tensor the tensor
   */
  public static boolean wouldWait(Tensor tensor) {
    return TensorImpl.of(tensor).storage().device().isAsynchronous();
  }

  /**
   * {@return whether all elements are true}
   *
   * @param conditions a bool tensor, of few elements: reduce it before
   */
  public static boolean all(Tensor conditions) {
    for (long value : integers(conditions)) {
      if (value == 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return whether some element is true}
   *
   * @param conditions a bool tensor, of few elements: reduce it before
   */
  public static boolean any(Tensor conditions) {
    for (long value : integers(conditions)) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return the largest element, as a float64}
   *
   * @param tensor a tensor of few elements, at least one: reduce it before
   */
  public static double largest(Tensor tensor) {
    double largest = Double.NEGATIVE_INFINITY;
    double[] values = (double[]) HostValues.everywhere(TensorImpl.of(tensor), DType.FLOAT64);
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  /**
   * {@return the elements of a tensor of integers}
   *
   * @param tensor the tensor
   */
  public static long[] integers(Tensor tensor) {
    return (long[]) HostValues.everywhere(TensorImpl.of(tensor), DType.INT64);
  }
}
