package fluxion.engine.spi;

import fluxion.api.DType;

/**
 * Comparison, logic, bits and conversion of {@link Expr}.
 *
 * <p>A method throws {@link fluxion.api.DTypeException} when the dtypes differ or are not taken.
 */
sealed interface ExprLogic permits Expr {
  /**
   * {@return whether this = other; false if either is NaN}
   *
   * @param other the other operand, of this dtype
   */
  default Expr eq(Expr other) {
    return node(ExprOp.EQ, other);
  }

  /**
   * {@return {@link #eq(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr eq(double constant) {
    return eq(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #eq(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr eq(long constant) {
    return eq(Expr.literal(self().type(), constant));
  }

  /**
   * {@return whether this ≠ other; true if either is NaN}
   *
   * @param other the other operand, of this dtype
   */
  default Expr ne(Expr other) {
    return node(ExprOp.NE, other);
  }

  /**
   * {@return {@link #ne(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr ne(double constant) {
    return ne(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #ne(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr ne(long constant) {
    return ne(Expr.literal(self().type(), constant));
  }

  /**
   * {@return whether this &lt; other; false if either is NaN}
   *
   * @param other the other operand, of this dtype
   */
  default Expr lt(Expr other) {
    return node(ExprOp.LT, other);
  }

  /**
   * {@return {@link #lt(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr lt(double constant) {
    return lt(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #lt(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr lt(long constant) {
    return lt(Expr.literal(self().type(), constant));
  }

  /**
   * {@return whether this ≤ other; false if either is NaN}
   *
   * @param other the other operand, of this dtype
   */
  default Expr le(Expr other) {
    return node(ExprOp.LE, other);
  }

  /**
   * {@return {@link #le(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr le(double constant) {
    return le(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #le(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr le(long constant) {
    return le(Expr.literal(self().type(), constant));
  }

  /**
   * {@return whether this &gt; other; false if either is NaN}
   *
   * @param other the other operand, of this dtype
   */
  default Expr gt(Expr other) {
    return node(ExprOp.GT, other);
  }

  /**
   * {@return {@link #gt(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr gt(double constant) {
    return gt(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #gt(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr gt(long constant) {
    return gt(Expr.literal(self().type(), constant));
  }

  /**
   * {@return whether this ≥ other; false if either is NaN}
   *
   * @param other the other operand, of this dtype
   */
  default Expr ge(Expr other) {
    return node(ExprOp.GE, other);
  }

  /**
   * {@return {@link #ge(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr ge(double constant) {
    return ge(Expr.literal(self().type(), constant));
  }

  /**
   * {@return {@link #ge(Expr)} with a constant of this dtype}
   *
   * @param constant the constant
   */
  default Expr ge(long constant) {
    return ge(Expr.literal(self().type(), constant));
  }

  /**
   * {@return both (bool), or the bits that are set in both (integers)}
   *
   * @param other the other operand, of this dtype
   */
  default Expr and(Expr other) {
    return node(ExprOp.AND, other);
  }

  /**
   * {@return either (bool), or the bits that are set in either (integers)}
   *
   * @param other the other operand, of this dtype
   */
  default Expr or(Expr other) {
    return node(ExprOp.OR, other);
  }

  /**
   * {@return just one (bool), or the bits that differ (integers)}
   *
   * @param other the other operand, of this dtype
   */
  default Expr xor(Expr other) {
    return node(ExprOp.XOR, other);
  }

  /** {@return the opposite (bool), or all bits flipped (integers)} */
  default Expr not() {
    return node(ExprOp.NOT);
  }

  /**
   * {@return the integer shifted to the left; 0 where the count is negative or at least the width}
   *
   * @param other the count of bits
   */
  default Expr shl(Expr other) {
    return node(ExprOp.SHL, other);
  }

  /**
   * {@return the integer shifted to the right with its sign; all sign where the count is negative
   * or at least the width}
   *
   * @param other the count of bits
   */
  default Expr shr(Expr other) {
    return node(ExprOp.SHR, other);
  }

  /** {@return whether this float is NaN} */
  default Expr isnan() {
    return node(ExprOp.ISNAN);
  }

  /** {@return whether this float is +∞ or −∞} */
  default Expr isinf() {
    return node(ExprOp.ISINF);
  }

  /** {@return whether this float is neither infinite nor NaN} */
  default Expr isfinite() {
    return node(ExprOp.ISFINITE);
  }

  /**
   * {@return the bits of this float: an int32 of a float32, an int64 of a float64}
   *
   * <p>Which of the NaNs' bits a NaN has is left open.
   */
  default Expr bits() {
    DType word = self().type() == DType.FLOAT64 ? DType.INT64 : DType.INT32;
    return Expr.make(ExprOp.BITS, word, 0, self());
  }

  /** {@return the float that has the bits of this int32 (a float32) or int64 (a float64)} */
  default Expr fromBits() {
    DType number = self().type() == DType.INT64 ? DType.FLOAT64 : DType.FLOAT32;
    return Expr.make(ExprOp.FROM_BITS, number, 0, self());
  }

  /**
   * {@return this converted to a dtype}
   *
   * <p>To a float: rounded once to the nearest, ties to even, also from float64 or int64 to 16
   * bits. From a float to an integer: cut towards zero to an int64 (NaN gives 0, beyond its range
   * its ends), then wrapped to the width. Between integers: wrapped. To bool: whether different
   * from 0 (NaN is). From bool: 0 or 1.
   *
   * @param type the dtype to convert to; any
   */
  default Expr cast(DType type) {
    return Expr.make(ExprOp.CAST, type, 0, self());
  }

  private Expr self() {
    return (Expr) this;
  }

  private Expr node(ExprOp op, Expr... others) {
    Expr self = self();
    Expr[] operands = new Expr[others.length + 1];
    operands[0] = self;
    System.arraycopy(others, 0, operands, 1, others.length);
    return Expr.make(op, op.isPredicate() ? DType.BOOL : self.type(), 0, operands);
  }
}
