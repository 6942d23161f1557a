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
import fluxion.api.FluxionException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.api.Transforms;
import fluxion.api.Transforms.Product;
import fluxion.api.Transforms.Products;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class VectorProductsTest {
  private static final Tensor WEIGHT = numbers(3, 4);

  /** A function whose result, of shape 2×4, has another shape than its input, of shape 2×3. */
  private static Tensor curved(Tensor x) {
    return x.matmul(WEIGHT).sin().mul(x.sum());
  }

  private static List<Tensor> curvedList(List<Tensor> in) {
    return List.of(in.get(0).exp().mul(in.get(1).sum()), in.get(1).square().sum());
  }

  @Test
  void a_vjp_is_the_jacobian_contracted_with_the_cotangent() {
    Tensor x = numbers(2, 3);
    Tensor v = numbers(2, 4).cos();
    Product found = Autograd.vjp(VectorProductsTest::curved, x, v);
    Tensor jacobian = Autograd.jacobian(VectorProductsTest::curved, x);
    assertClose(curved(x), found.output());
    assertClose(v.view(1, 8).matmul(jacobian.view(8, 6)).view(2, 3), found.product());
    assertFalse(found.output().requiresGrad());
    assertFalse(found.product().requiresGrad());
  }

  @Test
  void a_jvp_is_the_jacobian_contracted_with_the_tangent() {
    Tensor x = numbers(2, 3);
    Tensor v = numbers(2, 3).cos();
    Product found = Autograd.jvp(VectorProductsTest::curved, x, v);
    Tensor jacobian = Autograd.jacobian(VectorProductsTest::curved, x);
    assertClose(curved(x), found.output());
    assertClose(jacobian.view(8, 6).matmul(v.view(6, 1)).view(2, 4), found.product());
    assertFalse(found.output().requiresGrad());
    assertFalse(found.product().requiresGrad());
  }

  @Test
  void a_jvp_is_the_difference_along_the_tangent() {
    Tensor x = numbers(3);
    Tensor v = numbers(3).sin();
    UnaryOperator<Tensor> f = y -> y.exp().div(y.sum()).log().cumsum(0);
    double step = 1e-6;
    Tensor difference = f.apply(x.add(v.mul(step))).sub(f.apply(x.sub(v.mul(step)))).div(2 * step);
    assertClose(difference, Autograd.jvp(f, x, v).product());
  }

  @Test
  void without_a_vector_it_is_1() {
    assertValues(
        Autograd.vjp(x -> x.square().sum(), numbers(2), null).product(),
        Shape.of(2),
        2 * numbers(2).toDoubleArray()[0],
        2 * numbers(2).toDoubleArray()[1]);
    assertValues(
        Autograd.jvp(x -> x.square().expand(2), Tensors.tensor(3.0), null).product(),
        Shape.of(2),
        6,
        6);
    assertError(
        ArgumentException.class,
        "The vector v can only be None if the user-provided function returns a single Tensor with"
            + " a single element.",
        () -> Autograd.vjp(Tensor::exp, numbers(2), null));
    assertError(
        ArgumentException.class,
        "The vector v can only be None if the input to the user-provided function is a single"
            + " Tensor with a single element.",
        () -> Autograd.jvp(Tensor::exp, numbers(2), null));
  }

  @Test
  void several_inputs_and_results_have_products_of_all() {
    List<Tensor> in = List.of(numbers(2), numbers(3));
    List<Tensor> cotangents = List.of(numbers(2).cos(), Tensors.tensor(0.5));
    Products vjp = Transforms.vjp(VectorProductsTest::curvedList, in, cotangents, false, false);
    List<List<Tensor>> jacobians =
        Transforms.jacobian(VectorProductsTest::curvedList, in, false, false, false);
    for (int i = 0; i < 2; i++) {
      long count = in.get(i).numel();
      Tensor expected =
          cotangents
              .get(0)
              .view(1, 2)
              .matmul(jacobians.get(0).get(i).view(2, count))
              .view(count)
              .add(jacobians.get(1).get(i).mul(0.5));
      assertClose(expected, vjp.products().get(i));
    }
    List<Tensor> tangents = List.of(numbers(2).sin(), numbers(3).cos());
    Products jvp = Transforms.jvp(VectorProductsTest::curvedList, in, tangents, false, false);
    for (int i = 0; i < 2; i++) {
      long count = jvp.outputs().get(i).numel();
      Tensor expected =
          jacobians
              .get(i)
              .get(0)
              .view(count, 2)
              .matmul(tangents.get(0).view(2, 1))
              .add(jacobians.get(i).get(1).view(count, 3).matmul(tangents.get(1).view(3, 1)))
              .view(jvp.outputs().get(i).shape().toArray());
      assertClose(expected, jvp.products().get(i));
    }
  }

  @Test
  void products_with_a_graph_can_be_differentiated() {
    Tensor x = numbers(2).requiresGrad_();
    Tensor v = numbers(2).cos().requiresGrad_();
    for (Product product :
        List.of(
            Transforms.vjp(y -> y.pow(3), x, v, true, true),
            Transforms.jvp(y -> y.pow(3), x, v, true, true))) {
      assertTrue(product.product().requiresGrad());
      // The product is 3x²v.
      List<Tensor> gradients =
          Autograd.grad(List.of(product.product().sum()), List.of(x, v), null, false, false, false);
      assertClose(x.detach().mul(v.detach()).mul(6), gradients.get(0));
      assertClose(x.detach().square().mul(3), gradients.get(1));
    }
  }

  @Test
  void what_does_not_depend_gives_zeros() {
    Tensor constant = numbers(2);
    Tensor x = numbers(3);
    assertValues(Autograd.vjp(_ -> constant, x, numbers(2)).product(), Shape.of(3), 0, 0, 0);
    assertValues(Autograd.jvp(_ -> constant, x, numbers(3)).product(), Shape.of(2), 0, 0);
    Products unused =
        Transforms.vjp(in -> List.of(in.get(0).sum()), List.of(x, constant), null, false, false);
    assertValues(unused.products().get(1), Shape.of(2), 0, 0);
  }

  @Test
  void strictness_refuses_what_does_not_depend() {
    Tensor constant = numbers(2);
    Tensor x = numbers(3);
    String independent =
        "The output of the user-provided function is independent of input 1. This is not allowed in"
            + " strict mode.";
    assertError(
        AutogradException.class,
        "Output 0 of the user-provided function does not require gradients. The outputs must be"
            + " computed in a differentiable manner from the input when running in strict mode.",
        () -> Transforms.jvp(_ -> constant, x, numbers(3), false, true));
    assertError(
        AutogradException.class,
        independent,
        () ->
            Transforms.vjp(
                in -> List.of(in.get(0).sum()), List.of(x, constant), null, false, true));
    assertError(
        AutogradException.class,
        independent,
        () ->
            Transforms.jvp(
                in -> List.of(in.get(0).exp()),
                List.of(x, constant),
                List.of(x, constant),
                false,
                true));
    assertError(
        AutogradException.class,
        "The jacobian of the user-provided function is independent of input 0. This is not allowed"
            + " in strict mode when create_graph=True.",
        () -> Transforms.vjp(Tensor::sum, numbers(2).requiresGrad_(), null, true, true));
  }

  @Test
  void a_vector_must_fit() {
    assertError(
        ShapeException.class,
        "v has invalid size: should be torch.Size([3]) but got torch.Size([2]).",
        () -> Autograd.vjp(Tensor::exp, numbers(3), numbers(2)));
    assertError(
        ShapeException.class,
        "Entry 1 in v has invalid size: should be torch.Size([3]) but got torch.Size([2]).",
        () ->
            Transforms.jvp(
                VectorProductsTest::curvedList,
                List.of(numbers(2), numbers(3)),
                List.of(numbers(2), numbers(2)),
                false,
                false));
    assertError(
        ArgumentException.class,
        "v is a tuple of invalid length: should be 2 but got 1.",
        () ->
            Transforms.jvp(
                VectorProductsTest::curvedList,
                List.of(numbers(2), numbers(3)),
                List.of(numbers(2)),
                false,
                false));
  }

  @Test
  void products_with_the_hessian_are_the_hessian_times_a_vector() {
    Tensor x = numbers(2, 2);
    Tensor v = numbers(2, 2).cos();
    UnaryOperator<Tensor> f = y -> y.exp().prod().mul(y.sum());
    Tensor expected = Autograd.hessian(f, x).view(4, 4).matmul(v.view(4, 1)).view(2, 2).mul(1e-3);
    assertClose(expected, Transforms.vhp(f, x, v, false, false).product().mul(1e-3));
    assertClose(expected, Transforms.hvp(f, x, v, false, false).product().mul(1e-3));
    assertClose(f.apply(x), Transforms.hvp(f, x, v, false, false).output());
  }

  @Test
  void products_with_the_hessian_of_several_inputs_are_those_of_all() {
    Tensor x = numbers(2);
    Tensor y = numbers(2);
    List<Tensor> v = List.of(numbers(2).sin(), numbers(2).cos());
    UnaryOperator<List<Tensor>> f = in -> List.of(in.get(0).square().mul(in.get(1)).sum());
    // The Hessian of x²y is (2y, 2x; 2x, 0).
    Tensor first = y.mul(v.get(0)).add(x.mul(v.get(1))).mul(2);
    Tensor second = x.mul(v.get(0)).mul(2);
    for (Products found :
        List.of(
            Transforms.vhp(f, List.of(x, y), v, false, true),
            Transforms.hvp(f, List.of(x, y), v, false, true))) {
      assertClose(first, found.products().get(0));
      assertClose(second, found.products().get(1));
    }
  }

  @Test
  void a_linear_function_has_a_hessian_of_zeros_unless_strict() {
    Tensor x = numbers(2);
    assertValues(Transforms.vhp(Tensor::sum, x, x, false, false).product(), Shape.of(2), 0, 0);
    assertValues(Transforms.hvp(Tensor::sum, x, x, false, false).product(), Shape.of(2), 0, 0);
    assertThrows(AutogradException.class, () -> Transforms.vhp(Tensor::sum, x, x, false, true));
    assertError(
        ArgumentException.class,
        "The Tensor returned by the function given to vhp should contain a single element",
        () -> Transforms.vhp(Tensor::exp, x, x, false, false));
  }

  private static void assertError(
      Class<? extends FluxionException> kind, String message, Runnable call) {
    assertEquals(message, assertThrows(kind, call::run).getMessage());
  }
}
