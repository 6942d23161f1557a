package fluxion.tests.operators;

import static fluxion.api.Tensors.eye;
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
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Systems, determinants and factorisations, held to what defines them. */
final class LinearAlgebraTest {
  private static final TensorOptions FLOAT64 = TensorOptions.of(DType.FLOAT64);

  private static void assertRefused(String message, Executable call) {
    String found = String.valueOf(assertThrows(FluxionException.class, call).getMessage());
    assertTrue(found.contains(message), found);
  }

  private static void assertClose(Tensor expected, Tensor found) {
    assertEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.toDoubleArray(), found.toDoubleArray(), 1e-12);
  }

  private static Tensor random(long... size) {
    Random random = new Random(7);
    double[] values = random.doubles(Shape.of(size).numel(), -1, 1).toArray();
    return tensor(values).view(size);
  }

  private static Tensor identity(long n) {
    return eye(n, n, FLOAT64);
  }

  private static Tensor t(Tensor tensor) {
    return tensor.transpose(-2, -1);
  }

  private static List<Tensor> factors(String name, Object... arguments) {
    return Ops.callAll(name, List.of(arguments), Map.of());
  }

  /** Matrices of rank 2 whatever their size. */
  private static Tensor rankTwo(long rows, long columns) {
    return random(rows, 2).mm(random(2, columns));
  }

  @Test
  void a_solution_solves_its_system_for_broadcast_batches_from_either_side() {
    Tensor a = random(2, 1, 3, 3);
    Tensor b = random(4, 3, 2);
    Tensor x = Ops.call("linalg_solve", a, b);
    assertClose(b.expand(2, 4, 3, 2).contiguous(), a.matmul(x));
    Tensor y = Ops.call("linalg_solve", List.of(a, t(b)), Map.of("left", false));
    assertClose(t(b).expand(2, 4, 2, 3).contiguous(), y.matmul(a));
    Tensor vectors = random(2, 3);
    Tensor square = a.squeeze(1);
    assertClose(
        vectors,
        square.matmul(Ops.call("linalg_solve", square, vectors).unsqueeze(-1)).squeeze(-1));
    assertClose(
        identity(3).expand(2, 3, 3).contiguous(), square.matmul(Ops.call("inverse", square)));
  }

  @Test
  void a_singular_matrix_is_refused_and_named() {
    Tensor singular = tensor(new double[][] {{1, 2}, {2, 4}});
    Tensor batch = Tensors.stack(0, identity(2), singular);
    assertRefused(
        "linalg.inv: The diagonal element 2 is zero, the inversion could not be completed because"
            + " the input matrix is singular.",
        () -> Ops.call("linalg_inv", singular));
    assertRefused(
        "linalg.inv: (Batch element 1): The diagonal element 2 is zero",
        () -> Ops.call("linalg_inv", batch));
    assertRefused(
        "linalg.solve: The solver failed because the input matrix is singular.",
        () -> Ops.call("linalg_solve", singular, zeros(FLOAT64, 2)));
  }

  @Test
  void what_is_no_square_matrix_of_floats_is_refused() {
    assertRefused(
        "linalg.inv: A must be batches of square matrices, but they are 2 by 3 matrices",
        () -> Ops.call("linalg_inv", zeros(2, 3)));
    assertRefused(
        "linalg.det: The input tensor A must have at least 2 dimensions.",
        () -> Ops.call("linalg_det", zeros(2)));
    assertRefused(
        "linalg.cholesky: Expected a floating point or complex tensor as input. Got Long",
        () -> Ops.call("linalg_cholesky", tensor(new long[][] {{1}})));
    assertRefused(
        "linalg.qr: Low precision dtypes not supported. Got Half",
        () -> Ops.call("linalg_qr", zeros(2, 2).to(DType.FLOAT16)));
    assertRefused(
        "linalg.solve: Incompatible shapes of A and B for the equation AX = B (2x2 and 3x1)",
        () -> Ops.call("linalg_solve", zeros(2, 2), zeros(3, 1)));
  }

  @Test
  void a_determinant_has_its_cofactors_for_gradient_where_it_is_zero_too() {
    Tensor a = tensor(new double[][] {{1, 2}, {2, 4}}).requiresGrad_();
    Tensor det = Ops.call("det", a);
    assertEquals(0, Math.abs(det.item()));
    Tensor gradient = Autograd.grad(det, a, true);
    assertArrayEquals(new double[] {4, -2, -2, 1}, gradient.toDoubleArray(), 1e-14);
    // det = a d − b c, so the cofactor d has the derivative 1 by itself
    assertArrayEquals(
        new double[] {0, 0, 0, 1}, Autograd.grad(gradient.get(0).get(0), a).toDoubleArray(), 1e-14);
    Tensor zero = zeros(FLOAT64, 3, 3).requiresGrad_();
    Tensor none = Autograd.grad(Ops.call("det", zero), zero);
    assertArrayEquals(new double[9], none.toDoubleArray());
  }

  @Test
  void a_determinant_has_third_derivatives() {
    Tensor a = random(3, 3).requiresGrad_();
    Tensor weights = random(3, 3);
    Tensor first = Autograd.grad(Ops.call("det", a), a, true);
    Tensor second = Autograd.grad(first.mul(weights).sum(), a, true);
    double[] third = Autograd.grad(second.mul(weights).sum(), a).toDoubleArray();
    // det(a + s w) is a polynomial of degree 3 in s; so is the second derivative along w linear
    double h = 1e-3;
    for (int i = 0; i < 9; i++) {
      double[] unit = new double[9];
      unit[i] = h;
      Tensor step = tensor(unit).view(3, 3);
      double slope =
          (curvature(a.detach().add(step), weights) - curvature(a.detach().sub(step), weights))
              / (2 * h);
      assertEquals(slope, third[i], 1e-9);
    }
  }

  /** The second derivative of the determinant along a direction, from five values. */
  private static double curvature(Tensor a, Tensor direction) {
    double sum = 0;
    double[] weights = {1, -2, 1};
    for (int i = 0; i < 3; i++) {
      sum += weights[i] * Ops.call("det", a.add(direction.mul(i - 1.0))).item();
    }
    return sum;
  }

  @Test
  void the_logarithm_of_a_determinant_goes_with_its_sign() {
    Tensor a = tensor(new double[][] {{0, 2}, {3, 0}});
    List<Tensor> both = factors("linalg_slogdet", a);
    assertEquals(-1, both.get(0).item());
    assertEquals(Math.log(6), both.get(1).item(), 1e-15);
    assertEquals(Double.NaN, Ops.call("logdet", a).item());
    assertEquals(Double.NEGATIVE_INFINITY, Ops.call("logdet", zeros(FLOAT64, 2, 2)).item());
  }

  @Test
  void a_cholesky_factor_times_its_transpose_is_the_matrix() {
    Tensor half = random(2, 3, 3);
    Tensor a = half.matmul(t(half)).add(identity(3));
    Tensor lower = Ops.call("linalg_cholesky", a);
    assertClose(a, lower.matmul(t(lower)));
    Tensor upper = Ops.call("cholesky", a, true);
    assertClose(a, t(upper).matmul(upper));
    Tensor b = random(2, 3, 2);
    assertClose(b, a.matmul(Ops.call("cholesky_solve", b, lower)));
    assertClose(
        identity(3).expand(2, 3, 3).contiguous(),
        a.matmul(Ops.call("cholesky_inverse", upper, true)));
    assertRefused(
        "linalg.cholesky: The factorization could not be completed because the input is not"
            + " positive-definite (the leading minor of order 2 is not positive-definite).",
        () -> Ops.call("linalg_cholesky", tensor(new double[][] {{1, 2}, {2, 1}})));
  }

  @Test
  void an_orthogonal_and_a_triangular_factor_make_the_matrix() {
    for (long[] size : new long[][] {{3, 3}, {5, 3}, {2, 3, 5}}) {
      Tensor a = random(size);
      for (String mode : List.of("reduced", "complete")) {
        List<Tensor> both = factors("linalg_qr", a, mode);
        Tensor q = both.get(0);
        assertClose(a, q.matmul(both.get(1)));
        long k = q.size(-1);
        Tensor products = t(q).matmul(q);
        assertClose(identity(k).expand(products.shape().toArray()).contiguous(), products);
      }
      assertClose(factors("linalg_qr", a).get(1), factors("linalg_qr", a, "r").get(1));
    }
    // LAPACK's signs: the first reflection turns (3, 4) to −5
    List<Tensor> signs = factors("linalg_qr", tensor(new double[][] {{3, 0}, {4, 5}}));
    assertArrayEquals(new double[] {-5, -4, 0, 3}, signs.get(1).toDoubleArray(), 1e-15);
    assertRefused(
        "qr received unrecognized mode 'full' but expected one of 'reduced' (default), 'r', or"
            + " 'complete'",
        () -> factors("linalg_qr", zeros(2, 2), "full"));
  }

  @Test
  void exchanged_rows_and_two_triangles_make_the_matrix() {
    for (long[] size : new long[][] {{3, 3}, {5, 3}, {2, 3, 5}}) {
      Tensor a = random(size);
      List<Tensor> plu = factors("linalg_lu", a);
      assertClose(a, plu.get(0).matmul(plu.get(1)).matmul(plu.get(2)));
      assertTrue(plu.get(1).abs().max().item() <= 1);
      Tensor packed = factors("linalg_lu_factor", a).get(0);
      long k = Math.min(a.size(-1), a.size(-2));
      assertClose(
          packed.narrow(-2, 0, 1).narrow(-1, 0, k), plu.get(2).narrow(-2, 0, 1).narrow(-1, 0, k));
    }
    List<Tensor> exchanged = factors("linalg_lu_factor", tensor(new double[][] {{1, 2}, {4, 8}}));
    assertArrayEquals(new double[] {4, 8, 0.25, 0}, exchanged.get(0).toDoubleArray());
    assertArrayEquals(new long[] {2, 2}, exchanged.get(1).toLongArray());
    assertEquals(DType.INT32, exchanged.get(1).dtype());
  }

  @Test
  void eigenvectors_are_only_stretched() {
    Tensor half = random(2, 4, 4);
    Tensor a = half.add(t(half));
    List<Tensor> both = factors("linalg_eigh", a);
    Tensor values = both.get(0);
    Tensor vectors = both.get(1);
    assertClose(vectors.mul(values.unsqueeze(-2)), a.matmul(vectors));
    double[] ascending = values.get(0).toDoubleArray();
    double[] sorted = ascending.clone();
    Arrays.sort(sorted);
    assertArrayEquals(sorted, ascending);
    assertArrayEquals(
        new double[] {1, 3},
        Ops.call("linalg_eigvalsh", tensor(new double[][] {{2, 1}, {1, 2}})).toDoubleArray(),
        1e-15);
    assertArrayEquals(
        new double[] {0, 0, 3},
        Ops.call("linalg_eigvalsh", Tensors.ones(FLOAT64, 3, 3)).toDoubleArray(),
        1e-15);
  }

  @Test
  void singular_vectors_are_orthonormal_and_make_the_matrix_whatever_its_rank() {
    for (Tensor a :
        List.of(random(4, 4), random(5, 3), random(2, 3, 5), rankTwo(4, 4), rankTwo(3, 5))) {
      for (boolean full : new boolean[] {false, true}) {
        List<Tensor> usv = factors("linalg_svd", a, full);
        Tensor u = usv.get(0);
        Tensor s = usv.get(1);
        Tensor vt = usv.get(2);
        long k = s.size(-1);
        Tensor left = u.narrow(-1, 0, k).mul(s.unsqueeze(-2));
        assertClose(a, left.matmul(vt.narrow(-2, 0, k)));
        Tensor products = t(u).matmul(u);
        assertClose(identity(u.size(-1)).expand(products.shape().toArray()).contiguous(), products);
        Tensor others = vt.matmul(t(vt));
        assertClose(identity(vt.size(-2)).expand(others.shape().toArray()).contiguous(), others);
      }
    }
    List<Tensor> zero = factors("linalg_svd", zeros(FLOAT64, 3, 2));
    assertClose(identity(3), zero.get(0).mm(t(zero.get(0))));
  }

  @Test
  void a_pseudoinverse_fulfils_the_four_conditions_of_Penrose() {
    for (Tensor a : List.of(random(3, 3), random(5, 3), rankTwo(4, 4), rankTwo(3, 5))) {
      Tensor p = Ops.call("linalg_pinv", a);
      assertClose(a, a.mm(p).mm(a));
      assertClose(p, p.mm(a).mm(p));
      assertClose(t(a.mm(p)), a.mm(p));
      assertClose(t(p.mm(a)), p.mm(a));
    }
    assertEquals(2, Ops.call("linalg_matrix_rank", rankTwo(4, 5)).itemLong());
    assertEquals(0, Ops.call("linalg_matrix_rank", zeros(2, 2)).itemLong());
  }

  @Test
  void least_squares_leave_a_residual_at_right_angles() {
    Tensor a = random(5, 2);
    Tensor b = tensor(1.0, -2, 3, 0.5, 4).view(5, 1);
    List<Tensor> all = Ops.callAll("linalg_lstsq", List.of(a, b), Map.of("driver", "gelsd"));
    Tensor rest = a.mm(all.get(0)).sub(b);
    assertClose(zeros(FLOAT64, 2, 1), t(a).mm(rest));
    assertEquals(rest.mul(rest).sum().item(), all.get(1).item(), 1e-12);
    assertEquals(2, all.get(2).itemLong());
    assertEquals(0, factors("linalg_lstsq", a, b).get(1).numel());
  }

  @Test
  void powers_of_matrices_may_be_negative_or_none() {
    Tensor a = random(2, 3, 3);
    assertClose(a.matmul(a).matmul(a).matmul(a).matmul(a), Ops.call("matrix_power", a, 5));
    assertClose(
        identity(3).expand(2, 3, 3).contiguous(),
        Ops.call("matrix_power", a, -2).matmul(a).matmul(a));
    assertClose(identity(3).expand(2, 3, 3).contiguous(), Ops.call("matrix_power", a, 0));
  }

  @Test
  void the_exponential_of_a_skew_matrix_is_a_rotation() {
    for (double angle : new double[] {0.5, 40}) {
      Tensor skew = tensor(new double[][] {{0, -angle}, {angle, 0}});
      double c = Math.cos(angle);
      double s = Math.sin(angle);
      assertClose(tensor(new double[][] {{c, -s}, {s, c}}), Ops.call("matrix_exp", skew));
    }
    Tensor nilpotent = tensor(new double[][] {{0, 1, 0}, {0, 0, 1}, {0, 0, 0}});
    assertClose(
        tensor(new double[][] {{1, 1, 0.5}, {0, 1, 1}, {0, 0, 1}}),
        Ops.call("linalg_matrix_exp", nilpotent));
  }

  @Test
  void norms_of_matrices_are_those_of_the_documentation() {
    Tensor a = Tensors.arange(9).to(DType.FLOAT64).view(3, 3).sub(4.0);
    assertEquals(7.745966692414834, Ops.call("linalg_norm", a).item(), 1e-14);
    assertEquals(7.745966692414834, Ops.call("linalg_matrix_norm", a, "fro").item(), 1e-14);
    assertEquals(9, Ops.call("linalg_norm", a, Double.POSITIVE_INFINITY).item());
    assertEquals(2, Ops.call("linalg_norm", a, Double.NEGATIVE_INFINITY).item());
    assertEquals(7, Ops.call("linalg_norm", a, 1).item());
    assertEquals(6, Ops.call("linalg_norm", a, -1).item());
    assertEquals(7.348469228349534, Ops.call("linalg_norm", a, 2).item(), 1e-14);
    assertEquals(9.797958971132712, Ops.call("linalg_matrix_norm", a, "nuc").item(), 1e-14);
    assertEquals(
        Shape.of(1, 2, 1),
        Ops.call("linalg_matrix_norm", random(3, 2, 4), 2, List.of(2L, 0L), true).shape());
    assertRefused(
        "linalg.matrix_norm: Order 3 not supported.", () -> Ops.call("linalg_matrix_norm", a, 3));
    assertRefused(
        "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got 3D.",
        () -> Ops.call("linalg_norm", random(2, 2, 2), 1));
  }

  @Test
  void only_the_named_triangle_of_a_system_is_read() {
    Tensor a = tensor(new double[][] {{2, 9}, {4, 5}});
    Tensor b = tensor(new double[][] {{2}, {14}});
    assertArrayEquals(
        new double[] {1, 2},
        Ops.call("linalg_solve_triangular", List.of(a, b), Map.of("upper", false)).toDoubleArray());
    assertArrayEquals(
        new double[] {2, 6},
        Ops.call(
                "linalg_solve_triangular",
                List.of(a, b),
                Map.of("upper", false, "unitriangular", true))
            .toDoubleArray());
    assertArrayEquals(
        new double[] {1, 2}, factors("triangular_solve", b, a, false).get(0).toDoubleArray());
  }

  @Test
  void float32_is_computed_in_float64() {
    Tensor a = random(6, 6).to(DType.FLOAT32);
    Tensor exact = Ops.call("linalg_inv", a.to(DType.FLOAT64)).to(DType.FLOAT32);
    assertArrayEquals(exact.toFloatArray(), Ops.call("linalg_inv", a).toFloatArray());
  }
}
