package fluxion.engine.dispatch;

import fluxion.api.DeviceException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Operand;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.tape.TensorImpl;

/** Tensors as the operands of a primitive: of one device, expanded to one shape. */
final class Operands {
  private Operands() {}

  static OpenDevice device(Tensor tensor) {
    return TensorImpl.of(tensor).storage().device();
  }

  static OpenDevice device(Tensor[] tensors) {
    return device(tensors[0], tensors);
  }

  /** The device of all; it is an error if they have not the same. */
  static OpenDevice device(Tensor first, Tensor... others) {
    OpenDevice device = device(first);
    for (Tensor other : others) {
      if (device(other) != device) {
        throw new DeviceException(
            "Expected all tensors to be on the same device, but found at least two devices, "
                + first.device()
                + " and "
                + other.device()
                + "!");
      }
    }
    return device;
  }

  static Shape broadcast(Tensor[] tensors) {
    Shape shape = tensors[0].shape();
    for (int i = 1; i < tensors.length; i++) {
      shape = Shape.broadcast(shape, tensors[i].shape());
    }
    return shape;
  }

  static Operand operand(Tensor tensor) {
    return TensorImpl.of(tensor).operand();
  }
}
