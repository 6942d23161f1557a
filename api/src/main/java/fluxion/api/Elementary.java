package fluxion.api;

/** Functions of each element. Integers and bools give float32, but for roundings and signs. */
public sealed interface Elementary permits Tensor {
  /** {@return {@code |self|}, element by element} */
  default Tensor abs() {
    return ElementarySites.ABS.get().apply((Tensor) this);
  }

  /** {@return −1, 0 or 1 with the sign of self, element by element} */
  default Tensor sign() {
    return ElementarySites.SIGN.get().apply((Tensor) this);
  }

  /** {@return {@code self²}, element by element} */
  default Tensor square() {
    return ElementarySites.SQUARE.get().apply((Tensor) this);
  }

  /** {@return {@code √self}, element by element} */
  default Tensor sqrt() {
    return ElementarySites.SQRT.get().apply((Tensor) this);
  }

  /** {@return {@code 1 / √self}, element by element} */
  default Tensor rsqrt() {
    return ElementarySites.RSQRT.get().apply((Tensor) this);
  }

  /** {@return {@code e ^ self}, element by element} */
  default Tensor exp() {
    return ElementarySites.EXP.get().apply((Tensor) this);
  }

  /** {@return {@code 2 ^ self}, element by element} */
  default Tensor exp2() {
    return ElementarySites.EXP2.get().apply((Tensor) this);
  }

  /** {@return {@code e ^ self − 1}, accurate near 0, element by element} */
  default Tensor expm1() {
    return ElementarySites.EXPM1.get().apply((Tensor) this);
  }

  /** {@return {@code ln(self)}, element by element} */
  default Tensor log() {
    return ElementarySites.LOG.get().apply((Tensor) this);
  }

  /** {@return the logarithm of self to base 2, element by element} */
  default Tensor log2() {
    return ElementarySites.LOG2.get().apply((Tensor) this);
  }

  /** {@return the logarithm of self to base 10, element by element} */
  default Tensor log10() {
    return ElementarySites.LOG10.get().apply((Tensor) this);
  }

  /** {@return {@code ln(1 + self)}, accurate near 0, element by element} */
  default Tensor log1p() {
    return ElementarySites.LOG1P.get().apply((Tensor) this);
  }

  /** {@return {@code sin(self)}, element by element} */
  default Tensor sin() {
    return ElementarySites.SIN.get().apply((Tensor) this);
  }

  /** {@return {@code cos(self)}, element by element} */
  default Tensor cos() {
    return ElementarySites.COS.get().apply((Tensor) this);
  }

  /** {@return {@code tan(self)}, element by element} */
  default Tensor tan() {
    return ElementarySites.TAN.get().apply((Tensor) this);
  }

  /** {@return {@code arcsin(self)}, element by element} */
  default Tensor asin() {
    return ElementarySites.ASIN.get().apply((Tensor) this);
  }

  /** {@return {@code arccos(self)}, element by element} */
  default Tensor acos() {
    return ElementarySites.ACOS.get().apply((Tensor) this);
  }

  /** {@return {@code arctan(self)}, element by element} */
  default Tensor atan() {
    return ElementarySites.ATAN.get().apply((Tensor) this);
  }

  /** {@return {@code sinh(self)}, element by element} */
  default Tensor sinh() {
    return ElementarySites.SINH.get().apply((Tensor) this);
  }

  /** {@return {@code cosh(self)}, element by element} */
  default Tensor cosh() {
    return ElementarySites.COSH.get().apply((Tensor) this);
  }

  /** {@return {@code tanh(self)}, element by element} */
  default Tensor tanh() {
    return ElementarySites.TANH.get().apply((Tensor) this);
  }

  /** {@return {@code arsinh(self)}, element by element} */
  default Tensor asinh() {
    return ElementarySites.ASINH.get().apply((Tensor) this);
  }

  /** {@return {@code arcosh(self)}, element by element} */
  default Tensor acosh() {
    return ElementarySites.ACOSH.get().apply((Tensor) this);
  }

  /** {@return {@code artanh(self)}, element by element} */
  default Tensor atanh() {
    return ElementarySites.ATANH.get().apply((Tensor) this);
  }

  /** {@return the error function of self, element by element} */
  default Tensor erf() {
    return ElementarySites.ERF.get().apply((Tensor) this);
  }

  /** {@return {@code 1 − erf(self)}, element by element} */
  default Tensor erfc() {
    return ElementarySites.ERFC.get().apply((Tensor) this);
  }

  /** {@return the inverse of the error function of self, element by element} */
  default Tensor erfinv() {
    return ElementarySites.ERFINV.get().apply((Tensor) this);
  }

  /** {@return the largest integer not above self, element by element} */
  default Tensor floor() {
    return ElementarySites.FLOOR.get().apply((Tensor) this);
  }

  /** {@return the smallest integer not below self, element by element} */
  default Tensor ceil() {
    return ElementarySites.CEIL.get().apply((Tensor) this);
  }

  /** {@return the integer nearest to self, of two the even one, element by element} */
  default Tensor round() {
    return ElementarySites.ROUND.get().apply((Tensor) this);
  }

  /** {@return self cut towards zero, element by element} */
  default Tensor trunc() {
    return ElementarySites.TRUNC.get().apply((Tensor) this);
  }

  /** {@return {@code self − trunc(self)}, element by element} */
  default Tensor frac() {
    return ElementarySites.FRAC.get().apply((Tensor) this);
  }

  /** {@return {@code 1 / (1 + e ^ -self)}, element by element} */
  default Tensor sigmoid() {
    return ElementarySites.SIGMOID.get().apply((Tensor) this);
  }

  /** {@return {@code max(self, 0)}, element by element} */
  default Tensor relu() {
    return ElementarySites.RELU.get().apply((Tensor) this);
  }

  /** {@return {@code 1 / self}, element by element} */
  default Tensor reciprocal() {
    return ElementarySites.RECIPROCAL.get().apply((Tensor) this);
  }
}
