package fluxion.api;

import fluxion.api.spi.Engines;
import fluxion.api.spi.TensorFactory;
import java.lang.foreign.MemorySegment;

/**
 * Makes tensors. Meant for {@code import static}: {@code ones(2, 2)}, {@code tensor(1f, 2f, 3f)}.
 *
 * <p>A Java array's element type is the tensor's dtype: {@code float[]} gives float32, {@code
 * double[]} float64, {@code long[]} int64, {@code int[]} int32, {@code short[]} int16, {@code
 * byte[]} int8 and {@code boolean[]} bool; other dtypes are asked for in the options.
 */
public final class Tensors extends RandomTensors {
  private static final TensorOptions DEFAULT = TensorOptions.DEFAULT;

  private Tensors() {}

  private static TensorFactory factory() {
    return Engines.current().tensors();
  }

  /**
   * {@return a 0-dimensional float32 tensor}
   *
   * @param value its value
   */
  public static Tensor tensor(float value) {
    return factory().of(value, DEFAULT);
  }

  /**
   * {@return a float32 tensor of one dimension}
   *
   * @param values its values
   */
  public static Tensor tensor(float... values) {
    return factory().of(values, DEFAULT);
  }

  /**
   * {@return a 0-dimensional float64 tensor}
   *
   * @param value its value
   */
  public static Tensor tensor(double value) {
    return factory().of(value, DEFAULT);
  }

  /**
   * {@return a float64 tensor of one dimension}
   *
   * @param values its values
   */
  public static Tensor tensor(double... values) {
    return factory().of(values, DEFAULT);
  }

  /**
   * {@return a 0-dimensional int64 tensor}
   *
   * @param value its value
   */
  public static Tensor tensor(long value) {
    return factory().of(value, DEFAULT);
  }

  /**
   * {@return an int64 tensor of one dimension}
   *
   * @param values its values
   */
  public static Tensor tensor(long... values) {
    return factory().of(values, DEFAULT);
  }

  /**
   * {@return a 0-dimensional bool tensor}
   *
   * @param value its value
   */
  public static Tensor tensor(boolean value) {
    return factory().of(value, DEFAULT);
  }

  /**
   * {@return a bool tensor of one dimension}
   *
   * @param values its values
   */
  public static Tensor tensor(boolean... values) {
    return factory().of(values, DEFAULT);
  }

  /**
   * {@return a tensor of the shape of a nested Java array}
   *
   * @param values a primitive array, or an array of arrays to any depth
   * @throws ArgumentException if the arrays are ragged or hold no numbers
   */
  public static Tensor tensor(Object values) {
    return factory().of(values, DEFAULT);
  }

  /**
   * {@return a tensor of the shape of a nested Java array}
   *
   * @param values a number, a primitive array, or an array of arrays to any depth
   * @param options dtype (none: the Java type's), device and whether it requires a gradient
   * @throws ArgumentException if the arrays are ragged or hold no numbers
   */
  public static Tensor tensor(Object values, TensorOptions options) {
    return factory().of(values, options);
  }

  /**
   * {@return a tensor with the values of a flat Java array}
   *
   * @param values a primitive array with the elements in row-major order
   * @param shape the tensor's shape
   * @param options dtype (none: the Java type's), device and whether it requires a gradient
   * @throws ShapeException if the number of values is not that of the shape
   */
  public static Tensor tensor(Object values, Shape shape, TensorOptions options) {
    return factory().of(values, shape, options);
  }

  /**
   * {@return a tensor with the elements that stand in memory, copied as they are}
   *
   * <p>The counterpart of {@link Storage#copyTo}: nothing is converted, so every bit of a NaN is
   * kept. A truth value is a byte that is 0 or 1.
   *
   * @param bytes the elements in row-major order, little-endian, at any address
   * @param shape the tensor's shape
   * @param options dtype (none: float32), device and whether it requires a gradient
   * @throws ShapeException if the number of bytes is not that of the shape
   * @throws ArgumentException if a truth value is neither 0 nor 1
   */
  public static Tensor fromBytes(MemorySegment bytes, Shape shape, TensorOptions options) {
    return factory().fromBytes(bytes, shape, options);
  }

  /**
   * {@return zeros}
   *
   * @param size the sizes
   */
  public static Tensor zeros(long... size) {
    return zeros(DEFAULT, size);
  }

  /**
   * {@return zeros}
   *
   * @param options dtype, device and whether it requires a gradient
   * @param size the sizes
   */
  public static Tensor zeros(TensorOptions options, long... size) {
    return factory().full(Shape.of(size), Scalar.of(0), orFloat(options));
  }

  /**
   * {@return ones}
   *
   * @param size the sizes
   */
  public static Tensor ones(long... size) {
    return ones(DEFAULT, size);
  }

  /**
   * {@return ones}
   *
   * @param options dtype, device and whether it requires a gradient
   * @param size the sizes
   */
  public static Tensor ones(TensorOptions options, long... size) {
    return factory().full(Shape.of(size), Scalar.of(1), orFloat(options));
  }

  /**
   * {@return memory that has not been given values; here it holds zeros}
   *
   * @param options dtype, device and whether it requires a gradient
   * @param size the sizes
   */
  public static Tensor empty(TensorOptions options, long... size) {
    return zeros(options, size);
  }

  /**
   * {@return a tensor with every element set to a value}
   *
   * @param value the value; without a dtype in the options it decides the dtype
   * @param options dtype, device and whether it requires a gradient
   * @param size the sizes
   */
  public static Tensor full(Scalar value, TensorOptions options, long... size) {
    return factory().full(Shape.of(size), value, options);
  }

  /**
   * {@return zeros of the shape, dtype and device of a tensor}
   *
   * @param like the tensor
   */
  public static Tensor zerosLike(Tensor like) {
    return factory().full(like.shape(), Scalar.of(0), optionsOf(like));
  }

  /**
   * {@return ones of the shape, dtype and device of a tensor}
   *
   * @param like the tensor
   */
  public static Tensor onesLike(Tensor like) {
    return factory().full(like.shape(), Scalar.of(1), optionsOf(like));
  }

  /**
   * {@return a tensor of the shape, dtype and device of another with every element set to a value}
   *
   * @param like the other tensor
   * @param value the value
   */
  public static Tensor fullLike(Tensor like, Scalar value) {
    return factory().full(like.shape(), value, optionsOf(like));
  }

  /**
   * {@return memory of the shape, dtype and device of a tensor that has not been given values; here
   * it holds zeros}
   *
   * @param like the tensor
   */
  public static Tensor emptyLike(Tensor like) {
    return zerosLike(like);
  }

  /**
   * {@return a matrix with ones on its diagonal, else zeros}
   *
   * @param n its number of rows and of columns
   */
  public static Tensor eye(long n) {
    return eye(n, n, DEFAULT);
  }

  /**
   * {@return a matrix with ones on its diagonal, else zeros}
   *
   * @param n its number of rows
   * @param m its number of columns
   * @param options dtype, device and whether it requires a gradient
   * @throws ArgumentException if a number is negative
   */
  public static Tensor eye(long n, long m, TensorOptions options) {
    return Sequences.eye(n, m, orFloat(options));
  }

  /**
   * {@return evenly spaced numbers from one to another, both included}
   *
   * @param start the first
   * @param end the last
   * @param steps how many
   */
  public static Tensor linspace(double start, double end, int steps) {
    return linspace(start, end, steps, DEFAULT);
  }

  /**
   * {@return evenly spaced numbers from one to another, both included}
   *
   * @param start the first
   * @param end the last
   * @param steps how many
   * @param options dtype, device and whether it requires a gradient
   * @throws ArgumentException if {@code steps} is negative
   */
  public static Tensor linspace(double start, double end, int steps, TensorOptions options) {
    return Sequences.linspace(start, end, steps, orFloat(options));
  }

  /**
   * {@return powers of 10 whose exponents are evenly spaced, both ends included}
   *
   * @param start the first exponent
   * @param end the last exponent
   * @param steps how many
   */
  public static Tensor logspace(double start, double end, int steps) {
    return logspace(start, end, steps, 10, DEFAULT);
  }

  /**
   * {@return powers whose exponents are evenly spaced, both ends included}
   *
   * @param start the first exponent
   * @param end the last exponent
   * @param steps how many
   * @param base what is raised to them
   * @param options dtype, device and whether it requires a gradient
   * @throws ArgumentException if {@code steps} is negative
   */
  public static Tensor logspace(
      double start, double end, int steps, double base, TensorOptions options) {
    return Sequences.logspace(start, end, steps, base, orFloat(options));
  }

  /**
   * {@return the integers from 0 up to a bound}
   *
   * @param end the bound
   */
  public static Tensor arange(long end) {
    return factory().arange(Scalar.of(0), Scalar.of(end), Scalar.of(1), DEFAULT);
  }

  /**
   * {@return the numbers {@code start, start + step, …} below a bound}
   *
   * @param start the first
   * @param end the bound
   * @param step the step, not 0
   * @param options dtype (none: int64 where all three are integral, else float32) and so on
   */
  public static Tensor arange(Scalar start, Scalar end, Scalar step, TensorOptions options) {
    return factory().arange(start, end, step, options);
  }

  /**
   * {@return tensors joined along a new dimension}
   *
   * @param dim where the new dimension goes
   * @param tensors tensors of one shape
   */
  public static Tensor stack(int dim, Tensor... tensors) {
    return ShapingSites.STACK.get().apply(tensors.clone(), dim);
  }

  /**
   * {@return tensors joined along a dimension that they have}
   *
   * @param dim the dimension
   * @param tensors tensors of one shape but for that dimension
   */
  public static Tensor cat(int dim, Tensor... tensors) {
    return ShapingSites.CAT.get().apply(tensors.clone(), dim);
  }

  /**
   * {@return tensors joined along the second dimension; vectors along their only one}
   *
   * @param tensors the tensors
   */
  public static Tensor hstack(Tensor... tensors) {
    return ShapingSites.HSTACK.get().apply(tensors.clone());
  }

  /**
   * {@return tensors joined along the first dimension, vectors as rows}
   *
   * @param tensors the tensors
   */
  public static Tensor vstack(Tensor... tensors) {
    return ShapingSites.VSTACK.get().apply(tensors.clone());
  }

  private static TensorOptions orFloat(TensorOptions options) {
    return options.dtype() == null ? options.dtype(DType.FLOAT32) : options;
  }
}
