package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.engine.spi.Operand;

/** Checks index operands. */
final class Indices {
  private Indices() {}

  /**
   * Checks that every index is in range.
   *
   * @param index int64 indices
   * @param dim the dimension that they index, for the message
   * @param size its size
   * @throws IndexException if one is not, with PyTorch's message
   */
  static void check(Operand index, int dim, long size) {
    long left = index.numel();
    long[] block = new long[(int) Math.min(left, Values.BLOCK)];
    Values values = new LongValues(DType.INT64, block);
    ElementStream in = new ElementStream(index);
    while (left > 0) {
      int n = (int) Math.min(left, block.length);
      in.read(values, 0, n);
      for (int i = 0; i < n; i++) {
        check(block[i], dim, size);
      }
      left -= n;
    }
  }

  /**
   * Checks that an index is in range.
   *
   * @param index the index
   * @param dim the dimension, for the message
   * @param size its size
   * @throws IndexException if it is not, with PyTorch's message
   */
  static void check(long index, int dim, long size) {
    if (index < 0 || index >= size) {
      throw new IndexException(
          "index " + index + " is out of bounds for dimension " + dim + " with size " + size);
    }
  }
}
