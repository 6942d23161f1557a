package fluxion.api.spi;

import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import java.lang.foreign.MemorySegment;

/** Makes tensors from nothing and from Java arrays. */
public interface TensorFactory {
  /**
   * {@return a tensor with every element set to a value}
   *
   * @param shape its shape
   * @param value the value
   * @param options dtype (none: float32), device and whether it requires a gradient
   */
  Tensor full(Shape shape, Scalar value, TensorOptions options);

  /**
   * {@return a tensor with the values of a Java array}
   *
   * @param values a primitive array, an array of such arrays to any depth, or a boxed number or
   *     boolean for a 0-dimensional tensor
   * @param options dtype (none: that of the Java type), device and whether it requires a gradient
   */
  Tensor of(Object values, TensorOptions options);

  /**
   * {@return a tensor with the values of a flat Java array}
   *
   * @param values a primitive array with the elements in row-major order
   * @param shape the tensor's shape
   * @param options dtype (none: that of the Java type), device and whether it requires a gradient
   */
  Tensor of(Object values, Shape shape, TensorOptions options);

  /**
   * {@return a tensor with the elements that stand in memory, copied as they are}
   *
   * @param bytes the elements in row-major order, little-endian, at any address
   * @param shape the tensor's shape
   * @param options dtype (none: float32), device and whether it requires a gradient
   */
  Tensor fromBytes(MemorySegment bytes, Shape shape, TensorOptions options);

  /**
   * {@return the numbers {@code start, start + step, …} below {@code end}}
   *
   * @param start the first
   * @param end the bound
   * @param step the step, not 0
   * @param options dtype (none: int64 where all three are integral, else float32) and so on
   */
  Tensor arange(Scalar start, Scalar end, Scalar step, TensorOptions options);
}
