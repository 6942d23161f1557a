package fluxion.engine.spi;

/**
 * Arithmetic of {@link Expr}: on float32, float64 and the integers, both operands of one dtype.
 *
 * <p>Floats follow IEEE 754, rounding to nearest even; integers wrap around. A method throws {@link
 * fluxion.api.DTypeException} when the dtypes differ or are not taken.
 */
sealed interface ExprArithmetic permits Expr {
  /**
   * {@return this + other}
   *
   * @param other the other operand, of this dtype
   */
  default Expr add(Expr other) {
    return node(ExprOp.ADD, other);
  }

  /**
   * {@return {@link #add(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr add(double constant) {
    return add(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #add(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr add(long constant) {
    return add(Expr.literal(self().type(), constant));
  }

  /**
   * {@return this − other}
   *
   * @param other the other operand, of this dtype
   */
  default Expr sub(Expr other) {
    return node(ExprOp.SUB, other);
  }

  /**
   * {@return {@link #sub(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr sub(double constant) {
    return sub(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #sub(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr sub(long constant) {
    return sub(Expr.literal(self().type(), constant));
  }

  /**
   * {@return this · other}
   *
   * @param other the other operand, of this dtype
   */
  default Expr mul(Expr other) {
    return node(ExprOp.MUL, other);
  }

  /**
   * {@return {@link #mul(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr mul(double constant) {
    return mul(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #mul(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr mul(long constant) {
    return mul(Expr.literal(self().type(), constant));
  }

  /**
   * {@return this / other; of integers cut towards zero, and 0 where the divisor is 0}
   *
   * @param other the divisor; operators that must refuse an integer 0 check before they launch
   */
  default Expr div(Expr other) {
    return node(ExprOp.DIV, other);
  }

  /**
   * {@return {@link #div(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr div(double constant) {
    return div(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #div(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr div(long constant) {
    return div(Expr.literal(self().type(), constant));
  }

  /**
   * {@return the remainder with this operand's sign, C's {@code fmod}; 0 for an integer divisor 0}
   *
   * @param other the divisor
   */
  default Expr fmod(Expr other) {
    return node(ExprOp.FMOD, other);
  }

  /**
   * {@return the remainder with the divisor's sign, Python's {@code %}; 0 for an integer divisor 0}
   *
   * @param other the divisor
   */
  default Expr remainder(Expr other) {
    return node(ExprOp.REMAINDER, other);
  }

  /**
   * {@return this to the power of other, by C99's rules (pow(1, NaN) = pow(NaN, 0) = 1); of
   * integers by repeated multiplication, wrapping, where a negative exponent gives the truncated
   * reciprocal}
   *
   * @param other the exponent
   */
  default Expr pow(Expr other) {
    return node(ExprOp.POW, other);
  }

  /**
   * {@return {@link #pow(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr pow(double constant) {
    return pow(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #pow(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr pow(long constant) {
    return pow(Expr.literal(self().type(), constant));
  }

  /**
   * {@return the smaller, -0 below 0; NaN if either is NaN}
   *
   * @param other the other operand, of this dtype
   */
  default Expr min(Expr other) {
    return node(ExprOp.MIN, other);
  }

  /**
   * {@return {@link #min(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr min(double constant) {
    return min(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #min(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr min(long constant) {
    return min(Expr.literal(self().type(), constant));
  }

  /**
   * {@return the larger, -0 below 0; NaN if either is NaN}
   *
   * @param other the other operand, of this dtype
   */
  default Expr max(Expr other) {
    return node(ExprOp.MAX, other);
  }

  /**
   * {@return {@link #max(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr max(double constant) {
    return max(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #max(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr max(long constant) {
    return max(Expr.literal(self().type(), constant));
  }

  /**
   * {@return the smaller; the other one where one is NaN}
   *
   * @param other the other operand, of this dtype
   */
  default Expr fmin(Expr other) {
    return node(ExprOp.FMIN, other);
  }

  /**
   * {@return the larger; the other one where one is NaN}
   *
   * @param other the other operand, of this dtype
   */
  default Expr fmax(Expr other) {
    return node(ExprOp.FMAX, other);
  }

  /** {@return −this} */
  default Expr neg() {
    return node(ExprOp.NEG);
  }

  /** {@return the absolute value; the least integer stays as it is} */
  default Expr abs() {
    return node(ExprOp.ABS);
  }

  /** {@return -1, 0 or 1 by the sign; 0 for NaN, as PyTorch's CPU kernel has it} */
  default Expr sign() {
    return node(ExprOp.SIGN);
  }

  /**
   * {@return this · factor + summand, rounded once; float32 and float64}
   *
   * @param factor the second factor
   * @param summand what to add
   */
  default Expr fma(Expr factor, Expr summand) {
    return node(ExprOp.FMA, factor, summand);
  }

  /** {@return the largest integer not above; an integer itself} */
  default Expr floor() {
    return self().type().isIntegral() ? self() : node(ExprOp.FLOOR);
  }

  /** {@return the smallest integer not below; an integer itself} */
  default Expr ceil() {
    return self().type().isIntegral() ? self() : node(ExprOp.CEIL);
  }

  /** {@return the nearest integer, ties to even; an integer itself} */
  default Expr round() {
    return self().type().isIntegral() ? self() : node(ExprOp.ROUND);
  }

  /** {@return the integer part, cut towards zero; an integer itself} */
  default Expr trunc() {
    return self().type().isIntegral() ? self() : node(ExprOp.TRUNC);
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
