package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Special functions, signs, blends and comparisons within tolerances. */
final class SpecialFunctionsTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private static double[] gradient(Tensor y, Tensor x) {
    return Autograd.grad(y, x).toDoubleArray();
  }

  @Test
  void gamma_functions_have_their_known_values() {
    // PyTorch's trigamma is a series that is right to nine digits.
    // Γ(5) = 24; ψ(1) = −γ; ψ′(1) = π² / 6; ψ″(1) = −2 ζ(3)
    assertEquals(Math.log(24), Ops.call("lgamma", tensor(5.0)).item(), 1e-14);
    assertEquals(-0.5772156649015329, Ops.call("digamma", tensor(1.0)).item(), 1e-14);
    assertEquals(Math.PI * Math.PI / 6, Ops.call("polygamma", 1, tensor(1.0)).item(), 2e-9);
    assertEquals(-2.404113806319188, Ops.call("polygamma", 2, tensor(1.0)).item(), 1e-12);
    assertEquals(Math.pow(Math.PI, 4) / 15, Ops.call("polygamma", 3, tensor(1.0)).item(), 1e-11);
    assertEquals(-24.88626612344088, Ops.call("polygamma", 4, tensor(1.0)).item(), 1e-10);
    assertEquals(-2.404113806319188, Ops.call("polygamma_", tensor(1.0), 2).item(), 1e-12);
    assertEquals(
        5040 * Math.pow(Math.PI, 8) / 9450, Ops.call("polygamma", 7, tensor(1.0)).item(), 1e-8);
    assertEquals(
        "polygamma(n, x) does not support negative n.",
        assertThrows(ArgumentException.class, () -> Ops.call("polygamma", -1, tensor(1.0)))
            .getMessage());
  }

  @Test
  void the_derivatives_of_log_gamma_follow_one_another() {
    Tensor x = tensor(1.0).requiresGrad_();
    Tensor first = Autograd.grad(Ops.call("lgamma", x), x, true);
    assertEquals(-0.5772156649015329, first.item(), 1e-14);
    assertArrayEquals(new double[] {Math.PI * Math.PI / 6}, gradient(first, x), 2e-9);
  }

  @Test
  void sinc_is_one_and_flat_at_zero() {
    Tensor x = tensor(0.0, 0.5, 1).requiresGrad_();
    Tensor y = Ops.call("sinc", x);
    assertArrayEquals(new double[] {1, 2 / Math.PI, 0}, y.toDoubleArray(), 1e-15);
    assertArrayEquals(new double[] {0, -4 / Math.PI, -1}, gradient(y.sum(), x), 1e-15);
  }

  @Test
  void logits_are_infinite_at_the_ends_or_held_away_from_them() {
    Tensor x = tensor(0.0, 0.5, 1, 2).requiresGrad_();
    assertArrayEquals(new double[] {-INF, 0, INF, NAN}, Ops.call("logit", x).toDoubleArray());
    assertArrayEquals(new double[] {INF, 4, INF, NAN}, gradient(Ops.call("logit", x).sum(), x));
    Tensor held = Ops.call("logit", x, 0.25);
    assertArrayEquals(
        new double[] {-Math.log(3), 0, Math.log(3), Math.log(3)}, held.toDoubleArray(), 1e-15);
    assertArrayEquals(new double[] {0, 4, 0, 0}, gradient(held.sum(), x));
  }

  @Test
  void logarithms_are_added_without_overflow() {
    Tensor a = tensor(1000.0, -INF, INF, 0);
    Tensor b = tensor(1000.0, -INF, INF, -INF);
    assertArrayEquals(
        new double[] {1000 + Math.log(2), -INF, INF, 0},
        Ops.call("logaddexp", a, b).toDoubleArray());
    assertArrayEquals(
        new double[] {1001, -INF, INF, 0}, Ops.call("logaddexp2", a, b).toDoubleArray());
    assertEquals(
        "\"logaddexp_cpu\" not implemented for 'Long'; cast to a floating-point dtype",
        assertThrows(DTypeException.class, () -> Ops.call("logaddexp", tensor(1L), tensor(1L)))
            .getMessage());
  }

  @Test
  void zero_times_a_logarithm_is_zero_but_for_NaN() {
    assertArrayEquals(
        new double[] {0, 0, NAN, Math.log(2)},
        Ops.call("xlogy", tensor(0.0, 0, 0, 1), tensor(0.0, INF, NAN, 2)).toDoubleArray());
    assertEquals(2 * Math.log(3), Ops.call("xlogy", 2, tensor(3.0)).item(), 1e-15);
  }

  @Test
  void a_sign_is_taken_from_the_sign_bit() {
    Tensor x = tensor(1.0, -2, 0).requiresGrad_();
    Tensor y = Ops.call("copysign", x, tensor(-0.0, 0.0, -1));
    assertArrayEquals(new double[] {-1, 2, -0.0}, y.toDoubleArray());
    assertArrayEquals(new double[] {-1, -1, 0}, gradient(y.sum(), x));
    assertArrayEquals(
        new long[] {1, 0, 1}, Ops.call("signbit", tensor(-0.0, 0.0, -1)).toLongArray());
    assertArrayEquals(new long[] {0, 1}, Ops.call("isneginf", tensor(INF, -INF)).toLongArray());
    assertArrayEquals(new long[] {1, 0}, Ops.call("isposinf", tensor(INF, -INF)).toLongArray());
  }

  @Test
  void a_step_has_a_value_of_its_own_at_zero_and_is_zero_at_NaN() {
    assertArrayEquals(
        new double[] {0, 0.5, 1, 0},
        Ops.call("heaviside", tensor(-1.5, 0, 2, NAN), tensor(0.5)).toDoubleArray());
    assertEquals(
        "heaviside is not yet implemented for tensors with different dtypes.",
        assertThrows(DTypeException.class, () -> Ops.call("heaviside", tensor(1.0), tensor(1L)))
            .getMessage());
  }

  @Test
  void what_is_no_finite_number_becomes_one() {
    Tensor x = tensor((float) NAN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1f);
    assertArrayEquals(
        new double[] {0, Float.MAX_VALUE, -Float.MAX_VALUE, 1},
        Ops.call("nan_to_num", x).toDoubleArray());
    assertArrayEquals(
        new double[] {0, 65504, -65504, 1},
        Ops.call("nan_to_num", x.to(DType.FLOAT16)).toDoubleArray());
    Tensor y = tensor(NAN, INF, -INF, 1).requiresGrad_();
    Tensor z = Ops.call("nan_to_num", y, 7.0, 8.0, 9.0);
    assertArrayEquals(new double[] {7, 8, 9, 1}, z.toDoubleArray());
    assertArrayEquals(new double[] {0, 0, 0, 1}, gradient(z.sum(), y));
  }

  @Test
  void a_blend_meets_both_ends_exactly() {
    Tensor start = tensor(0.1, 1e20).requiresGrad_();
    Tensor end = tensor(0.7, 1.0).requiresGrad_();
    assertArrayEquals(start.toDoubleArray(), Ops.call("lerp", start, end, 0).toDoubleArray());
    assertArrayEquals(end.toDoubleArray(), Ops.call("lerp", start, end, 1).toDoubleArray());
    assertArrayEquals(
        new double[] {0.75, 0.75}, gradient(Ops.call("lerp", start, end, 0.25).sum(), start));
    assertEquals(
        "expected dtype double for `weight` but got dtype float",
        assertThrows(DTypeException.class, () -> Ops.call("lerp", start, end, zeros(2)))
            .getMessage());
  }

  @Test
  void products_and_quotients_are_added_in_place() {
    Tensor x = tensor(1.0, 2);
    Ops.call("addcmul_", List.of(x, tensor(2.0), tensor(3.0, 4)), Map.of("value", 0.5));
    assertArrayEquals(new double[] {4, 6}, x.toDoubleArray());
    Ops.call("addcdiv_", List.of(x, tensor(2.0), tensor(1.0, 2)), Map.of("value", -1));
    assertArrayEquals(new double[] {2, 5}, x.toDoubleArray());
    assertThrows(
        DTypeException.class, () -> Ops.call("addcdiv", tensor(1.0), tensor(1L), tensor(2L)));
  }

  @Test
  void closeness_is_that_of_the_documentation() {
    assertArrayEquals(
        new long[] {1, 0, 0},
        Ops.call("isclose", tensor(1.0, 2, 3), tensor(1 + 1e-10, 3, 4)).toLongArray());
    assertArrayEquals(
        new long[] {1, 1}, Ops.call("isclose", tensor(INF, 4), tensor(INF, 6), 0.5).toLongArray());
    Tensor nan = tensor(1.0, NAN);
    assertEquals(0, Ops.call("allclose", nan, nan).item());
    assertEquals(1, Ops.call("allclose", List.of(nan, nan), Map.of("equal_nan", true)).item());
    assertEquals(
        "Double did not match Float",
        assertThrows(DTypeException.class, () -> Ops.call("isclose", tensor(1.0), tensor(1f)))
            .getMessage());
    assertEquals(
        "rtol must be greater than or equal to zero, but got -1",
        assertThrows(
                ArgumentException.class, () -> Ops.call("isclose", tensor(1.0), tensor(1.0), -1))
            .getMessage());
  }

  @Test
  void tensors_are_equal_in_shape_and_elements() {
    assertEquals(1, Ops.call("equal", tensor(1.0, 2), tensor(1.0, 2)).item());
    assertEquals(0, Ops.call("equal", tensor(1.0, 2), tensor(1.0, 3)).item());
    assertEquals(0, Ops.call("equal", tensor(1.0, 1), tensor(1.0)).item());
    assertEquals(1, Ops.call("equal", zeros(0), zeros(0)).item());
    assertEquals(
        "Expected object of data type double but got data type long int for argument 'other' in"
            + " call to equal",
        assertThrows(DTypeException.class, () -> Ops.call("equal", tensor(1.0), tensor(1L)))
            .getMessage());
  }

  @Test
  void bits_are_shifted_out_and_signs_stay() {
    assertArrayEquals(
        new long[] {-2, 28, 24},
        Ops.call("bitwise_left_shift", tensor(-1L, 7L, 3L), tensor(1L, 2L, 3L)).toLongArray());
    assertArrayEquals(
        new long[] {-1, 7},
        Ops.call("bitwise_right_shift", tensor(-2L, 31L), tensor(1L, 2L)).toLongArray());
    assertThrows(
        DTypeException.class, () -> Ops.call("bitwise_left_shift", tensor(1.0), tensor(1.0)));
  }

  @Test
  void powers_of_integers_are_float64_where_floats_are_asked_for() {
    Tensor y = Ops.call("float_power", tensor(2L, 3L), -1);
    assertEquals(DType.FLOAT64, y.dtype());
    assertArrayEquals(new double[] {0.5, 1.0 / 3}, y.toDoubleArray());
    assertEquals(8, Ops.call("float_power", 2, tensor(3L)).item());
  }

  @Test
  void a_plus_sign_changes_nothing_but_takes_no_truth_values() {
    Tensor x = tensor(1.0);
    assertSame(x, Ops.call("positive", x));
    assertEquals(
        "The `+` operator, on a bool tensor is not supported.",
        assertThrows(DTypeException.class, () -> Ops.call("positive", tensor(true))).getMessage());
  }

  @Test
  void remainders_and_quotients_are_taken_in_place() {
    assertArrayEquals(new long[] {1, 2}, Ops.call("remainder_", tensor(-5L, 5L), 3).toLongArray());
    assertArrayEquals(new long[] {-2, 2}, Ops.call("fmod_", tensor(-5L, 5L), 3).toLongArray());
    assertArrayEquals(
        new long[] {-2, 1}, Ops.call("floor_divide_", tensor(-5L, 5L), 3).toLongArray());
    assertThrows(ArgumentException.class, () -> Ops.call("fmod_", tensor(1L), 0));
  }

  @Test
  void entropies_and_normal_distributions_have_their_known_values() {
    assertArrayEquals(
        new double[] {-INF, 0, 0, -2 * Math.log(2), NAN},
        Ops.call("special_entr", tensor(-1.0, 0, 1, 2, NAN)).toDoubleArray(),
        1e-15);
    // Φ(0) = ½ and Φ(1.96) from a table
    assertArrayEquals(
        new double[] {0.5, 0.9750021},
        Ops.call("special_ndtr", tensor(0.0, 1.96)).toDoubleArray(),
        1e-7);
    assertArrayEquals(
        new double[] {0, NAN, 1e-20},
        Ops.call("special_xlog1py", tensor(0.0, 0, 1), tensor(-1.0, NAN, 1e-20)).toDoubleArray(),
        1e-30);
    assertEquals(12, Ops.call("ldexp", tensor(3.0), tensor(2L)).item());
  }

  @Test
  void a_multivariate_gamma_function_is_a_product_of_gamma_functions() {
    // Γ₂(a) = √π Γ(a) Γ(a − ½): for a = 3, √π · 2 · (3/4) √π
    assertEquals(Math.log(1.5 * Math.PI), Ops.call("mvlgamma", tensor(3.0), 2).item(), 1e-14);
    assertEquals(
        "p has to be greater than or equal to 1",
        assertThrows(ArgumentException.class, () -> Ops.call("mvlgamma", tensor(3.0), 0))
            .getMessage());
  }

  @Test
  void truth_values_can_be_stored_as_numbers() {
    assertArrayEquals(new double[] {1, 0}, Ops.call("gt_", tensor(3.0, 1), 2).toDoubleArray());
    assertArrayEquals(
        new double[] {0, 1},
        Ops.call("logical_xor_", tensor(3.0, 0), tensor(1L, 2L)).toDoubleArray());
  }

  @Test
  void gamma_functions_in_place_keep_the_gradient_of_the_old_elements() {
    Tensor leaf = tensor(1.0).requiresGrad_();
    Tensor x = Ops.call("lgamma_", leaf.mul(1));
    assertArrayEquals(new double[] {-0.5772156649015329}, gradient(x, leaf), 1e-14);
    assertEquals(
        "result type Float can't be cast to the desired output type Long",
        assertThrows(DTypeException.class, () -> Ops.call("lgamma_", tensor(1L, 2L))).getMessage());
  }

  @Test
  void bounds_and_decimals_work_in_place() {
    Tensor x = tensor(-2.34, 0.56, 3.45);
    Ops.call("clamp_", x, tensor(-1.0), tensor(1.0, 1, 2));
    assertArrayEquals(new double[] {-1, 0.56, 2}, x.toDoubleArray());
    Ops.call("round_", List.of(x), Map.of("decimals", 1));
    assertArrayEquals(new double[] {-1, 0.6, 2}, x.toDoubleArray());
  }

  @Test
  void an_operator_may_have_further_names() {
    assertArrayEquals(new double[] {0, 1}, Ops.call("clip", tensor(-2.0, 3), 0, 1).toDoubleArray());
    Tensor x = tensor(-2.0, 3);
    assertSame(x, Ops.call("absolute_", x));
    assertArrayEquals(new double[] {2, 3}, x.toDoubleArray());
    assertTrue(
        assertThrows(ArgumentException.class, () -> Ops.call("arctan2", x))
            .getMessage()
            .contains("arctan2(Tensor self, Tensor other)"));
  }
}
