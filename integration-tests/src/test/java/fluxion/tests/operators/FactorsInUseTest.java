package fluxion.tests.operators;

import static fluxion.api.Tensors.eye;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Factors that are used again, triangles that are read, and condition numbers. */
final class FactorsInUseTest {
  private static final TensorOptions FLOAT64 = TensorOptions.of(DType.FLOAT64);
  private static final Tensor A = tensor(new double[][] {{1, 2, 0}, {4, 8, 1}, {0.5, -1, 3}});

  private static void assertRefused(String message, Executable call) {
    String found = String.valueOf(assertThrows(FluxionException.class, call).getMessage());
    assertTrue(found.contains(message), found);
  }

  private static void assertClose(Tensor expected, Tensor found) {
    assertEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.toDoubleArray(), found.toDoubleArray(), 1e-12);
  }

  private static List<Tensor> all(String name, Object... arguments) {
    return Ops.callAll(name, List.of(arguments), Map.of());
  }

  @Test
  void factors_taken_apart_make_the_matrix_again() {
    for (Tensor a : List.of(A, A.narrow(0, 0, 2), A.narrow(1, 0, 2), A.expand(2, 3, 3))) {
      List<Tensor> packed = all("lu", a);
      List<Tensor> apart = all("lu_unpack", packed.get(0), packed.get(1));
      assertClose(a.contiguous(), apart.get(0).matmul(apart.get(1)).matmul(apart.get(2)));
    }
    List<Tensor> packed = all("lu", A);
    assertEquals(0, all("lu_unpack", packed.get(0), packed.get(1), false, true).get(1).numel());
    assertEquals(0, all("lu_unpack", packed.get(0), packed.get(1), true, false).get(0).numel());
    assertArrayEquals(
        new long[] {0, 2},
        all("lu", Ops.call("stack", List.of(A, A.mul(tensor(1.0, 0, 1)))), true, true)
            .get(2)
            .toLongArray());
  }

  @Test
  void factors_solve_systems_from_either_side_and_of_the_transposed_matrix() {
    List<Tensor> packed = all("linalg_lu_factor", A);
    Tensor b = tensor(new double[][] {{1, 2}, {3, 4}, {5, 7}});
    assertClose(b, A.mm(Ops.call("lu_solve", b, packed.get(0), packed.get(1))));
    for (boolean adjoint : new boolean[] {false, true}) {
      Tensor matrix = adjoint ? A.t() : A;
      Map<String, Object> right = Map.of("left", false, "adjoint", adjoint);
      Tensor y =
          Ops.callAll("linalg_lu_solve", List.of(packed.get(0), packed.get(1), b.t()), right)
              .getFirst();
      assertClose(b.t().contiguous(), y.mm(matrix));
      Tensor x =
          Ops.callAll(
                  "linalg_lu_solve",
                  List.of(packed.get(0), packed.get(1), b),
                  Map.of("adjoint", adjoint))
              .getFirst();
      assertClose(b, matrix.mm(x));
    }
  }

  @Test
  void exchanges_that_no_factorisation_gave_are_refused() {
    Tensor lu = eye(2, 2, FLOAT64);
    Tensor b = zeros(FLOAT64, 2, 1);
    assertRefused(
        "linalg.lu_solve: pivots should be a Tensor of scalar type torch.int32",
        () -> Ops.call("linalg_lu_solve", lu, tensor(1L, 2L), b));
    assertRefused(
        "Pivots given to lu_solve must all be greater or equal to 1. Did you properly pass the"
            + " result of lu_factor?",
        () -> Ops.call("lu_solve", b, lu, tensor(new int[] {0, 1})));
    assertRefused(
        "Number of pivots per batch should be same as the dimension of the matrix",
        () -> Ops.call("lu_solve", b, lu, tensor(new int[] {1, 2, 2})));
  }

  /** The other triangle holds what no symmetric matrix does. */
  @Test
  void only_the_named_triangle_of_a_symmetric_matrix_is_read() {
    Tensor symmetric = tensor(new double[][] {{4, 1, 0.5}, {1, 3, -1}, {0.5, -1, 5}});
    Tensor wrong = tensor(new double[][] {{0, 9, 9}, {0, 0, 9}, {0, 0, 0}});
    Tensor factor = Ops.call("linalg_cholesky", symmetric);
    assertClose(factor, Ops.call("linalg_cholesky", symmetric.add(wrong)));
    assertClose(
        factor.t().contiguous(), Ops.call("cholesky", symmetric.add(wrong.t()), true).contiguous());
    Tensor values = Ops.call("linalg_eigvalsh", symmetric);
    assertClose(values, Ops.call("linalg_eigvalsh", symmetric.add(wrong)));
    assertClose(values, Ops.call("linalg_eigvalsh", symmetric.add(wrong.t()), "U"));
  }

  @Test
  void the_gradient_of_a_symmetric_matrix_is_symmetric() {
    Tensor a = tensor(new double[][] {{4, 1}, {1, 3}}).requiresGrad_();
    Ops.call("linalg_cholesky", a).sum().backward();
    double[] gradient = a.grad().toDoubleArray();
    assertEquals(gradient[1], gradient[2], 1e-15);
    assertTrue(gradient[1] != 0);
  }

  /** The values are those of PyTorch's documentation of torch.linalg.cond. */
  @Test
  void condition_numbers_are_those_of_the_documentation() {
    Tensor a = tensor(new double[][] {{1, 0, -1}, {0, 1, 0}, {1, 0, 1}});
    assertEquals(1.4142, Ops.call("linalg_cond", a).item(), 1e-4);
    assertEquals(3.1623, Ops.call("linalg_cond", a, "fro").item(), 1e-4);
    assertEquals(9.2426, Ops.call("linalg_cond", a, "nuc").item(), 1e-4);
    assertEquals(2, Ops.call("linalg_cond", a, Double.POSITIVE_INFINITY).item(), 1e-12);
    assertEquals(1, Ops.call("linalg_cond", a, Double.NEGATIVE_INFINITY).item(), 1e-12);
    assertEquals(2, Ops.call("linalg_cond", a, 1).item(), 1e-12);
    assertEquals(1, Ops.call("linalg_cond", a, -1).item(), 1e-12);
    assertEquals(0.7071, Ops.call("linalg_cond", a, -2).item(), 1e-4);
  }

  @Test
  void a_singular_matrix_has_an_infinite_condition_number_beside_a_regular_one() {
    Tensor both = Ops.call("stack", List.of(A.mul(0), eye(3, 3, FLOAT64)));
    assertArrayEquals(
        new double[] {Double.POSITIVE_INFINITY, 1},
        Ops.call("linalg_cond", both, 1).toDoubleArray());
    assertEquals(0, Ops.call("linalg_cond", zeros(FLOAT64, 2, 0, 0), 1).sum().item());
    assertRefused("linalg.cond got an invalid norm type: 3.0", () -> Ops.call("linalg_cond", A, 3));
    assertRefused(
        "linalg.cond(ord=1): A must be batches of square matrices, but they are 2 by 3 matrices",
        () -> Ops.call("linalg_cond", A.narrow(0, 0, 2), 1));
  }

  /** As in PyTorch's documentation of torch.linalg.tensorinv and tensorsolve. */
  @Test
  void tensors_of_more_dimensions_are_inverted_and_solved_as_matrices() {
    Tensor a = eye(6, 6, FLOAT64).mul(2).view(6, 2, 3);
    Tensor inverse = Ops.call("linalg_tensorinv", a, 1);
    assertArrayEquals(new long[] {2, 3, 6}, inverse.shape().toArray());
    Tensor b = tensor(1.0, 2, 3, 4, 5, 6);
    assertClose(Ops.call("tensordot", inverse, b, 1), Ops.call("linalg_tensorsolve", a, b));
    assertRefused(
        "Expected a strictly positive integer for 'ind'", () -> Ops.call("linalg_tensorinv", a, 0));
    assertRefused(
        "Expected self to satisfy the requirement prod(self.shape[ind:]) =="
            + " prod(self.shape[:ind]), but got 3 != 12",
        () -> Ops.call("linalg_tensorinv", a, 2));
  }
}
