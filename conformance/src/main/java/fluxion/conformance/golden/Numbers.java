package fluxion.conformance.golden;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;

/**
 * The elements of a recorded tensor.
 *
 * @param dtype the dtype
 * @param shape the shape
 * @param floats the elements if they are floating-point numbers, else empty
 * @param integers the elements if they are integers or truth values, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // read only, and never compared
public record Numbers(DType dtype, Shape shape, double[] floats, long[] integers) {
  /**
   * {@return a tensor of these elements}
   *
   * @param device where it is to be
   */
  public Tensor tensor(Device device) {
    return tensor(dtype, device);
  }

  /**
   * {@return a tensor of these elements, converted}
   *
   * @param changed the tensor's dtype
   * @param device where it is to be
   */
  public Tensor tensor(DType changed, Device device) {
    Object values = dtype.isFloatingPoint() ? floats : integers;
    return Tensors.tensor(values, shape, TensorOptions.of(changed).device(device));
  }

  /** {@return the elements, dtype and shape of a tensor} */
  static Numbers of(Tensor tensor) {
    boolean floating = tensor.dtype().isFloatingPoint();
    return new Numbers(
        tensor.dtype(),
        tensor.shape(),
        floating ? tensor.toDoubleArray() : new double[0],
        floating ? new long[0] : tensor.toLongArray());
  }
}
