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
}
