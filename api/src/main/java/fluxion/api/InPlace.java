package fluxion.api;

/**
 * Changes in place. Each is an operation of its own for automatic differentiation, counts the
 * version of the memory up, and refuses a leaf that requires a gradient, and a view of one.
 */
public sealed interface InPlace permits Tensor {
  /**
   * Sets this tensor to {@code self + other}, in place.
   *
   * @param other the tensor on the right, which broadcasts to this one's shape
   * @return this tensor
   */
  default Tensor add_(Tensor other) {
    return Sites.ADD_.get().apply((Tensor) this, other, Sites.ONE);
  }

  /**
   * Sets this tensor to {@code self + other}, in place.
   *
   * @param other a number
   * @return this tensor
   */
  default Tensor add_(double other) {
    return Sites.ADD_SCALAR_.get().apply((Tensor) this, Scalar.of(other), Sites.ONE);
  }

  /**
   * Sets this tensor to {@code self + other}, in place.
   *
   * @param other a number
   * @return this tensor
   */
  default Tensor add_(long other) {
    return Sites.ADD_SCALAR_.get().apply((Tensor) this, Scalar.of(other), Sites.ONE);
  }

  /**
   * Sets this tensor to {@code self + alpha · other}, in place.
   *
   * @param other the tensor on the right, which broadcasts to this one's shape
   * @param alpha its factor
   * @return this tensor
   */
  default Tensor add_(Tensor other, double alpha) {
    return Sites.ADD_.get().apply((Tensor) this, other, Scalar.of(alpha));
  }

  /**
   * Sets this tensor to {@code self - other}, in place.
   *
   * @param other the tensor on the right, which broadcasts to this one's shape
   * @return this tensor
   */
  default Tensor sub_(Tensor other) {
    return Sites.SUB_.get().apply((Tensor) this, other, Sites.ONE);
  }

  /**
   * Sets this tensor to {@code self - other}, in place.
   *
   * @param other a number
   * @return this tensor
   */
  default Tensor sub_(double other) {
    return Sites.SUB_SCALAR_.get().apply((Tensor) this, Scalar.of(other), Sites.ONE);
  }

  /**
   * Sets this tensor to {@code self - other}, in place.
   *
   * @param other a number
   * @return this tensor
   */
  default Tensor sub_(long other) {
    return Sites.SUB_SCALAR_.get().apply((Tensor) this, Scalar.of(other), Sites.ONE);
  }

  /**
   * Sets this tensor to {@code self · other}, in place.
   *
   * @param other the tensor on the right, which broadcasts to this one's shape
   * @return this tensor
   */
  default Tensor mul_(Tensor other) {
    return Sites.MUL_.get().apply((Tensor) this, other);
  }

  /**
   * Sets this tensor to {@code self · other}, in place.
   *
   * @param other a number
   * @return this tensor
   */
  default Tensor mul_(double other) {
    return Sites.MUL_SCALAR_.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * Sets this tensor to {@code self · other}, in place.
   *
   * @param other a number
   * @return this tensor
   */
  default Tensor mul_(long other) {
    return Sites.MUL_SCALAR_.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * Sets this tensor to {@code self / other}, in place.
   *
   * @param other the tensor on the right, which broadcasts to this one's shape
   * @return this tensor
   */
  default Tensor div_(Tensor other) {
    return Sites.DIV_.get().apply((Tensor) this, other, null);
  }

  /**
   * Sets this tensor to {@code self / other}, in place.
   *
   * @param other a number
   * @return this tensor
   */
  default Tensor div_(double other) {
    return Sites.DIV_SCALAR_.get().apply((Tensor) this, Scalar.of(other), null);
  }

  /**
   * Sets this tensor to {@code self / other}, in place.
   *
   * @param other a number
   * @return this tensor
   */
  default Tensor div_(long other) {
    return Sites.DIV_SCALAR_.get().apply((Tensor) this, Scalar.of(other), null);
  }

  /**
   * Sets this tensor to {@code other}, in place.
   *
   * @param other the tensor on the right, which broadcasts to this one's shape
   * @return this tensor
   */
  default Tensor copy_(Tensor other) {
    return Sites.COPY_.get().apply((Tensor) this, other);
  }

  /**
   * Sets every element to 0, in place.
   *
   * @return this tensor
   */
  default Tensor zero_() {
    return Sites.ZERO_.get().apply((Tensor) this);
  }

  /**
   * Sets every element to a value, in place.
   *
   * @param value the value
   * @return this tensor
   */
  default Tensor fill_(double value) {
    return Sites.FILL_.get().apply((Tensor) this, Scalar.of(value));
  }

  /**
   * Sets every element to a value, in place.
   *
   * @param value the value
   * @return this tensor
   */
  default Tensor fill_(long value) {
    return Sites.FILL_.get().apply((Tensor) this, Scalar.of(value));
  }

  /**
   * Sets each element to its negation, in place.
   *
   * @return this tensor
   */
  default Tensor neg_() {
    return ElementarySites.NEG_.get().apply((Tensor) this);
  }

  /**
   * Sets each element to its absolute value, in place.
   *
   * @return this tensor
   */
  default Tensor abs_() {
    return ElementarySites.ABS_.get().apply((Tensor) this);
  }

  /**
   * Sets each element to its square root, in place.
   *
   * @return this tensor
   */
  default Tensor sqrt_() {
    return ElementarySites.SQRT_.get().apply((Tensor) this);
  }

  /**
   * Sets each element to {@code e} to its power, in place.
   *
   * @return this tensor
   */
  default Tensor exp_() {
    return ElementarySites.EXP_.get().apply((Tensor) this);
  }

  /**
   * Sets each element to its natural logarithm, in place.
   *
   * @return this tensor
   */
  default Tensor log_() {
    return ElementarySites.LOG_.get().apply((Tensor) this);
  }

  /**
   * Sets each element to its hyperbolic tangent, in place.
   *
   * @return this tensor
   */
  default Tensor tanh_() {
    return ElementarySites.TANH_.get().apply((Tensor) this);
  }

  /**
   * Sets each element to its sigmoid, in place.
   *
   * @return this tensor
   */
  default Tensor sigmoid_() {
    return ElementarySites.SIGMOID_.get().apply((Tensor) this);
  }

  /**
   * Sets each element to 0 where it is negative, in place.
   *
   * @return this tensor
   */
  default Tensor relu_() {
    return ElementarySites.RELU_.get().apply((Tensor) this);
  }

  /**
   * Sets each element to its power, in place.
   *
   * @param exponent the exponent
   * @return this tensor
   */
  default Tensor pow_(double exponent) {
    return Sites.POW_SCALAR_.get().apply((Tensor) this, Scalar.of(exponent));
  }

  /**
   * Holds each element between two bounds, in place.
   *
   * @param min the lower bound
   * @param max the upper bound
   * @return this tensor
   */
  default Tensor clamp_(double min, double max) {
    return SelectionSites.CLAMP_.get().apply((Tensor) this, Scalar.of(min), Scalar.of(max));
  }

  /**
   * Sets elements to a value where a mask is true, in place.
   *
   * @param mask a bool tensor, which broadcasts to this one's shape
   * @param value the value
   * @return this tensor
   */
  default Tensor maskedFill_(Tensor mask, double value) {
    return SelectionSites.MASKED_FILL_.get().apply((Tensor) this, mask, Scalar.of(value));
  }

  /**
   * Sets each element to its power, in place.
   *
   * @param exponent the exponent
   * @return this tensor
   */
  default Tensor pow_(long exponent) {
    return Sites.POW_SCALAR_.get().apply((Tensor) this, Scalar.of(exponent));
  }

  /**
   * Holds each element between two bounds, in place.
   *
   * @param min the lower bound
   * @param max the upper bound
   * @return this tensor
   */
  default Tensor clamp_(long min, long max) {
    return SelectionSites.CLAMP_.get().apply((Tensor) this, Scalar.of(min), Scalar.of(max));
  }

  /**
   * Sets elements to a value where a mask is true, in place.
   *
   * @param mask a bool tensor, which broadcasts to this one's shape
   * @param value the value
   * @return this tensor
   */
  default Tensor maskedFill_(Tensor mask, long value) {
    return SelectionSites.MASKED_FILL_.get().apply((Tensor) this, mask, Scalar.of(value));
  }

  /**
   * Writes what an index expression picks, in place: {@code x.indexPut_(value, Index.of(mask))} is
   * Python's {@code x[mask] = value}.
   *
   * @param value the values, which broadcast to what is picked and are cast to this dtype
   * @param indices one a dimension, from the first
   * @return this tensor
   * @throws IndexException if there are too many or one is out of range; nothing is written then
   */
  default Tensor indexPut_(Tensor value, Index... indices) {
    return Index.put((Tensor) this, value, indices);
  }

  /**
   * Adds slices at some indices of a dimension, in place.
   *
   * @param dim the dimension
   * @param index int64 or int32 indices of one dimension, from 0
   * @param source the slices
   * @return this tensor
   */
  default Tensor indexAdd_(int dim, Tensor index, Tensor source) {
    return SelectionSites.INDEX_ADD_.get().apply((Tensor) this, dim, index, source, Sites.ONE);
  }

  /**
   * Adds values along a dimension, in place: for dimension 1 {@code self[i][index[i][j]] +=
   * src[i][j]}.
   *
   * @param dim the dimension
   * @param index int64 indices, from 0
   * @param src the values
   * @return this tensor
   */
  default Tensor scatterAdd_(int dim, Tensor index, Tensor src) {
    return SelectionSites.SCATTER_ADD_.get().apply((Tensor) this, dim, index, src);
  }
}
