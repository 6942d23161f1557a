package fluxion.tests.transforms;

import static fluxion.tests.transforms.Differences.assertClose;
import static fluxion.tests.transforms.Differences.assertValues;
import static fluxion.tests.transforms.Differences.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.api.Transforms;
import java.util.List;
import org.junit.jupiter.api.Test;

class JacobianTest {
  @Test
  void a_jacobian_has_the_results_shape_and_then_the_inputs() {
    Tensor w = numbers(3, 4);
    Tensor jacobian = Autograd.jacobian(x -> x.matmul(w), numbers(2, 3));
    assertEquals(Shape.of(2, 4, 2, 3), jacobian.shape());
    // d(xw)[i,k] / dx[i,j] = w[j,k]; between different rows it is 0.
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < 4; k++) {
        assertClose(w.select(1, k), jacobian.select(0, i).select(0, k).select(0, i));
        assertEquals(0, jacobian.select(0, i).select(0, k).select(0, 1 - i).abs().sum().item(), 0);
      }
    }
  }

  @Test
  void a_jacobian_is_that_of_central_differences() {
    Tensor x = numbers(2, 3);
    Tensor jacobian = Autograd.jacobian(y -> y.exp().cumsum(1).t().mul(y.sum()), x);
    double[][] expected = Differences.jacobian(y -> y.exp().cumsum(1).t().mul(y.sum()), x);
    assertEquals(Shape.of(3, 2, 2, 3), jacobian.shape());
    assertValues(jacobian.mul(1e-2), jacobian.shape(), scaled(Differences.flat(expected), 1e-2));
  }

  private static double[] scaled(double[] values, double by) {
    return java.util.Arrays.stream(values).map(v -> v * by).toArray();
  }

  @Test
  void a_number_of_a_number_has_a_jacobian_without_dimensions() {
    assertValues(Autograd.jacobian(Tensor::square, Tensors.tensor(3.0)), Shape.SCALAR, 6);
  }

  @Test
  void an_empty_result_has_an_empty_jacobian() {
    Tensor jacobian = Autograd.jacobian(x -> x.narrow(0, 1, 0), numbers(3));
    assertEquals(Shape.of(0, 3), jacobian.shape());
    assertEquals(Shape.of(2, 0), Autograd.jacobian(x -> x.sum().expand(2), numbers(0)).shape());
  }

  @Test
  void several_results_and_inputs_have_a_jacobian_for_each_pair() {
    Tensor x = numbers(2);
    Tensor y = numbers(3);
    List<List<Tensor>> jacobians =
        Transforms.jacobian(
            in -> List.of(in.get(0).square(), in.get(0).sum().mul(in.get(1)), in.get(1).sum()),
            List.of(x, y),
            false,
            false,
            false);
    double[] a = x.toDoubleArray();
    double[] b = y.toDoubleArray();
    double sum = a[0] + a[1];
    assertValues(jacobians.get(0).get(0), Shape.of(2, 2), 2 * a[0], 0, 0, 2 * a[1]);
    assertValues(jacobians.get(0).get(1), Shape.of(2, 3), new double[6]);
    assertValues(jacobians.get(1).get(0), Shape.of(3, 2), b[0], b[0], b[1], b[1], b[2], b[2]);
    assertValues(jacobians.get(1).get(1), Shape.of(3, 3), sum, 0, 0, 0, sum, 0, 0, 0, sum);
    assertValues(jacobians.get(2).get(0), Shape.of(2), 0, 0);
    assertValues(jacobians.get(2).get(1), Shape.of(3), 1, 1, 1);
  }

  @Test
  void what_a_function_captures_counts_as_constant() {
    Tensor x = numbers(2).requiresGrad_();
    Tensor jacobian = Autograd.jacobian(y -> y.mul(x), x);
    double[] a = x.toDoubleArray();
    assertValues(jacobian, Shape.of(2, 2), a[0], 0, 0, a[1]);
    assertFalse(jacobian.requiresGrad());
  }

  @Test
  void a_jacobian_with_a_graph_can_be_differentiated() {
    Tensor x = numbers(3).requiresGrad_();
    Tensor jacobian = Transforms.jacobian(y -> y.pow(3), x, true, true, false);
    assertTrue(jacobian.requiresGrad());
    jacobian.sum().backward();
    // The derivative of 3x² is 6x.
    assertClose(x.detach().mul(6), x.grad());
  }

  @Test
  void a_jacobian_is_found_while_recording_is_off() {
    try (var _ = Autograd.noGrad()) {
      assertValues(Autograd.jacobian(Tensor::exp, Tensors.tensor(0.0)), Shape.SCALAR, 1);
      assertFalse(Autograd.isGradEnabled());
    }
  }

  @Test
  void strictness_refuses_constants() {
    Tensor x = numbers(2);
    Tensor constant = numbers(2);
    assertError(
        "Output 0 of the user-provided function does not require gradients. The outputs must be"
            + " computed in a differentiable manner from the input when running in strict mode.",
        () -> Transforms.jacobian(_ -> constant, x, false, true, false));
    assertError(
        "Output 0 of the user-provided function is independent of input 1. This is not allowed in"
            + " strict mode.",
        () ->
            Transforms.jacobian(
                in -> List.of(in.get(0).mul(2)), List.of(x, constant), false, true, false));
    assertError(
        "The jacobian of the user-provided function is independent of input 0. This is not allowed"
            + " in strict mode when create_graph=True.",
        () -> Transforms.jacobian(y -> y.mul(2), numbers(2).requiresGrad_(), true, true, false));
    assertValues(Autograd.jacobian(_ -> constant, x), Shape.of(2, 2), 0, 0, 0, 0);
  }

  private static void assertError(String message, Runnable call) {
    assertEquals(message, assertThrows(AutogradException.class, call::run).getMessage());
  }

  // ---- second derivatives

  @Test
  void a_hessian_has_the_inputs_shape_twice() {
    // PyTorch's own example, pow_reducer: x³ summed has 6x on the diagonal.
    Tensor x = numbers(2, 2);
    Tensor hessian = Autograd.hessian(y -> y.pow(3).sum(), x);
    double[] a = x.toDoubleArray();
    double[] expected = new double[16];
    for (int i = 0; i < 4; i++) {
      expected[5 * i] = 6 * a[i];
    }
    assertValues(hessian, Shape.of(2, 2, 2, 2), expected);
  }

  @Test
  void several_inputs_have_a_hessian_for_each_pair() {
    Tensor x = numbers(2);
    Tensor y = numbers(2);
    // PyTorch's own example, pow_adder_reducer: (2x² + 3y²) summed.
    List<List<Tensor>> hessian =
        Transforms.hessian(
            in -> List.of(in.get(0).square().mul(2).add(in.get(1).square().mul(3)).sum()),
            List.of(x, y),
            false,
            false,
            false);
    assertValues(hessian.get(0).get(0), Shape.of(2, 2), 4, 0, 0, 4);
    assertValues(hessian.get(0).get(1), Shape.of(2, 2), 0, 0, 0, 0);
    assertValues(hessian.get(1).get(0), Shape.of(2, 2), 0, 0, 0, 0);
    assertValues(hessian.get(1).get(1), Shape.of(2, 2), 6, 0, 0, 6);
  }

  @Test
  void mixed_second_derivatives_are_the_differences_of_gradients() {
    Tensor x = numbers(2);
    Tensor y = numbers(3);
    List<List<Tensor>> hessian =
        Transforms.hessian(
            in -> List.of(in.get(0).sin().sum().mul(in.get(1).prod())),
            List.of(x, y),
            false,
            false,
            false);
    double[][] expected =
        Differences.jacobian(
            moved -> Autograd.jacobian(z -> z.sin().sum().mul(moved.prod()), x), y);
    assertValues(hessian.get(0).get(1), Shape.of(2, 3), Differences.flat(expected));
    assertClose(hessian.get(0).get(1).t(), hessian.get(1).get(0));
  }

  @Test
  void a_result_of_one_element_may_have_dimensions() {
    Tensor hessian = Autograd.hessian(x -> x.pow(3).view(1, 1), Tensors.tensor(2.0).view(1));
    assertValues(hessian, Shape.of(1, 1), 12);
  }

  @Test
  void a_hessian_with_a_graph_can_be_differentiated() {
    Tensor x = numbers(2).requiresGrad_();
    Transforms.hessian(y -> y.pow(3).sum(), x, true, false, false).sum().backward();
    assertValues(x.grad(), Shape.of(2), 6, 6);
  }

  @Test
  void a_hessian_is_of_one_number() {
    Tensor x = numbers(2);
    assertEquals(
        "The Tensor returned by the function given to hessian should contain a single element",
        assertThrows(ArgumentException.class, () -> Autograd.hessian(Tensor::exp, x)).getMessage());
    assertEquals(
        "The function given to hessian should return a single Tensor",
        assertThrows(
                ArgumentException.class,
                () ->
                    Transforms.hessian(
                        in -> List.of(in.get(0).sum(), in.get(0).prod()),
                        List.of(x),
                        false,
                        false,
                        false))
            .getMessage());
  }

  @Test
  void a_strict_hessian_refuses_a_linear_function() {
    assertError(
        "While computing the hessian, found that the jacobian of the user-provided function with"
            + " respect to input 0 is independent of the input. This is not allowed in strict mode."
            + " You should ensure that your function is twice differentiable and that the jacobian"
            + " depends on the inputs (this would be violated by a linear function for example).",
        () -> Transforms.hessian(Tensor::sum, numbers(2), false, true, false));
    assertValues(Autograd.hessian(Tensor::sum, numbers(2)), Shape.of(2, 2), 0, 0, 0, 0);
  }
}
