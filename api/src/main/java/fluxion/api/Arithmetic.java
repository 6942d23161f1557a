package fluxion.api;

import org.jspecify.annotations.Nullable;

/** Arithmetic, element by element. Shapes broadcast and dtypes are promoted as in PyTorch. */
public sealed interface Arithmetic permits Tensor {
  /**
   * {@return {@code self + other}, element by element; shapes broadcast}
   *
   * @param other the tensor on the right
   */
  default Tensor add(Tensor other) {
    return Sites.ADD.get().apply((Tensor) this, other, Sites.ONE);
  }

  /**
   * {@return {@code self + other}, element by element}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor add(double other) {
    return Sites.ADD_SCALAR.get().apply((Tensor) this, Scalar.of(other), Sites.ONE);
  }

  /**
   * {@return {@code self + other}, element by element}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor add(long other) {
    return Sites.ADD_SCALAR.get().apply((Tensor) this, Scalar.of(other), Sites.ONE);
  }

  /**
   * {@return {@code self + alpha · other}, element by element; shapes broadcast}
   *
   * @param other the tensor on the right
   * @param alpha its factor
   */
  default Tensor add(Tensor other, double alpha) {
    return Sites.ADD.get().apply((Tensor) this, other, Scalar.of(alpha));
  }

  /**
   * {@return {@code self - other}, element by element; shapes broadcast}
   *
   * @param other the tensor on the right
   */
  default Tensor sub(Tensor other) {
    return Sites.SUB.get().apply((Tensor) this, other, Sites.ONE);
  }

  /**
   * {@return {@code self - other}, element by element}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor sub(double other) {
    return Sites.SUB_SCALAR.get().apply((Tensor) this, Scalar.of(other), Sites.ONE);
  }

  /**
   * {@return {@code self - other}, element by element}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor sub(long other) {
    return Sites.SUB_SCALAR.get().apply((Tensor) this, Scalar.of(other), Sites.ONE);
  }

  /**
   * {@return {@code other - self}, element by element}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor rsub(double other) {
    return Sites.RSUB_SCALAR.get().apply((Tensor) this, Scalar.of(other), Sites.ONE);
  }

  /**
   * {@return {@code other - self}, element by element}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor rsub(long other) {
    return Sites.RSUB_SCALAR.get().apply((Tensor) this, Scalar.of(other), Sites.ONE);
  }

  /**
   * {@return {@code self · other}, element by element; shapes broadcast}
   *
   * @param other the tensor on the right
   */
  default Tensor mul(Tensor other) {
    return Sites.MUL.get().apply((Tensor) this, other);
  }

  /**
   * {@return {@code self · other}, element by element}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor mul(double other) {
    return Sites.MUL_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self · other}, element by element}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor mul(long other) {
    return Sites.MUL_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self / other}, element by element; shapes broadcast; integers give floats}
   *
   * @param other the tensor on the right
   */
  default Tensor div(Tensor other) {
    return Sites.DIV.get().apply((Tensor) this, other, null);
  }

  /**
   * {@return {@code self / other}, element by element; integers give floats}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor div(double other) {
    return Sites.DIV_SCALAR.get().apply((Tensor) this, Scalar.of(other), null);
  }

  /**
   * {@return {@code self / other}, element by element; integers give floats}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor div(long other) {
    return Sites.DIV_SCALAR.get().apply((Tensor) this, Scalar.of(other), null);
  }

  /**
   * {@return {@code self / other} rounded, element by element; shapes broadcast}
   *
   * @param other the tensor on the right
   * @param roundingMode {@code trunc}, {@code floor} or null for true division
   */
  default Tensor div(Tensor other, @Nullable String roundingMode) {
    return Sites.DIV.get().apply((Tensor) this, other, roundingMode);
  }

  /**
   * {@return {@code other / self}, element by element; integers give floats}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor rdiv(double other) {
    return Sites.MUL_SCALAR
        .get()
        .apply(ElementarySites.RECIPROCAL.get().apply((Tensor) this), Scalar.of(other));
  }

  /**
   * {@return {@code other / self}, element by element; integers give floats}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor rdiv(long other) {
    return Sites.MUL_SCALAR
        .get()
        .apply(ElementarySites.RECIPROCAL.get().apply((Tensor) this), Scalar.of(other));
  }

  /**
   * {@return {@code self ^ other}, element by element; shapes broadcast}
   *
   * @param other the tensor on the right
   */
  default Tensor pow(Tensor other) {
    return Sites.POW.get().apply((Tensor) this, other);
  }

  /**
   * {@return {@code self ^ other}, element by element}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor pow(double other) {
    return Sites.POW_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code self ^ other}, element by element}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor pow(long other) {
    return Sites.POW_SCALAR.get().apply((Tensor) this, Scalar.of(other));
  }

  /**
   * {@return {@code other ^ self}, element by element}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor rpow(double other) {
    return Sites.RPOW_SCALAR.get().apply(Scalar.of(other), (Tensor) this);
  }

  /**
   * {@return {@code other ^ self}, element by element}
   *
   * @param other a number; weak in type promotion
   */
  default Tensor rpow(long other) {
    return Sites.RPOW_SCALAR.get().apply(Scalar.of(other), (Tensor) this);
  }

  /** {@return {@code -self}, element by element} */
  default Tensor neg() {
    return Sites.NEG.get().apply((Tensor) this);
  }
}
