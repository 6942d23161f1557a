package fluxion.nn.data;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.lang.foreign.MemorySegment;

/** Tensors of uint8 from arrays and back. */
final class Bytes {
  private Bytes() {}

  /**
   * {@return a tensor}
   *
   * @param elements its elements
   * @param sizes its sizes
   */
  static Tensor tensor(byte[] elements, long... sizes) {
    return Tensors.fromBytes(
        MemorySegment.ofArray(elements), Shape.of(sizes), TensorOptions.of(DType.UINT8));
  }

  /**
   * {@return the elements of a tensor in row-major order}
   *
   * @param tensor a tensor of uint8
   */
  static byte[] of(Tensor tensor) {
    Tensor rows = tensor.contiguous();
    byte[] elements = new byte[Math.toIntExact(rows.numel())];
    rows.untypedStorage().copyTo(rows.storageOffset(), MemorySegment.ofArray(elements));
    return elements;
  }
}
