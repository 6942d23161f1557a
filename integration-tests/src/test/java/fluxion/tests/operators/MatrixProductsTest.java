package fluxion.tests.operators;

import static fluxion.api.Tensors.arange;
import static fluxion.api.Tensors.eye;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Contractions, sums of products and distances. */
final class MatrixProductsTest {
  private static void assertRefused(String message, Executable call) {
    String found = String.valueOf(assertThrows(FluxionException.class, call).getMessage());
    assertTrue(found.contains(message), found);
  }

  private static void assertSame(Tensor expected, Tensor found) {
    assertEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.toDoubleArray(), found.toDoubleArray(), 1e-13);
  }

  private static Tensor counted(long... size) {
    return arange(Shape.of(size).numel()).to(DType.FLOAT64).view(size);
  }

  private static Tensor einsum(String equation, Tensor... operands) {
    return Ops.call("einsum", equation, List.of(operands));
  }

  @Test
  void an_equation_names_traces_diagonals_and_permutations() {
    Tensor square = counted(3, 3);
    assertEquals(12, einsum("ii", square).item());
    assertSame(tensor(0.0, 4, 8), einsum("ii->i", square));
    assertSame(square.t(), einsum("ij -> ji", square));
    assertSame(square.t(), einsum("ba", square));
    Tensor batch = counted(2, 3, 4);
    assertSame(batch.transpose(-2, -1), einsum("...ij->...ji", batch));
    assertSame(batch.sum(0, 2), einsum("abc->b", batch));
  }

  @Test
  void a_diagonal_that_an_equation_names_is_a_view() {
    Tensor square = zeros(2, 2);
    einsum("ii->i", square).fill_(1);
    assertSame(eye(2), square);
  }

  @Test
  void operands_are_contracted_from_left_to_right() {
    Tensor a = counted(2, 3);
    Tensor b = counted(3, 4);
    Tensor c = counted(4, 2);
    assertSame(a.mm(b).mm(c), einsum("ij,jk,kl", a, b, c));
    assertSame(a.mm(b).mm(c).t(), einsum("ij,jk,kl->li", a, b, c));
    Tensor batch = counted(5, 2, 3);
    assertSame(batch.matmul(b), einsum("...ij,jk->...ik", batch, b));
    assertSame(batch.mul(a).sum(2), einsum("bij,ij->bi", batch, a));
    assertSame(
        tensor(14.0).mul(tensor(5.0)),
        einsum("i,i,j->", tensor(1.0, 2, 3), tensor(1.0, 2, 3), tensor(2.0, 3)));
    // a dimension of size 1 goes with any other size, as a bilinear form shows
    assertSame(
        ones(4, 3).to(DType.FLOAT64).mul(6.0),
        einsum("bn,anm,bm->ba", ones(4, 2), ones(3, 2, 3), ones(4, 3)).to(DType.FLOAT64));
  }

  @Test
  void equations_that_do_not_fit_are_refused() {
    Tensor matrix = zeros(2, 3);
    assertRefused(
        "einsum(): must provide at least one operand", () -> Ops.call("einsum", "i", List.of()));
    assertRefused("fewer operands were provided", () -> einsum("ij,jk", matrix));
    assertRefused("more operands were provided", () -> einsum("ij", matrix, matrix));
    assertRefused(
        "einsum(): the number of subscripts in the equation (1) does not match the number of"
            + " dimensions (2) for operand 0 and no ellipsis was given",
        () -> einsum("i", matrix));
    assertRefused(
        "einsum(): the number of subscripts in the equation (3) is more than the number of"
            + " dimensions (2) for operand 0",
        () -> einsum("ijk...", matrix));
    assertRefused(
        "einsum(): subscript i is repeated for operand 0 but the sizes don't match, 3 != 2",
        () -> einsum("ii", matrix));
    assertRefused(
        "einsum(): output subscript k does not appear in the equation for any input operand",
        () -> einsum("ij->k", matrix));
    assertRefused(
        "einsum(): output subscript i appears more than once in the output",
        () -> einsum("ij->ii", matrix));
    assertRefused("einsum(): subscript j has size", () -> einsum("ij,jk", matrix, matrix));
    assertRefused("subscripts must be in [a-zA-Z]", () -> einsum("i1", matrix));
    assertRefused("that is not part of any ellipsis", () -> einsum("i.j", matrix));
  }

  @Test
  void a_contraction_over_named_dimensions_is_that_of_the_documentation() {
    Tensor a = counted(3, 4, 5);
    Tensor b = counted(4, 3, 2);
    Tensor expected =
        tensor(
            new double[][] {{4400, 4730}, {4532, 4874}, {4664, 5018}, {4796, 5162}, {4928, 5306}});
    assertSame(expected, Ops.call("tensordot", a, b, List.of(1L, 0L), List.of(0L, 1L)));
    assertSame(
        expected,
        Ops.call(
            "tensordot", List.of(a, b), Map.of("dims", List.of(List.of(1L, 0L), List.of(0L, 1L)))));
    assertSame(a.mul(3.0), Ops.call("tensordot", a, tensor(3.0), 0));
    assertRefused(
        "contracted dimensions need to match, but first has size 4 in dim 1 and second has size 3"
            + " in dim 1",
        () -> Ops.call("tensordot", a, b, List.of(1L), List.of(1L)));
    assertRefused(
        "both dimension lists should have same length",
        () -> Ops.call("tensordot", a, b, List.of(1L), List.of(0L, 1L)));
  }

  @Test
  void kronecker_outer_inner_and_cross_products_are_those_of_their_definitions() {
    assertSame(
        tensor(new double[][] {{1, 1, 0, 0}, {1, 1, 0, 0}, {0, 0, 1, 1}, {0, 0, 1, 1}}),
        Ops.call("kron", eye(2), ones(2, 2)));
    assertSame(
        tensor(new double[][] {{3, 4}, {6, 8}}), Ops.call("outer", tensor(1.0, 2), tensor(3.0, 4)));
    assertSame(
        counted(2, 3).mm(counted(4, 3).t()), Ops.call("inner", counted(2, 3), counted(4, 3)));
    assertSame(tensor(-3.0, 6, -3), Ops.call("linalg_cross", tensor(1.0, 2, 3), tensor(4.0, 5, 6)));
    assertRefused(
        "inner() the last dimension must match on both input tensors but got shapes",
        () -> Ops.call("inner", counted(2, 3), counted(2)));
    assertRefused(
        "no dimension of size 3 in input", () -> Ops.call("cross", zeros(2, 2), zeros(2, 2)));
    assertRefused(
        "linalg.cross: inputs dimension 1 must have length 3. Got 2 and 2",
        () -> Ops.call("cross", zeros(3, 2), zeros(3, 2), 1));
  }

  @Test
  void a_sum_ignores_what_is_multiplied_by_zero() {
    Tensor nan = tensor(new double[][] {{Double.NaN, 1}, {1, 1}});
    Tensor x = tensor(1.0, 2);
    Map<String, Object> none = Map.of("beta", 0);
    Tensor expected = tensor(new double[][] {{1, 2}, {2, 4}});
    assertSame(expected, Ops.call("addr", List.of(nan, x, x), none));
    Tensor column = x.view(1, 2, 1);
    Tensor row = x.view(1, 1, 2);
    assertSame(expected, Ops.call("addbmm", List.of(nan, column, row), none));
    assertSame(expected.unsqueeze(0), Ops.call("baddbmm", List.of(nan, column, row), none));
    assertSame(tensor(5.0, 10), Ops.call("addmv", List.of(nan.select(0, 0), expected, x), none));
  }

  @Test
  void sums_of_products_refuse_what_does_not_fit() {
    assertRefused(
        "vector + matrix @ vector expected, got 1, 1, 1",
        () -> Ops.call("addmv", zeros(2), zeros(2), zeros(2)));
    assertRefused(
        "For integral input tensors, argument beta must not be a floating point number.",
        () ->
            Ops.call(
                "addr", List.of(tensor(1L, 1), tensor(1L, 1), tensor(1L, 1)), Map.of("beta", 0.5)));
    assertRefused(
        "batch1 must be a 3D tensor",
        () -> Ops.call("baddbmm", zeros(2), zeros(2, 2), zeros(2, 2, 2)));
  }

  @Test
  void distances_are_those_of_the_documentation_however_they_are_computed() {
    Tensor a = tensor(new double[][] {{0.9041, 0.0196}, {-0.3108, -2.4423}, {-0.4821, 1.059}});
    Tensor b = tensor(new double[][] {{-2.1763, -0.4713}, {-0.6986, 1.3702}});
    double[] expected = {3.1193, 2.0959, 2.7138, 3.8322, 2.2830, 0.3791};
    for (String mode : List.of("use_mm_for_euclid_dist", "donot_use_mm_for_euclid_dist")) {
      Tensor distances = Ops.call("cdist", a, b, 2.0, mode);
      assertEquals(Shape.of(3, 2), distances.shape());
      assertArrayEquals(expected, distances.toDoubleArray(), 1e-4);
    }
  }

  @Test
  void a_distance_of_zero_has_no_gradient() {
    for (double p : new double[] {0, 0.5, 1, 1.5, 2, 3, Double.POSITIVE_INFINITY}) {
      Tensor x = tensor(new double[][] {{1, 2}}).requiresGrad_();
      Tensor distance = Ops.call("cdist", x, x.detach(), p);
      assertEquals(0, distance.item());
      assertArrayEquals(new double[2], Autograd.grad(distance.sum(), x).toDoubleArray());
    }
  }

  @Test
  void gradients_of_distances_are_the_same_whether_they_are_recorded_or_not() {
    Tensor a = counted(2, 1, 3, 2).div(7).requiresGrad_();
    Tensor b = counted(4, 2).div(5).sub(1).requiresGrad_();
    Tensor weights = counted(2, 1, 3, 4).sub(4);
    for (double p : new double[] {0.5, 1, 2, 3, Double.POSITIVE_INFINITY}) {
      for (Tensor x : List.of(a, b)) {
        Tensor loss = Ops.call("cdist", a, b, p).mul(weights).sum();
        Tensor recorded = Autograd.grad(loss, x, true);
        Tensor plain = Autograd.grad(loss, x);
        assertArrayEquals(recorded.toDoubleArray(), plain.toDoubleArray(), 1e-13, "p = " + p);
      }
    }
  }

  @Test
  void distances_of_rows_that_do_not_fit_are_refused() {
    assertRefused(
        "X1 and X2 must have the same number of columns. X1: 2 X2: 3",
        () -> Ops.call("cdist", zeros(2, 2), zeros(2, 3)));
    assertRefused(
        "cdist only supports at least 2D tensors, X1 got: 1D",
        () -> Ops.call("cdist", zeros(2), zeros(2, 2)));
    assertRefused(
        "cdist only supports non-negative p values",
        () -> Ops.call("cdist", zeros(2, 2), zeros(2, 2), -1.0));
  }

  @Test
  void the_product_of_a_chain_does_not_depend_on_its_order() {
    Tensor a = counted(2, 5);
    Tensor b = counted(5, 3);
    Tensor c = counted(3, 4);
    assertSame(a.mm(b).mm(c), Ops.call("linalg_multi_dot", List.of(a, b, c)));
    Tensor row = counted(5);
    assertSame(row.matmul(b), Ops.call("linalg_multi_dot", List.of(row, b)));
    assertRefused(
        "multi_dot(): expected at least 2 tensors but got 0",
        () -> Ops.call("linalg_multi_dot", List.of()));
    assertRefused(
        "multi_dot(): tensor 1 must be 2D but got 1D",
        () -> Ops.call("linalg_multi_dot", List.of(a, row, b)));
  }
}
