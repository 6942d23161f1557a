package fluxion.engine.print;

import fluxion.api.DType;
import fluxion.api.Shape;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;

/** Elements computed from their indices. */
record TestValues(DType dtype, Shape shape, LongToDoubleFunction floats, LongUnaryOperator integers)
    implements Values {
  /** Floating-point elements. */
  static Values of(DType dtype, Shape shape, LongToDoubleFunction floats) {
    return new TestValues(
        dtype,
        shape,
        floats,
        i -> {
          throw new AssertionError("integer() of " + dtype);
        });
  }

  /** Integer elements. */
  static Values ofIntegers(DType dtype, Shape shape, LongUnaryOperator integers) {
    return new TestValues(
        dtype,
        shape,
        i -> {
          throw new AssertionError("floating() of " + dtype);
        },
        integers);
  }

  @Override
  public double floating(long index) {
    return floats.applyAsDouble(index);
  }

  @Override
  public long integer(long index) {
    return integers.applyAsLong(index);
  }
}
