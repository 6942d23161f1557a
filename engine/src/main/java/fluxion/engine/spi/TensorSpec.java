package fluxion.engine.spi;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Shape;
import fluxion.api.Tensor;

/**
 * A tensor without its values.
 *
 * @param shape the sizes
 * @param dtype the type of the elements
 * @param device where they are
 */
public record TensorSpec(Shape shape, DType dtype, Device device) {
  /**
   * {@return what a tensor is}
   *
   * @param tensor the tensor
   */
  public static TensorSpec of(Tensor tensor) {
    return new TensorSpec(tensor.shape(), tensor.dtype(), tensor.device());
  }
}
