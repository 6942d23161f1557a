package fluxion.api;

/** Comparisons, element by element; they give bool tensors. NaN is unequal to everything. */
public sealed interface Comparison permits Tensor {
  /**
   * {@return {@code self = other}, element by element; shapes broadcast, a bool tensor}
   *
   * @param other the tensor on the right
   */
  default Tensor eq(Tensor other) {
    return Sites.EQ.get().apply((Tensor) this, other);
  }

  /**
   * {@return {@code self = other}, element by element, a bool tensor}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor eq(double other) {
    return Sites.EQ_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self = other}, element by element, a bool tensor}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor eq(long other) {
    return Sites.EQ_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self ≠ other}, element by element; shapes broadcast, a bool tensor}
   *
   * @param other the tensor on the right
   */
  default Tensor ne(Tensor other) {
    return Sites.NE.get().apply((Tensor) this, other);
  }

  /**
   * {@return {@code self ≠ other}, element by element, a bool tensor}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor ne(double other) {
    return Sites.NE_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self ≠ other}, element by element, a bool tensor}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor ne(long other) {
    return Sites.NE_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self < other}, element by element; shapes broadcast, a bool tensor}
   *
   * @param other the tensor on the right
   */
  default Tensor lt(Tensor other) {
    return Sites.LT.get().apply((Tensor) this, other);
  }

  /**
   * {@return {@code self < other}, element by element, a bool tensor}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor lt(double other) {
    return Sites.LT_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self < other}, element by element, a bool tensor}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor lt(long other) {
    return Sites.LT_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self ≤ other}, element by element; shapes broadcast, a bool tensor}
   *
   * @param other the tensor on the right
   */
  default Tensor le(Tensor other) {
    return Sites.LE.get().apply((Tensor) this, other);
  }

  /**
   * {@return {@code self ≤ other}, element by element, a bool tensor}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor le(double other) {
    return Sites.LE_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self ≤ other}, element by element, a bool tensor}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor le(long other) {
    return Sites.LE_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self > other}, element by element; shapes broadcast, a bool tensor}
   *
   * @param other the tensor on the right
   */
  default Tensor gt(Tensor other) {
    return Sites.GT.get().apply((Tensor) this, other);
  }

  /**
   * {@return {@code self > other}, element by element, a bool tensor}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor gt(double other) {
    return Sites.GT_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self > other}, element by element, a bool tensor}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor gt(long other) {
    return Sites.GT_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self ≥ other}, element by element; shapes broadcast, a bool tensor}
   *
   * @param other the tensor on the right
   */
  default Tensor ge(Tensor other) {
    return Sites.GE.get().apply((Tensor) this, other);
  }

  /**
   * {@return {@code self ≥ other}, element by element, a bool tensor}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor ge(double other) {
    return Sites.GE_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self ≥ other}, element by element, a bool tensor}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor ge(long other) {
    return Sites.GE_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /** {@return whether each element is NaN, a bool tensor} */
  default Tensor isnan() {
    return Sites.ISNAN.get().apply((Tensor) this);
  }

  /** {@return whether each element is +∞ or −∞, a bool tensor} */
  default Tensor isinf() {
    return Sites.ISINF.get().apply((Tensor) this);
  }

  /** {@return whether each element is neither infinite nor NaN, a bool tensor} */
  default Tensor isfinite() {
    return Sites.ISFINITE.get().apply((Tensor) this);
  }

  /** {@return whether each element is 0, a bool tensor} */
  default Tensor logicalNot() {
    return Sites.LOGICAL_NOT.get().apply((Tensor) this);
  }

  /**
   * {@return whether both elements differ from 0; shapes broadcast, a bool tensor}
   *
   * @param other the other tensor
   */
  default Tensor logicalAnd(Tensor other) {
    return Sites.LOGICAL_AND.get().apply((Tensor) this, other);
  }

  /**
   * {@return whether either element differs from 0; shapes broadcast, a bool tensor}
   *
   * @param other the other tensor
   */
  default Tensor logicalOr(Tensor other) {
    return Sites.LOGICAL_OR.get().apply((Tensor) this, other);
  }

  /**
   * {@return whether just one element differs from 0; shapes broadcast, a bool tensor}
   *
   * @param other the other tensor
   */
  default Tensor logicalXor(Tensor other) {
    return Sites.LOGICAL_XOR.get().apply((Tensor) this, other);
  }
}
