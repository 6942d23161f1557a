package fluxion.api;

/**
 * Other shapes and orders of the same elements. Those that say so always share memory with this
 * tensor.
 */
public sealed interface Shaping permits Tensor {
  /**
   * {@return a view of this tensor with another shape}
   *
   * @param size the sizes; one may be −1 and follows from the others
   * @throws ShapeException if the elements cannot be seen that way without a copy
   */
  default Tensor view(long... size) {
    return ShapingSites.VIEW.get().apply((Tensor) this, size);
  }

  /**
   * {@return this tensor with another shape, a view where that is possible, else a copy}
   *
   * @param size the sizes; one may be −1 and follows from the others
   */
  default Tensor reshape(long... size) {
    return ShapingSites.RESHAPE.get().apply((Tensor) this, size);
  }

  /**
   * {@return a view in which dimensions of size 1 are repeated}
   *
   * @param size the sizes; −1 keeps one
   */
  default Tensor expand(long... size) {
    return ShapingSites.EXPAND.get().apply((Tensor) this, size);
  }

  /**
   * {@return a view with the dimensions in another order}
   *
   * @param dims for each dimension of the result the one that it was
   */
  default Tensor permute(int... dims) {
    return ShapingSites.PERMUTE.get().apply((Tensor) this, dims);
  }

  /**
   * {@return a view with two dimensions swapped}
   *
   * @param dim0 a dimension
   * @param dim1 another
   */
  default Tensor transpose(int dim0, int dim1) {
    return ShapingSites.TRANSPOSE.get().apply((Tensor) this, dim0, dim1);
  }

  /** {@return the transposed matrix, a view; a tensor of fewer than two dimensions as it is} */
  default Tensor t() {
    return Sites.T.get().apply((Tensor) this);
  }

  /**
   * {@return a view without a dimension, if its size is 1}
   *
   * @param dim the dimension
   */
  default Tensor squeeze(int dim) {
    return ShapingSites.SQUEEZE.get().apply((Tensor) this, dim);
  }

  /**
   * {@return a view with one more dimension, of size 1}
   *
   * @param dim where it goes
   */
  default Tensor unsqueeze(int dim) {
    return ShapingSites.UNSQUEEZE.get().apply((Tensor) this, dim);
  }

  /**
   * {@return the views at each index of a dimension}
   *
   * @param dim the dimension
   */
  default Tensor[] unbind(int dim) {
    return ShapingSites.UNBIND.get().apply((Tensor) this, dim);
  }

  /**
   * {@return views of pieces along a dimension}
   *
   * @param splitSize the size of each piece but the last
   * @param dim the dimension
   */
  default Tensor[] split(long splitSize, int dim) {
    return ShapingSites.SPLIT.get().apply((Tensor) this, splitSize, dim);
  }

  /**
   * {@return views of pieces of given sizes along a dimension}
   *
   * @param splitSizes the sizes, which add up to the dimension's
   * @param dim the dimension
   */
  default Tensor[] split(long[] splitSizes, int dim) {
    return ShapingSites.SPLIT_SIZES.get().apply((Tensor) this, splitSizes, dim);
  }

  /** {@return this tensor if its elements lie in row-major order, else a copy in which they do} */
  default Tensor contiguous() {
    return Sites.CONTIGUOUS.get().apply((Tensor) this);
  }

  /** {@return a view without the dimensions of size 1} */
  default Tensor squeeze() {
    return Sites.SQUEEZE_ALL.get().apply((Tensor) this);
  }

  /** {@return this tensor with all dimensions made one, a view where that is possible} */
  default Tensor flatten() {
    return flatten(0, -1);
  }

  /**
   * {@return this tensor with some dimensions made one, a view where that is possible}
   *
   * @param startDim the first of them
   * @param endDim the last of them
   */
  default Tensor flatten(int startDim, int endDim) {
    return ShapingSites.FLATTEN.get().apply((Tensor) this, startDim, endDim);
  }

  /**
   * {@return a view with a dimension split into several}
   *
   * @param dim the dimension
   * @param sizes their sizes; one may be −1 and follows from the others
   */
  default Tensor unflatten(int dim, long... sizes) {
    return ShapingSites.UNFLATTEN.get().apply((Tensor) this, dim, sizes);
  }

  /**
   * {@return a view with a dimension at another place}
   *
   * @param source the dimension
   * @param destination where it goes
   */
  default Tensor movedim(int source, int destination) {
    return ShapingSites.MOVEDIM
        .get()
        .apply((Tensor) this, new int[] {source}, new int[] {destination});
  }

  /**
   * {@return a view with dimensions at other places; the others keep their order}
   *
   * @param source the dimensions
   * @param destination where each goes
   */
  default Tensor movedim(int[] source, int[] destination) {
    return ShapingSites.MOVEDIM.get().apply((Tensor) this, source, destination);
  }

  /**
   * {@return views of at most so many pieces of one size along a dimension, of which the last may
   * be smaller}
   *
   * @param chunks how many
   * @param dim the dimension
   */
  default Tensor[] chunk(long chunks, int dim) {
    return ShapingSites.CHUNK.get().apply((Tensor) this, chunks, dim);
  }

  /**
   * {@return a view of a diagonal of matrices, which becomes the last dimension}
   *
   * @param offset which, positive above the main one
   * @param dim1 the dimension of the rows
   * @param dim2 the dimension of the columns
   */
  default Tensor diagonal(long offset, int dim1, int dim2) {
    return ShapingSites.DIAGONAL.get().apply((Tensor) this, offset, dim1, dim2);
  }

  /**
   * {@return matrices, in the last two dimensions, with zeros above a diagonal}
   *
   * @param diagonal which, positive above the main one
   */
  default Tensor tril(long diagonal) {
    return ShapingSites.TRIL.get().apply((Tensor) this, diagonal);
  }

  /**
   * {@return matrices, in the last two dimensions, with zeros below a diagonal}
   *
   * @param diagonal which, positive above the main one
   */
  default Tensor triu(long diagonal) {
    return ShapingSites.TRIU.get().apply((Tensor) this, diagonal);
  }

  /**
   * {@return the elements in reverse order along dimensions}
   *
   * @param dims the dimensions
   */
  default Tensor flip(int... dims) {
    return ShapingSites.FLIP.get().apply((Tensor) this, dims);
  }

  /**
   * {@return the elements shifted along a dimension; what leaves at the end enters at the start}
   *
   * @param shift how far
   * @param dim the dimension
   */
  default Tensor roll(long shift, int dim) {
    return ShapingSites.ROLL.get().apply((Tensor) this, new long[] {shift}, new int[] {dim});
  }

  /**
   * {@return this tensor several times along each dimension}
   *
   * @param repeats how often; this tensor's dimensions are the last ones
   */
  default Tensor repeat(long... repeats) {
    return ShapingSites.REPEAT.get().apply((Tensor) this, repeats);
  }

  /**
   * {@return a view of windows of a dimension, each along a new last dimension}
   *
   * @param dimension the dimension
   * @param size the size of each window
   * @param step how far the next one lies
   */
  default Tensor unfold(int dimension, long size, long step) {
    return ShapingSites.UNFOLD.get().apply((Tensor) this, dimension, size, step);
  }
}
