package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.Ops;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Running sums, products and extremes, differences and integrals. */
final class RunningTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private static double[] gradient(Tensor y, Tensor x) {
    return Autograd.grad(y, x).toDoubleArray();
  }

  @Test
  void integers_are_summed_in_int64() {
    Tensor sums = tensor(true, true, false, true).cumsum(0);
    assertEquals(DType.INT64, sums.dtype());
    assertArrayEquals(new long[] {1, 2, 2, 3}, sums.toLongArray());
  }

  @Test
  void half_precision_sums_are_rounded_once_an_element() {
    // 2048 + 1 is no float16, but 2048 + 1 + 1 is.
    Tensor x = tensor(2048.0, 1, 1).to(DType.FLOAT16);
    assertArrayEquals(new double[] {2048, 2048, 2050}, x.cumsum(0).toDoubleArray());
  }

  @Test
  void float32_is_combined_in_float64_and_rounded_once_an_element() {
    // 2²⁴ + 1 is no float32, but 2²⁴ + 1 + 1 is.
    Tensor x = tensor(0x1p24f, 1, 1);
    assertArrayEquals(new double[] {0x1p24, 0x1p24, 0x1p24 + 2}, x.cumsum(0).toDoubleArray());
    Tensor rows = Ops.call("stack", List.of(x, x), 1);
    assertArrayEquals(
        new double[] {0x1p24, 0x1p24, 0x1p24, 0x1p24, 0x1p24 + 2, 0x1p24 + 2},
        rows.cumsum(0).toDoubleArray());
    // 3 · 2⁻¹⁵⁰ · 2 is a float32, 3 · 2⁻¹⁵⁰ is none.
    Tensor tiny = tensor(0x1p-100f, 0x3p-50f, 2f);
    assertArrayEquals(new double[] {0x1p-100, 0x1p-148, 0x3p-149}, tiny.cumprod(0).toDoubleArray());
  }

  @Test
  void a_dtype_may_be_named() {
    Tensor sums = Ops.call("cumsum", List.of(tensor(1, 2), 0), Map.of("dtype", DType.FLOAT64));
    assertEquals(DType.FLOAT64, sums.dtype());
    assertArrayEquals(new double[] {1, 3}, sums.toDoubleArray());
  }

  @Test
  void a_tensor_without_dimensions_is_its_own_running_sum() {
    Tensor x = tensor(3.0).requiresGrad_();
    assertEquals(3, x.cumsum(-1).item());
    assertEquals(0, x.cumsum(0).dim());
    assertArrayEquals(new double[] {1}, gradient(x.cumprod(0), x));
  }

  @Test
  void sums_in_place_change_the_tensor_and_keep_the_history() {
    Tensor leaf = tensor(1.0, 2, 3).requiresGrad_();
    Tensor x = leaf.mul(2);
    assertArrayEquals(new double[] {2, 6, 12}, Ops.call("cumsum_", x, 0).toDoubleArray());
    assertArrayEquals(new double[] {6, 4, 2}, gradient(x.sum(), leaf));
    assertEquals(
        "Bad in-place call: input tensor dtype float and output tensor dtype double should match",
        assertThrows(
                DTypeException.class,
                () ->
                    Ops.call("cumsum_", List.of(tensor(1f, 2f), 0), Map.of("dtype", DType.FLOAT64)))
            .getMessage());
  }

  @Test
  void products_past_a_zero_are_differentiated_without_division() {
    // d/dx of 2, 2x, 6x, 6xy with x = 0 and y = 4, summed
    Tensor x = tensor(2.0, 0, 3, 4).requiresGrad_();
    Tensor first = Autograd.grad(x.cumprod(0).sum(), x, true);
    assertArrayEquals(new double[] {1, 2 + 6 + 24, 0, 0}, first.toDoubleArray());
    // the third element's gradient is 2x + 2xy
    assertArrayEquals(new double[] {0, 2 + 8, 0, 0}, gradient(first.get(2), x));
  }

  @Test
  void running_extremes_name_the_last_of_equal_elements_and_stay_at_NaN() {
    Tensor x = tensor(1.0, 3, 3, 2, NAN, 4).requiresGrad_();
    List<Tensor> result = Ops.callAll("cummax", List.of(x, 0), Map.of());
    assertArrayEquals(new double[] {1, 3, 3, 3, NAN, NAN}, result.get(0).toDoubleArray());
    assertArrayEquals(new long[] {0, 1, 2, 2, 4, 4}, result.get(1).toLongArray());
    assertArrayEquals(new double[] {1, 1, 2, 0, 2, 0}, gradient(result.get(0).sum(), x));
  }

  @Test
  void running_minima_of_truth_values_are_truth_values() {
    List<Tensor> result = Ops.callAll("cummin", List.of(tensor(true, false, true), 0), Map.of());
    assertEquals(DType.BOOL, result.get(0).dtype());
    assertArrayEquals(new long[] {1, 0, 0}, result.get(0).toLongArray());
  }

  @Test
  void exponentials_far_apart_neither_overflow_nor_vanish() {
    Tensor x = tensor(-1000.0, 0, 1000, 1000).requiresGrad_();
    Tensor y = Ops.call("logcumsumexp", x, 0);
    assertArrayEquals(new double[] {-1000, 0, 1000, 1000 + Math.log(2)}, y.toDoubleArray(), 1e-12);
    assertArrayEquals(new double[] {1, 1, 1.5, 0.5}, gradient(y.sum(), x), 1e-12);
  }

  @Test
  void an_infinity_leaves_the_gradients_before_it_as_they_are() {
    Tensor x = tensor(-INF, 1, 1, INF, 2).requiresGrad_();
    Tensor y = Ops.call("logcumsumexp", x, 0);
    assertArrayEquals(new double[] {-INF, 1, 1 + Math.log(2), INF, INF}, y.toDoubleArray(), 1e-15);
    assertArrayEquals(new double[] {NAN, 1.5, 0.5, NAN, 0}, gradient(y.sum(), x), 1e-15);
  }

  @Test
  void log_sum_exp_takes_infinities_and_integers() {
    assertEquals(INF, tensor(1.0, INF).logsumexp(0, false).item());
    assertEquals(-INF, tensor(-INF, -INF).logsumexp(0, false).item());
    assertEquals(-INF, zeros(0).logsumexp(0, false).item());
    assertEquals(1000 + Math.log(2), tensor(1000.0, 1000).logsumexp(0, false).item(), 1e-12);
    assertEquals(DType.FLOAT32, tensor(1L, 2L).logsumexp(0, false).dtype());
  }

  @Test
  void sums_and_means_can_leave_NaN_out() {
    Tensor x = tensor(new double[][] {{1, NAN, 3}, {NAN, NAN, NAN}}).requiresGrad_();
    assertArrayEquals(new double[] {4, 0}, Ops.call("nansum", x, 1).toDoubleArray());
    assertArrayEquals(new double[] {2, NAN}, Ops.call("nanmean", x, 1).toDoubleArray());
    assertArrayEquals(new double[] {1, 0, 1, 0, 0, 0}, gradient(Ops.call("nansum", x), x));
    assertEquals(
        "nanmean(): expected input to have floating point or complex dtype but got Long",
        assertThrows(DTypeException.class, () -> Ops.call("nanmean", tensor(1L, 2L))).getMessage());
  }

  @Test
  void what_differs_from_zero_is_counted_and_a_NaN_does() {
    Tensor x = tensor(new double[][] {{0, 1, NAN}, {0, 0, -0.0}});
    assertEquals(2, Ops.call("count_nonzero", x).item());
    assertArrayEquals(new long[] {2, 0}, Ops.call("count_nonzero", x, 1).toLongArray());
  }

  @Test
  void differences_are_taken_again_and_again() {
    Tensor x = tensor(1.0, 3, 2, 7);
    assertArrayEquals(new double[] {2, -1, 5}, Ops.call("diff", x).toDoubleArray());
    assertArrayEquals(new double[] {-3, 6}, Ops.call("diff", x, 2).toDoubleArray());
    assertArrayEquals(new double[0], Ops.call("diff", x, 9).toDoubleArray());
    assertArrayEquals(
        new double[] {1, 2, -1, 5, -7},
        Ops.call("diff", x, 1, 0, zeros(1).to(DType.FLOAT64), zeros(1).to(DType.FLOAT64))
            .toDoubleArray());
    assertArrayEquals(
        new long[] {1, 0}, Ops.call("diff", tensor(true, false, false)).toLongArray());
  }

  @Test
  void differences_need_a_dimension_and_parts_that_fit() {
    assertEquals(
        "diff expects input to be at least one-dimensional",
        assertThrows(ShapeException.class, () -> Ops.call("diff", tensor(1.0))).getMessage());
    assertEquals(
        "diff expects the shape of tensor to prepend or append to match that of input except along"
            + " the differencing dimension; input.size(0) = 2, but got tensor.size(0) = 3",
        assertThrows(
                ShapeException.class, () -> Ops.call("diff", zeros(2, 2), 1, 1, zeros(3, 1), null))
            .getMessage());
  }

  @Test
  void trapezoids_are_those_of_the_documentation() {
    Tensor y = tensor(1.0, 5, 10);
    assertEquals(10.5, Ops.call("trapezoid", y).item());
    assertEquals(21, Ops.call("trapezoid", List.of(y), Map.of("dx", 2)).item());
    assertEquals(28.5, Ops.call("trapezoid", y, tensor(1.0, 3, 6)).item());
    assertArrayEquals(
        new double[] {6, 28.5},
        Ops.call("cumulative_trapezoid", y, tensor(1.0, 3, 6)).toDoubleArray());
    assertEquals(
        "trapezoid: There must be one `x` value for each sample point",
        assertThrows(ShapeException.class, () -> Ops.call("trapezoid", y, tensor(1.0, 3)))
            .getMessage());
  }

  @Test
  void a_dimension_that_is_not_there_is_refused() {
    assertEquals(
        "Dimension out of range (expected to be in range of [-1, 0], but got 1)",
        assertThrows(IndexException.class, () -> zeros(2).cumsum(1)).getMessage());
  }
}
