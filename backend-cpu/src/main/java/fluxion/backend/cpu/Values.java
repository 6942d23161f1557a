package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.engine.spi.Reduction;

/**
 * A block of values in registers: float64 for floating-point dtypes, int64 for integers and truth
 * values. Each value is one that the block's dtype can hold.
 */
abstract sealed class Values permits DoubleValues, LongValues {
  /** How many logical elements the primitives work on at a time. */
  static final int BLOCK = 256;

  /**
   * {@return new registers}
   *
   * @param dtype the dtype of the values, to which {@link #combine} rounds
   * @param n how many
   */
  static Values of(DType dtype, int n) {
    return dtype.isFloatingPoint()
        ? new DoubleValues(dtype, new double[n])
        : new LongValues(dtype, new long[n]);
  }

  /** {@return how many registers there are} */
  abstract int length();

  /** Reads a run of elements into the registers from {@code start}. */
  abstract void load(Elements elements, int at, int step, int start, int n);

  /** Writes the registers from {@code start} to a run of elements, cast to their dtype. */
  abstract void store(Elements elements, int at, int step, int start, int n);

  /**
   * Combines each of {@code n} registers with one of another block of this kind, rounding to this
   * block's dtype. The ranges do not overlap.
   *
   * @param kind how
   * @param start the first register of this block
   * @param from the other block
   * @param fromStart its first register
   * @param n how many
   */
  abstract void combine(Reduction.Kind kind, int start, Values from, int fromStart, int n);
}
