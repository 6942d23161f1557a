package fluxion.conformance.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.conformance.Profile;
import fluxion.conformance.reference.Exact;
import fluxion.conformance.reference.Precise;
import fluxion.engine.spi.ExprOp;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class BudgetsTest {
  private static final Budgets BUDGETS = Budgets.load();

  /** What gives no float, or is no operation. */
  private static final Set<ExprOp> WITHOUT =
      EnumSet.of(
          ExprOp.INPUT,
          ExprOp.SCALAR,
          ExprOp.LITERAL,
          ExprOp.INDEX,
          ExprOp.EQ,
          ExprOp.NE,
          ExprOp.LT,
          ExprOp.LE,
          ExprOp.GT,
          ExprOp.GE,
          ExprOp.ISNAN,
          ExprOp.ISINF,
          ExprOp.ISFINITE,
          ExprOp.AND,
          ExprOp.OR,
          ExprOp.XOR,
          ExprOp.NOT,
          ExprOp.SHL,
          ExprOp.SHR,
          ExprOp.BITS,
          ExprOp.FROM_BITS,
          ExprOp.SELECT,
          ExprOp.CAST);

  @ParameterizedTest
  @EnumSource(ExprOp.class)
  void every_operation_whose_value_is_a_float_has_a_budget_in_both_dtypes_and_profiles(ExprOp op) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (Profile profile : Profile.values()) {
        if (WITHOUT.contains(op)) {
          assertThrows(ArgumentException.class, () -> BUDGETS.of(op, dtype, profile));
        } else {
          Budget budget = BUDGETS.of(op, dtype, profile);
          assertTrue(budget.near() <= budget.far(), budget.toString());
          Precise value = Exact.evaluate(op, 1, 0.75, 0.375, 0.25);
          assertTrue(budget.accepts(value.round(dtype), 1, 0.75, 0.375, 0.25), budget.toString());
        }
      }
    }
    assertEquals(!WITHOUT.contains(op), BUDGETS.has(op));
  }

  @ParameterizedTest
  @EnumSource(ExprOp.class)
  void what_the_tight_profile_allows_the_basic_one_allows_too(ExprOp op) {
    if (BUDGETS.has(op)) {
      for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
        Budget tight = BUDGETS.of(op, dtype, Profile.TIGHT);
        Budget basic = BUDGETS.of(op, dtype, Profile.BASIC);
        assertTrue(tight.near() <= basic.near() && tight.far() <= basic.far(), tight.toString());
      }
    }
  }

  /** The numbers of the OpenCL C specification 3.0, section 7.4, typed in anew. */
  @ParameterizedTest
  @CsvSource({
    "div, 2.5, 0.5", "sqrt, 3, 0.5", "rsqrt, 2, 2", "exp, 3, 3", "exp2, 3, 3", "expm1, 3, 3",
    "log, 3, 3", "log2, 3, 3", "log10, 3, 3", "log1p, 2, 2", "sin, 4, 4", "cos, 4, 4",
    "tan, 5, 5", "asin, 4, 4", "acos, 4, 4", "atan, 5, 5", "atan2, 6, 6", "sinh, 4, 4",
    "cosh, 4, 4", "tanh, 5, 5", "asinh, 4, 4", "acosh, 4, 4", "atanh, 5, 5", "erf, 16, 16",
    "erfc, 16, 16", "pow, 16, 16", "hypot, 4, 4", "fma, 0.5, 0.5", "fmod, 0, 0", "floor, 0, 0"
  })
  void the_basic_profile_is_that_of_OpenCL_C(String op, double single, double twice) {
    ExprOp named = ExprOp.valueOf(op.toUpperCase(java.util.Locale.ROOT));
    assertEquals(single, BUDGETS.of(named, DType.FLOAT32, Profile.BASIC).ulps(0.5, 0.5, 0.5));
    assertEquals(twice, BUDGETS.of(named, DType.FLOAT64, Profile.BASIC).ulps(0.5, 0.5, 0.5));
  }

  @ParameterizedTest
  @CsvSource({"exp", "log", "tanh", "sigmoid", "erf", "sin", "cos"})
  void the_tight_profile_allows_one_unit_in_the_primary_range_and_two_elsewhere(String op) {
    ExprOp named = ExprOp.valueOf(op.toUpperCase(java.util.Locale.ROOT));
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Budget tight = BUDGETS.of(named, dtype, Profile.TIGHT);
      assertEquals(1, tight.ulps(0.5));
      assertTrue(tight.far() <= 2);
    }
  }

  @Test
  void the_primary_range_decides_which_bound_holds() {
    Budget exp = BUDGETS.of(ExprOp.EXP, DType.FLOAT32, Profile.TIGHT);
    assertEquals(1, exp.ulps(80));
    assertEquals(2, exp.ulps(-100));
    assertEquals(2, exp.ulps(Double.NaN));
    Budget pow = BUDGETS.of(ExprOp.POW, DType.FLOAT32, Profile.TIGHT);
    assertEquals(1, pow.ulps(2, 3));
    assertEquals(2, pow.ulps(2, 30));
    assertEquals(2, pow.ulps(200, 3));
  }

  @Test
  void a_result_is_within_the_budget_up_to_the_bound_and_not_beyond() {
    Budget exp = BUDGETS.of(ExprOp.EXP, DType.FLOAT32, Profile.TIGHT);
    float e = (float) Math.E;
    assertTrue(exp.accepts(e, 0, 1));
    assertTrue(exp.accepts(Math.nextDown(e), 0, 1) || exp.accepts(Math.nextUp(e), 0, 1));
    assertFalse(exp.accepts(e + 2 * Math.ulp(e), 0, 1));
    Budget basic = BUDGETS.of(ExprOp.EXP, DType.FLOAT32, Profile.BASIC);
    assertTrue(basic.accepts(e + 2 * Math.ulp(e), 0, 1));
    assertFalse(basic.accepts(e + 4 * Math.ulp(e), 0, 1));
  }

  @Test
  void nan_infinities_and_the_sign_of_zero_must_be_right() {
    for (Profile profile : Profile.values()) {
      Budget log = BUDGETS.of(ExprOp.LOG, DType.FLOAT32, profile);
      assertTrue(log.accepts(Double.NaN, 0, -1));
      assertFalse(log.accepts(0, 0, -1));
      assertFalse(log.accepts(Double.NaN, 0, 2));
      assertTrue(log.accepts(Double.NEGATIVE_INFINITY, 0, 0));
      assertFalse(log.accepts(-3e38, 0, 0));
      assertFalse(log.accepts(Double.POSITIVE_INFINITY, 0, 0));
      Budget tan = BUDGETS.of(ExprOp.TAN, DType.FLOAT64, profile);
      assertTrue(tan.accepts(-0.0, 0, -0.0));
      assertFalse(tan.accepts(0.0, 0, -0.0));
    }
  }

  @Test
  void only_the_basic_profile_takes_subnormal_float32_for_zeros() {
    Budget basic = BUDGETS.of(ExprOp.MUL, DType.FLOAT32, Profile.BASIC);
    assertTrue(basic.accepts(0.0, 0, 1e-30f, 1e-10f)); // the result
    assertTrue(basic.accepts(0.0, 0, 1e-40f, 1e30f)); // an operand
    assertFalse(basic.accepts(-0.0, 0, 1e-30f, 1e-10f));
    assertFalse(basic.accepts(0.0, 0, 1e-30f, 1f));
    assertFalse(
        BUDGETS.of(ExprOp.MUL, DType.FLOAT32, Profile.TIGHT).accepts(0.0, 0, 1e-30f, 1e-10f));
    assertFalse(
        BUDGETS.of(ExprOp.MUL, DType.FLOAT64, Profile.BASIC).accepts(0.0, 0, 1e-200, 1e-110));
  }

  @Test
  void near_a_zero_of_lgamma_errors_count_in_units_of_the_floor() {
    Budget lgamma = BUDGETS.of(ExprOp.LGAMMA, DType.FLOAT64, Profile.TIGHT);
    double x = 2 + 1e-9;
    double value = Exact.evaluate(ExprOp.LGAMMA, 0, x).round(DType.FLOAT64);
    assertTrue(lgamma.accepts(value + 4 * Math.ulp(1.0), 0, x));
    assertFalse(lgamma.accepts(value + 40 * Math.ulp(1.0), 0, x));
  }

  @Test
  void the_bound_of_a_sum_is_that_of_Higham() {
    double u = 0x1p-53;
    double least = Double.MIN_VALUE;
    assertEquals(
        1000 * u / (1 - 1000 * u) * 3.5 + least,
        BUDGETS.sum(1000, 3.5, DType.FLOAT64, Profile.BASIC));
    // 2^20 terms: blocks of 1056, then a tree of the rest
    double height = 1056 + Math.ceil(Math.log(0x1p20 / 1056) / Math.log(2)) + 1;
    double single = 0x1p-24;
    assertEquals(
        height * single / (1 - height * single) + Float.MIN_VALUE,
        BUDGETS.sum(1 << 20, 1, DType.FLOAT32, Profile.TIGHT));
    assertEquals(Double.POSITIVE_INFINITY, BUDGETS.sum(1 << 25, 1, DType.FLOAT32, Profile.BASIC));
    assertEquals(0, BUDGETS.dot(0, 0, DType.FLOAT64, Profile.BASIC), 1e-300);
  }

  /** Adding 0.1f a million times errs by less than the bound, which is not idle either. */
  @Test
  void a_plain_sum_keeps_the_bound() {
    int n = 1_000_000;
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum += 0.1f;
    }
    double error = Math.abs(sum - n * (double) 0.1f);
    double bound = BUDGETS.scan(n, n * (double) 0.1f, DType.FLOAT32, Profile.TIGHT);
    assertTrue(error <= bound && error > bound / 1000, error + " of " + bound);
  }

  @Test
  void operators_have_a_default_and_integers_are_exact() {
    OperatorBudget budget = BUDGETS.operator("anything", DType.FLOAT32, Profile.TIGHT);
    assertTrue(budget.accepts(1 + 0x1p-20, 1, 1));
    assertFalse(budget.accepts(1 + 0x1p-10, 1, 1));
    assertTrue(budget.accepts(1e-7, 0, 1));
    assertFalse(budget.accepts(Double.NaN, 1, 1));
    assertFalse(budget.accepts(1, Double.NaN, 1));
    assertFalse(budget.accepts(Double.MAX_VALUE, Double.POSITIVE_INFINITY, 1));
    OperatorBudget integers = BUDGETS.operator("anything", DType.INT64, Profile.BASIC);
    assertTrue(integers.accepts(3, 3, 3));
    assertFalse(integers.accepts(4, 3, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "exp * * * 1 2 0; there is no section",
        "[functions]@exp * * * 1 2; expected 7 columns, found 6",
        "[functions]@exq * * * 1 2 0; EXQ",
        "[functions]@exp float16x * * 1 2 0; FLOAT16X",
        "[functions]@exp * loose * 1 2 0; LOOSE",
        "[functions]@exp * * 1..2,3..4 1 2 0; exp has 1 operands, not 2",
        "[functions]@exp * * 1-2 1 2 0; '1-2' is no range",
        "[functions]@exp * * 2..1 1 2 0; no range from 2.0 to 1.0",
        "[functions]@exp * * * -1 2 0; -1 is no number of units",
        "[functions]@exp * * * NaN 2 0; NaN is no number of units",
        "[functions]@exp * * * one 2 0; one",
        "[functions]@exp * * * 1 2 0@exp float32 tight * 1 2 0; states again",
        "[sums]@sum * few; few",
        "[operators]@* * 1 2; expected 5 columns, found 4"
      })
  void a_malformed_table_is_refused_with_its_line(String text, String message) {
    String lines = text.replace('@', '\n');
    FormatException e = assertThrows(FormatException.class, () -> Budgets.parse(lines));
    String words = String.valueOf(e.getMessage());
    assertTrue(words.contains(message) && words.contains("line " + lines.lines().count()), words);
  }

  @Test
  void what_a_table_lacks_is_named() {
    Budgets empty = Budgets.parse("# nothing\n");
    String words =
        assertThrows(
                ArgumentException.class, () -> empty.of(ExprOp.EXP, DType.FLOAT32, Profile.BASIC))
            .getMessage();
    assertEquals("there is no error budget of 'exp' in float32, profile BASIC", words);
    assertThrows(FormatException.class, () -> empty.sum(3, 1, DType.FLOAT32, Profile.BASIC));
    assertThrows(FormatException.class, () -> empty.operator("add", DType.FLOAT32, Profile.BASIC));
  }
}
