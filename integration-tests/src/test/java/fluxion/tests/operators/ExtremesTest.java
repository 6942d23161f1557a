package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.ValuesAndIndices;
import org.junit.jupiter.api.Test;

/** Maxima, minima and bounds. */
final class ExtremesTest {
  private static final double NAN = Double.NaN;

  private static double[] gradient(Tensor y, Tensor x) {
    y.sum().backward();
    return x.grad().toDoubleArray();
  }

  @Test
  void the_full_maximum_shares_its_gradient_evenly_among_ties() {
    Tensor x = tensor(3.0, 1, 3).requiresGrad_();
    assertEquals("MaxBackward1", x.max().gradFn().name());
    assertArrayEquals(new double[] {0.5, 0, 0.5}, gradient(x.max(), x));
  }

  @Test
  void the_maximum_along_a_dimension_gives_its_gradient_to_the_first_of_equal_ones() {
    Tensor x = tensor(new double[][] {{3, 1, 3}, {2, 5, 4}}).requiresGrad_();
    ValuesAndIndices found = x.max(1);
    assertEquals("MaxBackward0", found.values().gradFn().name());
    assertArrayEquals(new double[] {3, 5}, found.values().toDoubleArray());
    assertArrayEquals(new long[] {0, 1}, found.indices().toLongArray());
    assertArrayEquals(new double[] {1, 0, 0, 0, 1, 0}, gradient(found.values(), x));
  }

  @Test
  void a_nan_is_the_extreme() {
    Tensor x = tensor(1.0, NAN, 2).requiresGrad_();
    assertEquals(NAN, x.max().item());
    assertEquals(1, x.min(0).indices().item());
    assertArrayEquals(new double[] {0, 1, 0}, gradient(x.max(), x));
  }

  @Test
  void bools_and_tensors_without_dimensions_have_extremes() {
    assertEquals(DType.BOOL, tensor(true, false).max().dtype());
    assertEquals(1, tensor(true, false).max().item());
    assertEquals(0, tensor(true, false).amin(0).item());
    assertArrayEquals(new long[] {1}, tensor(true, false).min(0, true).indices().toLongArray());
    assertEquals(7, tensor(7.0).max(0).values().item());
    assertEquals(0, tensor(7.0).argmin(-1).item());
  }

  @Test
  void nothing_has_no_extreme() {
    Tensor none = zeros(2, 0);
    String ofAll =
        "max(): Expected reduction dim to be specified for input.numel() == 0. Specify the"
            + " reduction dim with the 'dim' argument.";
    assertEquals(ofAll, assertThrows(IndexException.class, none::max).getMessage());
    assertEquals(
        "max(): Expected reduction dim 1 to have non-zero size.",
        assertThrows(IndexException.class, () -> none.max(1)).getMessage());
    assertEquals(
        "amin(): Expected reduction dim 1 to have non-zero size.",
        assertThrows(IndexException.class, () -> none.amin(1)).getMessage());
    assertEquals(
        "argmin(): Expected reduction dim to be specified for input.numel() == 0.",
        assertThrows(IndexException.class, none::argmin).getMessage());
    assertEquals(0, none.amax(0).numel());
  }

  @Test
  void argmin_refuses_bools() {
    assertEquals(
        "\"argmin_cpu\" not implemented for 'Bool'; cast to an integer dtype",
        assertThrows(DTypeException.class, () -> tensor(true).argmin()).getMessage());
  }

  @Test
  void maximum_and_minimum_halve_their_gradient_at_ties() {
    Tensor x = tensor(1.0, 2, 3).requiresGrad_();
    Tensor y = tensor(2.0, 2, 2).requiresGrad_();
    x.maximum(y).sum().backward();
    assertArrayEquals(new double[] {0, 0.5, 1}, x.grad().toDoubleArray());
    assertArrayEquals(new double[] {1, 0.5, 0}, y.grad().toDoubleArray());
  }

  @Test
  void clamp_passes_the_gradient_at_its_bounds() {
    Tensor x = tensor(-2.0, -1, 0, 1, 2, NAN).requiresGrad_();
    Tensor y = x.clamp(-1, 1);
    assertArrayEquals(new double[] {-1, -1, 0, 1, 1, NAN}, y.toDoubleArray());
    assertArrayEquals(new double[] {0, 1, 1, 1, 0, 0}, gradient(y, x));
  }

  @Test
  void clamp_with_a_lower_bound_above_the_upper_one_is_the_upper_one() {
    assertArrayEquals(new double[] {1, 1}, tensor(0.0, 9).clamp(3, 1).toDoubleArray());
  }

  @Test
  void a_bound_that_is_no_number_bounds_nothing_and_an_infinite_one_all() {
    Tensor x = tensor(1.0, -2);
    assertArrayEquals(new double[] {1, -2}, x.clampMin(Double.NaN).toDoubleArray());
    assertArrayEquals(new double[] {1, -2}, x.clampMax(Double.NaN).toDoubleArray());
    double infinity = Double.POSITIVE_INFINITY;
    assertArrayEquals(new double[] {infinity, infinity}, x.clampMin(infinity).toDoubleArray());
    assertArrayEquals(new double[] {-infinity, -infinity}, x.clampMax(-infinity).toDoubleArray());
  }

  @Test
  void integers_are_clamped_from_one_side() {
    assertArrayEquals(new long[] {5, 5, 9}, tensor(1, 5, 9).clampMin(5).toLongArray());
    assertArrayEquals(new long[] {1, 5, 5}, tensor(1, 5, 9).clampMax(5).toLongArray());
  }

  @Test
  void clamp_with_a_float_bound_makes_integers_floats_but_not_in_place() {
    Tensor x = tensor(0, 1, 2);
    assertEquals(DType.FLOAT32, x.clampMin(0.5).dtype());
    assertEquals(DType.INT64, x.clampMax(1).dtype());
    assertEquals(
        "result type Float can't be cast to the desired output type Long",
        assertThrows(DTypeException.class, () -> x.clamp_(0.5, 1)).getMessage());
    assertEquals(0, x.version());
    assertArrayEquals(new long[] {1, 1, 2}, x.clamp_(1, 2).toLongArray());
  }

  @Test
  void bounds_that_are_tensors_have_gradients_where_they_hold() {
    Tensor x = tensor(-5.0, 0, 5).requiresGrad_();
    Tensor low = tensor(-1.0, -1, -1).requiresGrad_();
    Tensor high = tensor(1.0, 1, 1).requiresGrad_();
    x.clamp(low, high).sum().backward();
    assertArrayEquals(new double[] {0, 1, 0}, x.grad().toDoubleArray());
    assertArrayEquals(new double[] {1, 0, 0}, low.grad().toDoubleArray());
    assertArrayEquals(new double[] {0, 0, 1}, high.grad().toDoubleArray());
  }

  @Test
  void clamp_asks_for_a_bound() {
    assertEquals(
        "torch.clamp: At least one of 'min' or 'max' must not be None",
        assertThrows(ArgumentException.class, () -> Ops.call("clamp", tensor(1.0))).getMessage());
  }
}
