package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import org.junit.jupiter.api.Test;

/** Powers, rounding and remainders. */
final class PowersTest {
  @Test
  void small_exponents_are_products_roots_and_reciprocals() {
    double x = 1.1;
    Tensor t = tensor(x);
    assertEquals(x * x, t.pow(2).item());
    assertEquals(x * x * x, t.pow(3.0).item());
    assertEquals(Math.sqrt(x), t.pow(0.5).item());
    assertEquals(1 / Math.sqrt(x), t.pow(-0.5).item());
    assertEquals(1 / x, t.pow(-1).item());
    assertEquals(1 / (x * x), t.pow(-2).item());
    assertEquals(x * x, t.square().item());
  }

  @Test
  void the_root_by_power_has_an_infinite_slope_at_zero() {
    Tensor x = tensor(0.0, 4).requiresGrad_();
    x.pow(0.5).sum().backward();
    assertArrayEquals(new double[] {Double.POSITIVE_INFINITY, 0.25}, x.grad().toDoubleArray());
  }

  @Test
  void integers_keep_their_dtype_unless_the_exponent_is_a_float() {
    assertEquals(DType.INT64, tensor(2, 3).pow(2).dtype());
    assertEquals(DType.FLOAT32, tensor(2, 3).pow(2.0).dtype());
    assertArrayEquals(new long[] {8, 27}, tensor(2, 3).pow_(3).toLongArray());
    assertEquals(
        "Integers to negative integer powers are not allowed.",
        assertThrows(ArgumentException.class, () -> tensor(2, 3).pow(-1)).getMessage());
    assertEquals(
        "result type Float can't be cast to the desired output type Long",
        assertThrows(DTypeException.class, () -> tensor(2, 3).pow_(0.5)).getMessage());
  }

  @Test
  void rounding_leaves_integers_and_refuses_bools() {
    assertArrayEquals(new long[] {1, 2}, tensor(1, 2).floor().toLongArray());
    assertArrayEquals(new double[] {0, 2, 2}, tensor(0.5, 1.5, 2.5).round().toDoubleArray());
    assertEquals(
        "\"ceil_vml_cpu\" not implemented for 'Bool'; cast to an integer dtype",
        assertThrows(DTypeException.class, () -> tensor(true).ceil()).getMessage());
  }

  @Test
  void remainders_by_zero_are_refused_for_integers_alone() {
    assertEquals(
        "ZeroDivisionError: integer remainder by zero",
        assertThrows(
                ArgumentException.class, () -> Ops.call("remainder", tensor(1, 2), tensor(1, 0)))
            .getMessage());
    assertEquals(Double.NaN, Ops.call("fmod", tensor(1.0), tensor(0.0)).item());
  }

  @Test
  void bits_are_of_integers_and_bools() {
    assertEquals(4, Ops.call("bitwise_and", tensor(6), tensor(12)).item());
    assertEquals(-7, Ops.call("bitwise_not", tensor(6)).item());
    assertEquals(
        "\"bitwise_or_cpu\" not implemented for 'Double'; give integers or bools",
        assertThrows(DTypeException.class, () -> Ops.call("bitwise_or", tensor(1.0), tensor(2.0)))
            .getMessage());
  }
}
