package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.ops.basic.LinalgCall;
import java.util.List;

/** Factorisations of matrices as operators. */
final class Factorisations {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("cholesky")) {
        t.add(cholesky("cholesky", "(Tensor self, bool upper=False)"));
      }
      if (t.has("linalg_cholesky")) {
        t.add(cholesky("linalg_cholesky", "(Tensor self, *, bool upper=False)"));
      }
      if (t.has("qr")) {
        t.add(
            named("qr")
                .overload(
                    "(Tensor self, bool some=True)",
                    LinalgCall.SwitchedFactors.class,
                    (self, some) -> qr(self, some ? "reduced" : "complete"))
                .samples(
                    s ->
                        List.of(
                            sample(full(s, 3, 3)),
                            sample(full(s, 2, 3, 2)),
                            sample(full(s, 2, 3), false))));
      }
      if (t.has("linalg_qr")) {
        t.add(
            named("linalg_qr")
                .overload(
                    "(Tensor self, str mode='reduced')",
                    LinalgCall.NamedFactors.class,
                    Factorisations::qr)
                .samples(
                    s ->
                        List.of(
                            sample(full(s, 3, 3)),
                            sample(full(s, 4, 2)),
                            sample(full(s, 2, 2, 3)),
                            sample(full(s, 2, 2), "complete"))));
      }
      if (t.has("linalg_lu")) {
        t.add(
            named("linalg_lu")
                .overload(
                    "(Tensor self, *, bool pivot=True)",
                    LinalgCall.SwitchedFactors.class,
                    Factorisations::lu)
                .samples(Factorisations::rectangles));
      }
      if (t.has("linalg_lu_factor")) {
        t.add(
            named("linalg_lu_factor")
                .overload(
                    "(Tensor self, *, bool pivot=True)",
                    LinalgCall.SwitchedFactors.class,
                    Factorisations::luFactor)
                .samples(Factorisations::rectangles));
      }
    }
  }

  private Factorisations() {}

  /** Matrices of full rank whose singular values differ. */
  static Tensor full(SampleSource s, long... size) {
    Tensor random = s.uniform(-0.4, 0.4, size).detach();
    long rows = size[size.length - 2];
    long columns = size[size.length - 1];
    double[] diagonal = new double[(int) (rows * columns)];
    for (int i = 0; i < Math.min(rows, columns); i++) {
      diagonal[(int) (i * columns + i)] = 1.5 + i;
    }
    TensorOptions options = TensorOptions.of(random.dtype()).device(random.device());
    return random.add(Tensors.tensor(diagonal, Shape.of(rows, columns), options)).requiresGrad_();
  }

  /** Positive-definite matrices. */
  private static Tensor positive(SampleSource s, long... size) {
    Tensor factor = full(s, size).detach();
    return factor.matmul(Matrices.t(factor)).requiresGrad_();
  }

  private static List<Operator.Sample> rectangles(SampleSource s) {
    return List.of(
        sample(full(s, 3, 3)),
        sample(full(s, 3, 2, 2)),
        sample(full(s, 4, 2)),
        sample(full(s, 2, 3)));
  }

  // ---- Cholesky

  private static Operator cholesky(String name, String signature) {
    return named(name)
        .overload(signature, LinalgCall.Switched.class, Factorisations::cholesky)
        .samples(
            s ->
                List.of(
                    sample(positive(s, 3, 3)),
                    sample(positive(s, 3, 2, 2)),
                    sample(s.tensor(0, 0))));
  }

  static Tensor cholesky(Tensor self, boolean upper) {
    Matrices.checkFloatSquare(self, "linalg.cholesky");
    Tensor lower = Functions.apply(new Factors.CholeskyFactor(), self);
    return upper ? Matrices.t(lower) : lower;
  }

  // ---- QR

  static Tensor[] qr(Tensor self, String mode) {
    if (!mode.equals("reduced") && !mode.equals("complete") && !mode.equals("r")) {
      throw Factors.unknownMode(mode);
    }
    Matrices.checkFloatMatrix(self, "linalg.qr");
    return Functions.applyAll(new Factors.QrFactors(mode), self);
  }

  // ---- LU

  private static void checkPivot(boolean pivot, String name) {
    if (!pivot) {
      throw new ArgumentException(
          name + ": LU without pivoting is not implemented on the CPU; leave pivot at True");
    }
  }

  /**
   * P, L and U. The leading square of {@code Pᵀ A}, whose rows are in order, is factored; what lies
   * below or right of it follows by triangular solutions, and so do gradients.
   */
  static Tensor[] lu(Tensor self, boolean pivot) {
    Matrices.checkFloatMatrix(self, "linalg.lu");
    checkPivot(pivot, "linalg.lu_factor");
    int[][] orders = Factors.orders(self, pivots(self));
    Tensor permutation = permutation(orders, self);
    Tensor ordered = Matrices.t(permutation).matmul(self);
    Tensor[] factors = inOrder(ordered);
    return new Tensor[] {permutation, factors[0], factors[1]};
  }

  private static int[][] pivots(Tensor self) {
    int count = Matrices.count(Matrices.batch(self, 2));
    return new int[count][Math.min(Matrices.rows(self), Matrices.columns(self))];
  }

  private static Tensor[] inOrder(Tensor ordered) {
    long m = ordered.size(-2);
    long n = ordered.size(-1);
    long k = Math.min(m, n);
    Tensor square = ordered.narrow(-2, 0, k).narrow(-1, 0, k);
    Tensor[] factors = Functions.applyAll(new Factors.LuFactors(), square);
    Tensor l = factors[0];
    Tensor u = factors[1];
    if (m > k) {
      Tensor below = Systems.fromRight(u, ordered.narrow(-2, k, m - k), true, false);
      l = Joins.cat(new Tensor[] {l, below}, -2);
    }
    if (n > k) {
      Tensor beside = Systems.substitute(l, ordered.narrow(-1, k, n - k), false, true);
      u = Joins.cat(new Tensor[] {u, beside}, -1);
    }
    return new Tensor[] {l, u};
  }

  /** P: its column i has a 1 in the row from which row i comes. */
  private static Tensor permutation(int[][] orders, Tensor like) {
    int m = Matrices.rows(like);
    double[] values = new double[orders.length * m * m];
    for (int b = 0; b < orders.length; b++) {
      for (int i = 0; i < m; i++) {
        values[(b * m + orders[b][i]) * m + i] = 1;
      }
    }
    return Matrices.tensor(values, Matrices.with(Matrices.batch(like, 2), m, m), like);
  }

  /** L below the diagonal and U from it on, and the exchanges, from 1. */
  static Tensor[] luFactor(Tensor self, boolean pivot) {
    Matrices.checkFloatMatrix(self, "linalg.lu_factor");
    checkPivot(pivot, "linalg.lu_factor");
    int[][] pivots = pivots(self);
    Tensor permutation = permutation(Factors.orders(self, pivots), self);
    Tensor[] factors = inOrder(Matrices.t(permutation).matmul(self));
    Tensor l = Matrices.strictlyLower(factors[0]);
    Tensor u = factors[1];
    long m = self.size(-2);
    long n = self.size(-1);
    if (m > n) {
      u = Joins.cat(new Tensor[] {u, Tensors.zerosLike(l.narrow(-2, n, m - n))}, -2);
    } else if (n > m) {
      l = Joins.cat(new Tensor[] {l, Tensors.zerosLike(u.narrow(-1, m, n - m))}, -1);
    }
    long[] exchanges = new long[pivots.length * (int) Math.min(m, n)];
    int at = 0;
    for (int[] own : pivots) {
      for (int row : own) {
        exchanges[at++] = row + 1L;
      }
    }
    TensorOptions int32 = TensorOptions.of(DType.INT32).device(self.device());
    Shape shape = Matrices.with(Matrices.batch(self, 2), Math.min(m, n));
    return new Tensor[] {l.add(u), Tensors.tensor(exchanges, shape, int32)};
  }
}
