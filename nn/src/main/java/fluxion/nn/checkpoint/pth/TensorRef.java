package fluxion.nn.checkpoint.pth;

/** A tensor that a pickle describes. Two of the same content are two tensors. */
final class TensorRef {
  final StorageRef storage;
  final String type;
  final long offset;
  final long[] sizes;
  final long[] strides;
  final boolean requiresGrad;

  TensorRef(
      StorageRef storage,
      String type,
      long offset,
      long[] sizes,
      long[] strides,
      boolean requiresGrad) {
    this.storage = storage;
    this.type = type;
    this.offset = offset;
    this.sizes = sizes;
    this.strides = strides;
    this.requiresGrad = requiresGrad;
  }

  /** The same view of the same storage as another tensor. */
  TensorRef with(boolean gradient) {
    return new TensorRef(storage, type, offset, sizes, strides, gradient);
  }
}
