package fluxion.engine.spi;

import fluxion.api.ArgumentException;

/**
 * Elementary and special functions of {@link Expr}: on float32 and float64.
 *
 * <p>A method throws {@link fluxion.api.DTypeException} for other dtypes. Outside its domain a
 * function is NaN.
 */
sealed interface ExprFunctions permits Expr {
  /** {@return the square root, correctly rounded} */
  default Expr sqrt() {
    return node(ExprOp.SQRT);
  }

  /** {@return 1 / √x} */
  default Expr rsqrt() {
    return node(ExprOp.RSQRT);
  }

  /** {@return 1 / x} */
  default Expr reciprocal() {
    return node(ExprOp.RECIPROCAL);
  }

  /** {@return e to the power of x} */
  default Expr exp() {
    return node(ExprOp.EXP);
  }

  /** {@return 2 to the power of x} */
  default Expr exp2() {
    return node(ExprOp.EXP2);
  }

  /** {@return exp(x) − 1, accurate near 0} */
  default Expr expm1() {
    return node(ExprOp.EXPM1);
  }

  /** {@return the natural logarithm} */
  default Expr log() {
    return node(ExprOp.LOG);
  }

  /** {@return the logarithm to base 2} */
  default Expr log2() {
    return node(ExprOp.LOG2);
  }

  /** {@return the logarithm to base 10} */
  default Expr log10() {
    return node(ExprOp.LOG10);
  }

  /** {@return log(1 + x), accurate near 0} */
  default Expr log1p() {
    return node(ExprOp.LOG1P);
  }

  /** {@return the sine of x radians} */
  default Expr sin() {
    return node(ExprOp.SIN);
  }

  /** {@return the cosine of x radians} */
  default Expr cos() {
    return node(ExprOp.COS);
  }

  /** {@return the tangent of x radians} */
  default Expr tan() {
    return node(ExprOp.TAN);
  }

  /** {@return the arc sine in radians} */
  default Expr asin() {
    return node(ExprOp.ASIN);
  }

  /** {@return the arc cosine in radians} */
  default Expr acos() {
    return node(ExprOp.ACOS);
  }

  /** {@return the arc tangent in radians} */
  default Expr atan() {
    return node(ExprOp.ATAN);
  }

  /** {@return the hyperbolic sine} */
  default Expr sinh() {
    return node(ExprOp.SINH);
  }

  /** {@return the hyperbolic cosine} */
  default Expr cosh() {
    return node(ExprOp.COSH);
  }

  /** {@return the hyperbolic tangent} */
  default Expr tanh() {
    return node(ExprOp.TANH);
  }

  /** {@return the inverse hyperbolic sine} */
  default Expr asinh() {
    return node(ExprOp.ASINH);
  }

  /** {@return the inverse hyperbolic cosine} */
  default Expr acosh() {
    return node(ExprOp.ACOSH);
  }

  /** {@return the inverse hyperbolic tangent} */
  default Expr atanh() {
    return node(ExprOp.ATANH);
  }

  /** {@return the error function, 2/√π ∫₀ˣ exp(−t²) dt} */
  default Expr erf() {
    return node(ExprOp.ERF);
  }

  /** {@return 1 − erf(x), accurate where that is small} */
  default Expr erfc() {
    return node(ExprOp.ERFC);
  }

  /** {@return the inverse of the error function; ±∞ at ±1} */
  default Expr erfinv() {
    return node(ExprOp.ERFINV);
  }

  /** {@return log |Γ(x)|; ∞ at the poles} */
  default Expr lgamma() {
    return node(ExprOp.LGAMMA);
  }

  /** {@return the derivative of log Γ(x); ∓∞ at ±0, NaN at negative integers, as PyTorch has it} */
  default Expr digamma() {
    return node(ExprOp.DIGAMMA);
  }

  /** {@return 1 / (1 + exp(−x)), without overflow} */
  default Expr sigmoid() {
    return node(ExprOp.SIGMOID);
  }

  /** {@return log(1 + exp(x)), without overflow} */
  default Expr softplus() {
    return node(ExprOp.SOFTPLUS);
  }

  /** {@return log(sigmoid(x)) = −softplus(−x)} */
  default Expr logsigmoid() {
    return node(ExprOp.LOGSIGMOID);
  }

  /**
   * {@return the derivative of that order of digamma; +∞ (odd order) or −∞ (even order) at the
   * poles}
   *
   * @param order the order, at least 1; 0 is digamma itself
   */
  default Expr polygamma(int order) {
    if (order < 0) {
      throw new ArgumentException("the order of polygamma must not be negative: " + order);
    }
    return order == 0 ? digamma() : Expr.make(ExprOp.POLYGAMMA, self().type(), order, self());
  }

  /**
   * {@return the angle of the point (other, this), in (−π, π]}
   *
   * @param other the abscissa, of this dtype
   */
  default Expr atan2(Expr other) {
    return node(ExprOp.ATAN2, other);
  }

  /**
   * {@return this · log(other); 0 where this is 0, unless other is NaN}
   *
   * @param other the logarithm's argument, of this dtype
   */
  default Expr xlogy(Expr other) {
    return node(ExprOp.XLOGY, other);
  }

  /**
   * {@return √(this² + other²) without overflow}
   *
   * @param other the other leg, of this dtype
   */
  default Expr hypot(Expr other) {
    return node(ExprOp.HYPOT, other);
  }

  /**
   * {@return this magnitude with the other's sign bit}
   *
   * @param other where the sign is from, of this dtype
   */
  default Expr copysign(Expr other) {
    return node(ExprOp.COPYSIGN, other);
  }

  private Expr self() {
    return (Expr) this;
  }

  private Expr node(ExprOp op, Expr... others) {
    Expr self = self();
    Expr[] operands = new Expr[others.length + 1];
    operands[0] = self;
    System.arraycopy(others, 0, operands, 1, others.length);
    return Expr.make(op, self.type(), 0, operands);
  }
}
