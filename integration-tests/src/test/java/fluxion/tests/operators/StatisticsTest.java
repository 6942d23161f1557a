package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Ops;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Products, variances and standard deviations. */
final class StatisticsTest {
  private static double[] gradient(Tensor y, Tensor x) {
    return Autograd.grad(y, x).toDoubleArray();
  }

  @Test
  void a_product_with_zeros_has_the_products_of_the_others_for_gradients() {
    Tensor none = tensor(2.0, 3, 4).requiresGrad_();
    assertArrayEquals(new double[] {12, 8, 6}, gradient(none.prod(), none));
    Tensor one = tensor(2.0, 0, 4, 5, 6).requiresGrad_();
    assertArrayEquals(new double[] {0, 240, 0, 0, 0}, gradient(one.prod(), one));
    Tensor two = tensor(2.0, 0, 4, 0).requiresGrad_();
    assertArrayEquals(new double[] {0, 0, 0, 0}, gradient(two.prod(), two));
  }

  @Test
  void second_derivatives_of_a_product_are_right_at_zeros() {
    Tensor x = tensor(2.0, 0, 4, 0, 3).requiresGrad_();
    Tensor first = Autograd.grad(x.prod(), x, true);
    assertArrayEquals(new double[] {0, 0, 0, 24, 0}, gradient(first.get(1), x));
  }

  @Test
  void products_along_a_dimension_are_differentiated_slice_by_slice() {
    Tensor x = tensor(new double[][] {{1, 2, 3}, {0, 5, 6}}).requiresGrad_();
    Tensor y = x.prod(1);
    assertEquals("ProdBackward1", y.gradFn().name());
    assertArrayEquals(new double[] {6, 0}, y.toDoubleArray());
    assertArrayEquals(new double[] {6, 3, 2, 30, 0, 0}, gradient(y.sum(), x));
  }

  @Test
  void products_of_nothing_are_one_and_of_integers_int64() {
    assertEquals(1, zeros(0).prod().item());
    assertEquals(DType.INT64, tensor(true, true).prod().dtype());
    assertEquals(DType.INT64, tensor(new int[] {2, 3}).prod().dtype());
  }

  @Test
  void a_product_is_computed_in_the_dtype_that_is_asked_for() {
    Tensor large = tensor(1e30f, 1e30f);
    assertEquals(Double.POSITIVE_INFINITY, large.prod().item());
    Tensor product = Ops.call("prod", List.of(large), Map.of("dtype", DType.FLOAT64));
    assertEquals(DType.FLOAT64, product.dtype());
    assertEquals((double) 1e30f * 1e30f, product.item());
    Tensor along = Ops.call("prod", List.of(large, 0), Map.of("dtype", DType.FLOAT64));
    assertEquals(product.item(), along.item());
  }

  @Test
  void a_variance_divides_by_one_less_than_the_number_of_elements() {
    Tensor x = tensor(1.0, 2, 3, 4);
    assertEquals(5.0 / 3, x.var().item(), 1e-15);
    assertEquals(1.25, x.var(null, false, false).item());
    assertEquals(Math.sqrt(1.25), x.std(new int[] {0}, false, true).get(0).item());
    assertEquals(Double.NaN, tensor(1.0).var().item());
    assertEquals(Double.NaN, zeros(0).var().item());
  }

  @Test
  void a_correction_may_be_named() {
    Tensor x = tensor(1.0, 2, 3, 4);
    assertEquals(2.5, Ops.call("var", List.of(x), Map.of("correction", 2L)).item());
    List<Tensor> both = Ops.callAll("std_mean", List.of(x), Map.of("correction", 0L));
    assertEquals(Math.sqrt(1.25), both.get(0).item());
    assertEquals(2.5, both.get(1).item());
  }

  @Test
  void the_gradient_of_a_standard_deviation_of_zero_is_zero() {
    Tensor x = tensor(3.0, 3, 3).requiresGrad_();
    assertArrayEquals(new double[] {0, 0, 0}, gradient(x.std(), x));
  }

  @Test
  void integers_have_no_variance() {
    assertEquals(
        "std: std and var only support floating point and complex dtypes; got torch.int64, cast it"
            + " first",
        assertThrows(DTypeException.class, () -> tensor(1, 2).std()).getMessage());
  }

  @Test
  void the_norm_of_nothing_is_0_but_vector_norm_refuses_orders_that_have_none() {
    Tensor empty = zeros(0);
    for (double order : new double[] {-1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      ArgumentException e =
          assertThrows(ArgumentException.class, () -> Ops.call("linalg_vector_norm", empty, order));
      assertTrue(
          e.getMessage()
              .contains("norm on an empty tensor because the operation does not have an identity"),
          e.getMessage());
      assertEquals(0, Ops.call("norm", empty, order).item());
    }
    for (double order : new double[] {0, 0.5, 1, 2, 3}) {
      assertEquals(0, Ops.call("norm", empty, order).item());
      assertEquals(0, Ops.call("linalg_vector_norm", empty, order).item());
    }
    assertEquals(2, Ops.call("norm", tensor(2.0, 4), Double.NEGATIVE_INFINITY).item());
    assertEquals(4, Ops.call("norm", tensor(2.0, 4), Double.POSITIVE_INFINITY).item());
    assertEquals(4 / 3.0, Ops.call("norm", tensor(2.0, 4), -1.0).item(), 1e-12);
    assertThrows(DTypeException.class, () -> Ops.call("norm", tensor(1L, 2L), 2.0));
  }

  @Test
  void a_norm_may_be_named() {
    Tensor x = tensor(new double[][] {{3, 0, 0}, {0, 4, 0}});
    assertEquals(5, Ops.call("norm", x, "fro").item());
    assertArrayEquals(new double[] {3, 4}, Ops.call("norm", x, "fro", List.of(1L)).toDoubleArray());
    assertEquals(7, Ops.call("norm", x, "nuc").item(), 1e-14);
    Tensor batch = x.unsqueeze(0);
    assertArrayEquals(
        new double[] {7}, Ops.call("norm", batch, "nuc", List.of(1L, 2L)).toDoubleArray(), 1e-14);
    assertEquals(5, Ops.call("norm", batch, "fro").item());
    assertArrayEquals(
        new double[] {5}, Ops.call("norm", batch, "fro", List.of(1L, 2L)).toDoubleArray());
    assertEquals(
        "Expected a tensor with 2 dimensions, but got a tensor with 3 dimensions instead.",
        assertThrows(ShapeException.class, () -> Ops.call("norm", batch, "nuc")).getMessage());
    assertEquals(
        "Expected at most 2 dimensions, but got 3 dimensions instead.",
        assertThrows(
                ShapeException.class, () -> Ops.call("norm", batch, "fro", List.of(0L, 1L, 2L)))
            .getMessage());
    assertEquals(
        "norm(): the order 'max' is not there; give a number, 'fro' or 'nuc'",
        assertThrows(ArgumentException.class, () -> Ops.call("norm", x, "max")).getMessage());
  }

  @Test
  void the_gradient_of_a_variance_that_is_not_there_is_infinite_as_in_PyTorch() {
    Tensor x = tensor(2.0, 4).requiresGrad_();
    Tensor all = Ops.call("var", List.of(x), Map.of("correction", 2));
    assertArrayEquals(
        new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY}, gradient(all, x));
    Tensor kept = Ops.call("var", List.of(x), Map.of("correction", 2, "keepdim", true));
    assertArrayEquals(
        new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY}, gradient(kept.sum(), x));
  }

  @Test
  void covariances_are_those_of_the_documentation() {
    Tensor x = tensor(new double[][] {{0, 1, 2}, {2, 1, 0}});
    assertArrayEquals(new double[] {1, -1, -1, 1}, Ops.call("cov", x).toDoubleArray());
    assertArrayEquals(
        new double[] {2.0 / 3, -2.0 / 3, -2.0 / 3, 2.0 / 3},
        Ops.call("cov", List.of(x), Map.of("correction", 0)).toDoubleArray(),
        1e-15);
    assertArrayEquals(new double[] {1, -1, -1, 1}, Ops.call("corrcoef", x).toDoubleArray(), 1e-15);
    assertEquals(1, Ops.call("cov", tensor(1.0, 2, 3)).item());
  }

  @Test
  void observations_may_count_several_times() {
    Tensor x = tensor(new double[][] {{0, 1, 2}, {2, 1, 5}});
    Tensor repeated = tensor(new double[][] {{0, 1, 1, 2, 2, 2}, {2, 1, 1, 5, 5, 5}});
    Tensor weighted = Ops.call("cov", List.of(x), Map.of("fweights", tensor(1L, 2L, 3L)));
    assertArrayEquals(Ops.call("cov", repeated).toDoubleArray(), weighted.toDoubleArray(), 1e-15);
    assertEquals(
        "cov(): fweights cannot be negative",
        assertThrows(
                ArgumentException.class,
                () -> Ops.call("cov", List.of(x), Map.of("fweights", tensor(1L, 2L, -3L))))
            .getMessage());
  }

  @Test
  void rows_that_are_too_long_are_shortened() {
    Tensor x = tensor(new double[][] {{3, 4}, {0.3, 0.4}});
    assertArrayEquals(
        new double[] {0.6, 0.8, 0.3, 0.4}, Ops.call("renorm", x, 2, 0, 1).toDoubleArray(), 1e-7);
  }
}
