package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.engine.spi.Operand;

/** Turns checked indices into places in the array that they index, block by block. */
final class Places {
  private final ElementStream base;
  private final ElementStream[] indices;
  private final int[] strides;
  private final long[] index;
  private final LongValues registers;
  private final int[] places;

  private Places(ElementStream base, ElementStream[] indices, int[] strides, long count) {
    int block = (int) Math.min(count, Values.BLOCK);
    this.index = new long[block];
    this.registers = new LongValues(DType.INT64, index);
    this.places = new int[block];
    this.base = base;
    this.indices = indices;
    this.strides = strides;
  }

  /**
   * {@return the places of {@code indexed[i][index[i][j]]} for {@code dim} 1, in the order of the
   * index}
   *
   * @param indexed what is indexed
   * @param dim the dimension
   * @param index the indices
   */
  static Places along(Operand indexed, int dim, Operand index) {
    long[] others = indexed.strides().clone();
    if (others.length > 0) {
      others[dim] = 0;
    }
    // of the index's shape: as many elements of each other dimension as it has
    Operand window = new Operand(indexed.buffer(), index.shape(), others, indexed.offset());
    return new Places(
        new ElementStream(window),
        new ElementStream[] {new ElementStream(index)},
        new int[] {Dims.stride(indexed, dim)},
        index.numel());
  }

  /**
   * {@return the places of {@code indexed[a[i]][b[i]]…} at index 0 of the other dimensions}
   *
   * @param indexed what is indexed
   * @param indices the indices of the first dimensions, of one shape
   */
  static Places tuples(Operand indexed, Operand[] indices) {
    Shape shape = indices[0].shape();
    Operand window = new Operand(indexed.buffer(), shape, new long[shape.dim()], indexed.offset());
    ElementStream[] streams = new ElementStream[indices.length];
    int[] strides = new int[indices.length];
    for (int d = 0; d < indices.length; d++) {
      streams[d] = new ElementStream(indices[d]);
      strides[d] = Dims.stride(indexed, d);
    }
    return new Places(new ElementStream(window), streams, strides, window.numel());
  }

  /** Goes to a position of the index. */
  void seek(long position) {
    base.seek(position);
    for (ElementStream stream : indices) {
      stream.seek(position);
    }
  }

  /** {@return the next {@code n} places, at most a block; the array is used again} */
  int[] next(int n) {
    base.positions(places, n);
    for (int d = 0; d < indices.length; d++) {
      indices[d].read(registers, 0, n);
      int stride = strides[d];
      for (int i = 0; i < n; i++) {
        places[i] += (int) index[i] * stride;
      }
    }
    return places;
  }
}
