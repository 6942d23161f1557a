package fluxion.ops.nn;

import static fluxion.api.Tensors.tensor;
import static fluxion.ops.nn.Functional.relu;
import static fluxion.ops.nn.Functional.relu_;
import static fluxion.ops.nn.Functional.sigmoid;
import static fluxion.ops.nn.Functional.sigmoid_;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Tensor;
import org.junit.jupiter.api.Test;

final class ActivationsTest {
  private static final double NAN = Double.NaN;

  @Test
  void relu_keeps_what_is_positive_and_nan() {
    Tensor y = relu(tensor(-1.0, 0.0, 2.0, NAN, Double.POSITIVE_INFINITY));
    assertArrayEquals(new double[] {0, 0, 2, NAN, Double.POSITIVE_INFINITY}, y.toDoubleArray());
  }

  @Test
  void relu_has_gradient_zero_at_zero_and_lets_it_through_at_nan() {
    Tensor x = tensor(-1.0, 0.0, 2.0, NAN).requiresGrad_();
    Tensor y = relu(x);
    assertEquals("ReluBackward0", y.gradFn().name());
    y.backward(tensor(1.0, 2.0, 3.0, 4.0));
    assertArrayEquals(new double[] {0, 0, 3, 4}, x.grad().toDoubleArray());
  }

  @Test
  void relu_keeps_integers_and_refuses_bools() {
    Tensor y = relu(tensor(-1L, 2L));
    assertEquals(DType.INT64, y.dtype());
    assertArrayEquals(new long[] {0, 2}, y.toLongArray());
    DTypeException refused = assertThrows(DTypeException.class, () -> relu(tensor(true, false)));
    assertEquals("Boolean inputs not supported for relu", refused.getMessage());
  }

  @Test
  void sigmoid_does_not_overflow() {
    double[] y = sigmoid(tensor(-1000.0, -1.0, 0.0, 1000.0)).toDoubleArray();
    assertArrayEquals(new double[] {0, 0.2689414213699951, 0.5, 1}, y, 1e-16);
  }

  @Test
  void sigmoid_of_integers_is_float32() {
    assertEquals(DType.FLOAT32, sigmoid(tensor(0L, 1L)).dtype());
    assertEquals(DType.FLOAT32, sigmoid(tensor(true, false)).dtype());
  }

  @Test
  void the_gradient_of_sigmoid_comes_from_its_result() {
    Tensor x = tensor(0.0, 2.0).requiresGrad_();
    Tensor y = sigmoid(x);
    assertEquals("SigmoidBackward0", y.gradFn().name());
    y.sum().backward();
    assertArrayEquals(new double[] {0.25, 0.1049935854035065}, x.grad().toDoubleArray(), 1e-15);
  }

  @Test
  void in_place_forms_change_the_tensor_and_its_history() {
    Tensor leaf = tensor(-1.0, 2.0).requiresGrad_();
    Tensor x = leaf.mul(3.0);
    assertSame(x, relu_(x));
    assertEquals("ReluBackward0", x.gradFn().name());
    Tensor y = x.mul(0.5);
    assertSame(y, sigmoid_(y));
    assertArrayEquals(new double[] {0.5, 0.9525741268224334}, y.toDoubleArray(), 1e-15);
    y.sum().backward();
    double slope = 0.9525741268224334 * (1 - 0.9525741268224334) * 1.5;
    assertArrayEquals(new double[] {0, slope}, leaf.grad().toDoubleArray(), 1e-15);
  }

  @Test
  void relu_needs_its_result_unchanged() {
    Tensor x = tensor(-1.0, 2.0).requiresGrad_().mul(3.0);
    sigmoid_(relu_(x));
    assertThrows(AutogradException.class, () -> x.sum().backward());
  }

  @Test
  void sigmoid_in_place_refuses_integers() {
    DTypeException refused = assertThrows(DTypeException.class, () -> sigmoid_(tensor(1L)));
    assertEquals(
        "result type Float can't be cast to the desired output type Long", refused.getMessage());
  }

  @Test
  void second_derivatives_agree_with_differences() {
    Derivatives.check(Functional::sigmoid, tensor(-1.5, 0.3, 2.0));
    Derivatives.check(x -> relu(x).mul(x), tensor(-1.5, 0.3, 2.0));
  }
}
