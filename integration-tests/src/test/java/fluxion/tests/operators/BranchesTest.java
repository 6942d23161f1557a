package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values on both sides of what a formula branches on; they follow from the definitions. */
final class BranchesTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private static double[] call(String name, Tensor... tensors) {
    return Ops.call(name, List.of(tensors), Map.of()).toDoubleArray();
  }

  private static double[] gradient(Tensor y, Tensor x) {
    return Autograd.grad(y.sum(), x).toDoubleArray();
  }

  @Test
  void signs_are_those_of_floats_integers_and_truth_values() {
    assertArrayEquals(new double[] {-1, 0, 1}, call("sgn", tensor(-2.0, 0, 3)));
    assertArrayEquals(new double[] {-1, 0, 1}, call("sgn", tensor(-2L, 0L, 3L)));
    assertArrayEquals(new double[] {1, 0, 0}, call("signbit", tensor(-1L, 0L, 2L)));
    assertArrayEquals(new double[] {1, 1, 0}, call("signbit", tensor(-1.0, -0.0, 0.0)));
    assertArrayEquals(new double[] {0, 0}, call("signbit", tensor(true, false)));
  }

  @Test
  void nothing_but_an_infinite_float_is_infinite() {
    Tensor floats = tensor(-INF, -1, 0, INF, NAN);
    assertArrayEquals(new double[] {1, 0, 0, 0, 0}, call("isneginf", floats));
    assertArrayEquals(new double[] {0, 0, 0, 1, 0}, call("isposinf", floats));
    for (Tensor other : List.of(tensor(-1L, 7L), tensor(true, false))) {
      assertArrayEquals(new double[] {0, 0}, call("isneginf", other));
      assertArrayEquals(new double[] {0, 0}, call("isposinf", other));
    }
  }

  @Test
  void not_is_written_in_place_in_any_dtype() {
    assertArrayEquals(new double[] {1, 0, 0, 0}, call("logical_not_", tensor(0.0, 2, -3, NAN)));
    assertArrayEquals(new double[] {1, 0, 0}, call("logical_not_", tensor(0L, 1L, -2L)));
    assertArrayEquals(new double[] {0, 1}, call("logical_not_", tensor(true, false)));
  }

  @Test
  void a_truth_value_that_is_written_over_floats_has_a_gradient_of_zero() {
    for (String name : List.of("lt_", "ne_", "eq_", "logical_and_", "logical_xor_")) {
      Tensor x = tensor(1.0, 0, 3).requiresGrad_();
      Tensor y = tensor(2.0, 0, 0).requiresGrad_();
      Tensor written = x.mul(1);
      assertSame(written, Ops.call(name, written, y));
      assertArrayEquals(
          call(name.substring(0, name.length() - 1), x, y), written.toDoubleArray(), name);
      written.sum().backward();
      assertArrayEquals(new double[3], x.grad().toDoubleArray(), name);
      assertArrayEquals(new double[3], y.grad().toDoubleArray(), name);
    }
    Tensor x = tensor(1.0, 0).requiresGrad_();
    Tensor written = x.mul(1);
    Ops.call("logical_not_", written);
    written.mul(x).sum().backward();
    assertArrayEquals(new double[] {0, 1}, x.grad().toDoubleArray());
  }

  @Test
  void a_step_has_the_value_that_is_given_at_zero() {
    assertArrayEquals(
        new double[] {0, 7, 1}, call("heaviside", tensor(-2.0, 0, 3), tensor(7.0, 7, 7)));
    assertArrayEquals(
        new double[] {1, 1, 1, 0},
        call("heaviside", tensor(true, true, false, false), tensor(true, false, true, false)));
    assertArrayEquals(
        new double[] {0, 7, 1}, call("heaviside_", tensor(-2.0, 0, 3), tensor(7.0, 7, 7)));
  }

  @Test
  void radians_become_degrees() {
    assertArrayEquals(
        new double[] {180, -90, 0}, call("rad2deg", tensor(Math.PI, -Math.PI / 2, 0)), 1e-12);
  }

  @Test
  void a_sinc_is_exact_at_integers() {
    assertArrayEquals(
        new double[] {1, 0, 0, 2 / Math.PI}, call("sinc", tensor(0.0, 3, -2, 0.5)), 1e-16);
    assertEquals(0, Ops.call("sinc", tensor(3.0)).item());
  }

  /** Each half of the formula is exact at its own end, where the other loses everything. */
  @Test
  void a_blend_is_exact_at_both_ends() {
    Tensor small = tensor(1.0, 1);
    Tensor large = tensor(1e17, 1e17);
    Tensor ends = tensor(0.0, 1);
    assertArrayEquals(new double[] {1, 1e17}, call("lerp", small, large, ends));
    assertArrayEquals(new double[] {1e17, 1}, call("lerp", large, small, ends));
    for (double weight : new double[] {0, 1}) {
      assertEquals(
          weight == 0 ? 1 : 1e17, Ops.call("lerp", tensor(1.0), tensor(1e17), weight).item());
      assertEquals(
          weight == 0 ? 1e17 : 1, Ops.call("lerp", tensor(1e17), tensor(1.0), weight).item());
    }
  }

  private static void assertClose(
      boolean equalNan, double expected, double self, double other, double rtol, double atol) {
    Map<String, Object> named = Map.of("rtol", rtol, "atol", atol, "equal_nan", equalNan);
    assertEquals(
        expected,
        Ops.call("isclose", List.of(tensor(self), tensor(other)), named).item(),
        self + " and " + other);
  }

  @Test
  void numbers_are_close_within_a_part_of_the_other() {
    for (boolean equalNan : new boolean[] {false, true}) {
      assertClose(equalNan, 1, 10, 10.5, 0.05, 0);
      assertClose(equalNan, 1, 10.5, 10, 0.05, 0);
      assertClose(equalNan, 1, 9.5, 10, 0.05, 0);
      assertClose(equalNan, 0, 10.75, 10, 0.05, 0);
      assertClose(equalNan, 0, 10, 10.75, 0.05, 0);
      assertClose(equalNan, 1, -10, -10.5, 0.05, 0);
      assertClose(equalNan, 0, -10, 10, 0.05, 0);
      assertClose(equalNan, 0, 4, 1, 0.5, 0);
      assertClose(equalNan, 0, 1, 4, 0.5, 0);
      assertClose(equalNan, 1, 0.5, 0, 0.5, 0.5);
      assertClose(equalNan, 0, 0.75, 0, 0.5, 0.5);
      assertClose(equalNan, 1, 11.5, 10, 0.125, 0.25);
      assertClose(equalNan, 1, 3, 3, 0, 0);
      assertClose(equalNan, 1, INF, INF, 0.5, 0.5);
      assertClose(equalNan, 0, INF, -INF, 0.5, 0.5);
      assertClose(equalNan, 0, INF, 1, 0.5, 0.5);
      assertClose(equalNan, 0, 1, INF, 0.5, 0.5);
      assertClose(equalNan, 0, 1, NAN, 0.5, 0.5);
      assertClose(equalNan, 0, NAN, 1, 0.5, 0.5);
      assertClose(equalNan, equalNan ? 1 : 0, NAN, NAN, 0.5, 0.5);
    }
  }

  @Test
  void logarithms_of_sums_know_infinities() {
    double two = 2.313261687518223; // ln(e + e²)
    Tensor x = tensor(INF, INF, -INF, -INF, 1, NAN, 1, 1, 2, -INF);
    Tensor y = tensor(INF, -INF, -INF, 1, INF, 1, NAN, 2, 1, INF);
    assertArrayEquals(
        new double[] {INF, INF, -INF, 1, INF, NAN, NAN, two, two, INF},
        call("logaddexp", x, y),
        1e-15);
    double binary = 2.584962500721156; // lb 6
    assertArrayEquals(
        new double[] {INF, INF, -INF, 1, INF, NAN, NAN, binary, binary, INF},
        call("logaddexp2", x, y),
        1e-15);
  }

  @Test
  void zero_times_a_logarithm_of_nothing_has_no_slope() {
    Tensor x = tensor(0.0, 0, 0, 2, 2, -1, -1).requiresGrad_();
    Tensor y = tensor(-1.0, -2, 1, -0.5, -1, 1, -1);
    double log2 = Math.log(2);
    assertArrayEquals(
        new double[] {0, 0, log2, -log2, -INF, log2, -INF},
        gradient(Ops.call("special_xlog1py", x, y), x),
        1e-15);
  }

  @Test
  void a_clamped_logit_has_its_slope_at_the_bound_and_none_beyond() {
    Tensor x = tensor(0.2, 0.25, 0.6, 0.75, 0.8).requiresGrad_();
    assertArrayEquals(
        new double[] {0, 16 / 3.0, 25 / 6.0, 16 / 3.0, 0},
        gradient(Ops.call("logit", x, 0.25), x),
        1e-14);
  }

  @Test
  void an_outer_product_of_truth_values_is_added_where_the_factors_are_true() {
    Tensor self = tensor(new double[][] {{1, 1}, {0, 0}}).to(DType.BOOL);
    Tensor left = tensor(true, false);
    Tensor right = tensor(true, false);
    for (boolean beta : new boolean[] {false, true}) {
      for (boolean alpha : new boolean[] {false, true}) {
        Tensor sum =
            Ops.call("addr", List.of(self, left, right), Map.of("beta", beta, "alpha", alpha));
        assertArrayEquals(
            new double[] {beta || alpha ? 1 : 0, beta ? 1 : 0, 0, 0}, sum.toDoubleArray());
      }
    }
  }

  @Test
  void what_an_outer_product_is_not_added_to_has_a_gradient_of_zero() {
    Tensor self = tensor(new double[][] {{1, NAN}, {INF, 4}}).requiresGrad_();
    Tensor sum =
        Ops.call(
            "addr", List.of(self, tensor(1.0, 2), tensor(3.0, 5)), Map.of("beta", 0, "alpha", 3));
    assertArrayEquals(new double[] {9, 15, 18, 30}, sum.toDoubleArray());
    assertArrayEquals(new double[] {0, 0, 0, 0}, gradient(sum, self));
  }

  @Test
  void distances_of_points_that_coincide_have_no_slope() {
    Tensor other = tensor(new double[][] {{1, 2}});
    for (double p : new double[] {0.5, 1, 1.5, 2, 3}) {
      Tensor x = tensor(new double[][] {{1, 2}, {1, 3}, {2, 2}}).requiresGrad_();
      Tensor distance = Ops.call("cdist", x, other, p);
      assertArrayEquals(new double[] {0, 1, 1}, distance.toDoubleArray());
      double[] slopes = {0, 0, 0, 1, 1, 0};
      Tensor recorded = Autograd.grad(distance.sum(), x, true);
      assertArrayEquals(slopes, recorded.toDoubleArray(), "recorded, p = " + p);
      assertArrayEquals(slopes, gradient(distance, x), "p = " + p);
    }
  }

  @Test
  void a_bias_alone_shifts_what_is_normalised() {
    Tensor x = tensor(new double[][] {{1, 3}});
    double one = 1 / Math.sqrt(1 + 1e-5);
    assertArrayEquals(
        new double[] {10 - one, 20 + one},
        Ops.call("layer_norm", List.of(x, new long[] {2}), Map.of("bias", tensor(10.0, 20)))
            .toDoubleArray(),
        1e-14);
  }

  @Test
  void a_rectified_network_cuts_off_below_zero() {
    Tensor input = tensor(new double[][] {{2}}).requiresGrad_();
    Tensor state = tensor(new double[][] {{1, 1}}).requiresGrad_();
    Tensor ofInput = tensor(new double[][] {{3}, {-3}});
    Tensor ofState = tensor(new double[][] {{1, 0}, {0, 5}});
    Tensor next = Ops.call("rnn_relu_cell", input, state, ofInput, ofState);
    assertArrayEquals(new double[] {7, 0}, next.toDoubleArray());
    next.sum().backward();
    assertArrayEquals(new double[] {3}, input.grad().toDoubleArray());
    assertArrayEquals(new double[] {1, 0}, state.grad().toDoubleArray());
  }

  @Test
  void a_gated_network_tells_the_state_from_what_is_made_of_it() {
    double x = 0.3;
    double h = -0.7;
    Tensor next =
        Ops.call(
            "gru_cell",
            tensor(new double[][] {{x}}),
            tensor(new double[][] {{h}}),
            tensor(new double[][] {{0.5}, {-1.5}, {2}}),
            tensor(new double[][] {{1.25}, {0.75}, {-3}}));
    double reset = 1 / (1 + Math.exp(-(0.5 * x + 1.25 * h)));
    double update = 1 / (1 + Math.exp(-(-1.5 * x + 0.75 * h)));
    double made = Math.tanh(2 * x + reset * (-3 * h));
    assertEquals((1 - update) * made + update * h, next.item(), 1e-15);
  }
}
