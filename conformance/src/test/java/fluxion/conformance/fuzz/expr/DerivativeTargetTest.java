package fluxion.conformance.fuzz.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import org.junit.jupiter.api.Test;

/** Where differences decide something about a derivative. */
final class DerivativeTargetTest {
  private static final Expr X = Expr.input(0, DType.FLOAT64);
  private static final Expr Y = Expr.input(1, DType.FLOAT64);

  private static Double slope(Expr formula, double... point) {
    return DerivativeTarget.slope(formula, 0, point);
  }

  @Test
  void where_a_formula_is_smooth_differences_give_the_slope() {
    assertEquals(2.4, found(slope(X.mul(X), 1.2)), 1e-9);
    assertEquals(1, found(slope(X.remainder(Y), 1.2, 0.7)), 1e-9);
    assertEquals(0, found(slope(X.floor(), 1.2)), 0);
  }

  private static double found(Double slope) {
    assertNotNull(slope);
    return slope;
  }

  @Test
  void at_kinks_jumps_and_poles_nothing_is_decided() {
    assertNull(slope(X.abs(), 0));
    assertNull(slope(X.floor(), 1));
    assertNull(slope(X.reciprocal(), 0));
    assertNull(slope(X.remainder(Y), 1.4, 0.7));
  }

  @Test
  void a_remainder_that_jumps_too_often_to_be_seen_decides_nothing() {
    // by a divisor of 2e-11 that changes with x: between two jumps the slope is about −10
    Expr quotient = X.div(Y);
    Expr square = quotient.mul(quotient);
    assertNull(slope(square.add(Y.remainder(square.logsigmoid())), -2.3108025, 0.4641975));
    assertNull(slope(square.add(Y.fmod(square.logsigmoid())), -2.3108025, 0.4641975));
  }

  @Test
  void a_branch_that_is_taken_at_one_point_alone_decides_nothing() {
    assertNull(slope(Expr.select(X.eq(Y), Y, X), 1.2, 1.2));
    assertEquals(1, found(slope(Expr.select(X.eq(Y), Y, X), 1.2, 0.7)), 1e-9);
  }

  @Test
  void kinks_that_cancel_each_other_decide_nothing() {
    Expr lesser = X.min(Y);
    assertNull(slope(lesser.fmin(Y).div(lesser), 1.2, 1.2));
    assertNull(slope(X.abs().sub(X.max(X.neg())), 0));
    assertEquals(0, found(slope(lesser.fmin(Y).div(lesser), 1.2, 0.7)), 1e-9);
  }
}
