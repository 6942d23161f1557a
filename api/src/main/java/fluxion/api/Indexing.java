package fluxion.api;

/** Parts of a tensor, as views. */
public sealed interface Indexing permits Tensor {
  /**
   * {@return the view at one index of a dimension, which is dropped}
   *
   * @param dim the dimension
   * @param index the index, negative from the end
   * @throws IndexException if there is no such index
   */
  default Tensor select(int dim, long index) {
    return Sites.SELECT.get().apply((Tensor) this, dim, index);
  }

  /**
   * {@return a view of a range of one dimension, cut to what there is}
   *
   * @param dim the dimension
   * @param start the first index, negative from the end
   * @param end the bound, negative from the end
   */
  default Tensor slice(int dim, long start, long end) {
    return Sites.SLICE.get().apply((Tensor) this, dim, start, end, 1);
  }

  /**
   * {@return a view of every step-th element of a range of one dimension}
   *
   * @param dim the dimension
   * @param start the first index, negative from the end
   * @param end the bound, negative from the end
   * @param step the step, at least 1
   */
  default Tensor slice(int dim, long start, long end, long step) {
    return Sites.SLICE.get().apply((Tensor) this, dim, start, end, step);
  }

  /**
   * {@return the view that an index expression picks: {@code x.get(Index.all(), Index.at(1))} is
   * Python's {@code x[:, 1]}}
   *
   * @param indices one a dimension, from the first
   * @throws IndexException if there are too many or one is out of range
   */
  default Tensor get(Index... indices) {
    return Index.apply((Tensor) this, indices);
  }

  /**
   * {@return the view at an index of the first dimension: Python's {@code x[i]}}
   *
   * @param index the index, negative from the end
   * @throws IndexException if there is no such index
   */
  default Tensor get(long index) {
    return Index.apply((Tensor) this, Index.at(index));
  }
}
