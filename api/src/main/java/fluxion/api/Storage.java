package fluxion.api;

import java.lang.foreign.MemorySegment;

/**
 * The memory that a tensor and its views share, as PyTorch's {@code untyped_storage()} gives it.
 *
 * <p>Two tensors share memory if their storages are the same object. Where a tensor's elements lie
 * in it is said by {@link Tensor#storageOffset()} and {@link Tensor#strides()}.
 */
public interface Storage {
  /** {@return the type of the elements} */
  DType dtype();

  /** {@return the number of elements} */
  long elements();

  /**
   * Copies elements out, as they are in memory: little-endian, without conversion, so that every
   * bit of a NaN is kept.
   *
   * @param from the first element
   * @param target where they go; its size, a multiple of an element's, says how many
   * @throws ArgumentException if the storage has not so many, or the size is no such multiple
   * @throws MemoryException if the memory was freed
   */
  void copyTo(long from, MemorySegment target);
}
