package fluxion.api;

/** Parts of a tensor, as views, and elements chosen by indices and truth values. */
public sealed interface Indexing permits Tensor {
  /**
   * {@return the view at one index of a dimension, which is dropped}
   *
   * @param dim the dimension
   * @param index the index, negative from the end
   * @throws IndexException if there is no such index
   */
  default Tensor select(int dim, long index) {
    return ShapingSites.SELECT.get().apply((Tensor) this, dim, index);
  }

  /**
   * {@return a view of a range of one dimension, cut to what there is}
   *
   * @param dim the dimension
   * @param start the first index, negative from the end
   * @param end the bound, negative from the end
   */
  default Tensor slice(int dim, long start, long end) {
    return ShapingSites.SLICE.get().apply((Tensor) this, dim, start, end, 1);
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
    return ShapingSites.SLICE.get().apply((Tensor) this, dim, start, end, step);
  }

  /**
   * {@return what an index expression picks: {@code x.get(Index.all(), Index.at(1))} is Python's
   * {@code x[:, 1]}}
   *
   * <p>It is a view, but a copy if tensors or lists of indices, or masks, are among them.
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

  /**
   * {@return a view of a range of one dimension, all of which must be there}
   *
   * @param dim the dimension
   * @param start the first index, negative from the end
   * @param length how many
   * @throws ShapeException if the range exceeds the dimension
   */
  default Tensor narrow(int dim, long start, long length) {
    return ShapingSites.NARROW.get().apply((Tensor) this, dim, start, length);
  }

  /**
   * {@return elements picked along a dimension: for dimension 1 {@code out[i][j] =
   * self[i][index[i][j]]}}
   *
   * @param dim the dimension
   * @param index int64 indices, from 0
   * @throws IndexException if an index is out of range
   */
  default Tensor gather(int dim, Tensor index) {
    return SelectionSites.GATHER.get().apply((Tensor) this, dim, index);
  }

  /**
   * {@return the slices at some indices of a dimension}
   *
   * @param dim the dimension
   * @param index int64 or int32 indices of one dimension, from 0
   * @throws IndexException if an index is out of range
   */
  default Tensor indexSelect(int dim, Tensor index) {
    return SelectionSites.INDEX_SELECT.get().apply((Tensor) this, dim, index);
  }

  /**
   * {@return elements of this tensor where a condition is true, else of another; shapes broadcast}
   *
   * @param condition a bool tensor
   * @param other the other tensor
   */
  default Tensor where(Tensor condition, Tensor other) {
    return SelectionSites.WHERE.get().apply(condition, (Tensor) this, other);
  }

  /**
   * {@return elements of this tensor where a condition is true, else a number; shapes broadcast}
   *
   * @param condition a bool tensor
   * @param other the number
   */
  default Tensor where(Tensor condition, double other) {
    return SelectionSites.WHERE_ELSE_NUMBER.get().apply(condition, (Tensor) this, Scalar.of(other));
  }

  /**
   * {@return elements of this tensor where a condition is true, else a number; shapes broadcast}
   *
   * @param condition a bool tensor
   * @param other the number
   */
  default Tensor where(Tensor condition, long other) {
    return SelectionSites.WHERE_ELSE_NUMBER.get().apply(condition, (Tensor) this, Scalar.of(other));
  }

  /**
   * {@return the elements, but a number where a mask is true; shapes broadcast}
   *
   * @param mask a bool tensor
   * @param value the number
   */
  default Tensor maskedFill(Tensor mask, double value) {
    return SelectionSites.MASKED_FILL.get().apply((Tensor) this, mask, Scalar.of(value));
  }

  /**
   * {@return the elements, but a number where a mask is true; shapes broadcast}
   *
   * @param mask a bool tensor
   * @param value the number
   */
  default Tensor maskedFill(Tensor mask, long value) {
    return SelectionSites.MASKED_FILL.get().apply((Tensor) this, mask, Scalar.of(value));
  }

  /**
   * {@return the elements at which a mask is true, in row-major order; shapes broadcast}
   *
   * @param mask a bool tensor
   */
  default Tensor maskedSelect(Tensor mask) {
    return Sites.MASKED_SELECT.get().apply((Tensor) this, mask);
  }

  /** {@return the indices of the elements that are not 0, one a row} */
  default Tensor nonzero() {
    return Sites.NONZERO.get().apply((Tensor) this);
  }

  /**
   * {@return this tensor with values written along a dimension: for dimension 1 {@code
   * out[i][index[i][j]] = src[i][j]}}
   *
   * @param dim the dimension
   * @param index int64 indices, from 0
   * @param src the values
   * @throws IndexException if an index is out of range
   */
  default Tensor scatter(int dim, Tensor index, Tensor src) {
    return SelectionSites.SCATTER.get().apply((Tensor) this, dim, index, src);
  }

  /**
   * {@return this tensor with values added along a dimension: for dimension 1 {@code
   * out[i][index[i][j]] += src[i][j]}}
   *
   * @param dim the dimension
   * @param index int64 indices, from 0
   * @param src the values
   * @throws IndexException if an index is out of range
   */
  default Tensor scatterAdd(int dim, Tensor index, Tensor src) {
    return SelectionSites.SCATTER_ADD.get().apply((Tensor) this, dim, index, src);
  }

  /**
   * {@return this tensor with slices added at some indices of a dimension}
   *
   * @param dim the dimension
   * @param index int64 or int32 indices of one dimension, from 0
   * @param source the slices
   * @throws IndexException if an index is out of range
   */
  default Tensor indexAdd(int dim, Tensor index, Tensor source) {
    return SelectionSites.INDEX_ADD.get().apply((Tensor) this, dim, index, source, Sites.ONE);
  }
}
