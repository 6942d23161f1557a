package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.engine.spi.Operand;
import java.util.EnumMap;
import java.util.Map;

/** Memory for pieces of intermediate values, kept by each thread and small enough for its cache. */
final class Scratch {
  /** The elements of a piece. */
  static final int PIECE = 16_384;

  /** Pieces of fewer elements are made anew. */
  private static final int SMALL = 1024;

  private static final ThreadLocal<Map<DType, CpuBuffer>> KEPT =
      ThreadLocal.withInitial(() -> new EnumMap<>(DType.class));

  private Scratch() {}

  /**
   * {@return a contiguous operand whose elements are to be written before they are read}
   *
   * @param dtype its dtype
   * @param shape its shape, of at most a piece; the next call of the same thread and dtype gets the
   *     same memory
   */
  static Operand operand(DType dtype, Shape shape) {
    if (shape.numel() < SMALL) {
      return Copier.temporary(dtype, shape);
    }
    CpuBuffer buffer =
        KEPT.get().computeIfAbsent(dtype, d -> new CpuBuffer(Elements.allocate(d, PIECE)));
    return new Operand(buffer, shape, shape.contiguousStrides(), 0);
  }
}
