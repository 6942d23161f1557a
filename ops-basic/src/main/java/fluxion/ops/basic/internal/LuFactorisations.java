package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.ops.basic.LinalgCall;
import fluxion.ops.basic.internal.linalg.Lu;
import java.util.Arrays;
import java.util.List;

/** LU factorisations, and systems that are solved with them, as operators. */
final class LuFactorisations {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("linalg_lu")) {
        t.add(
            named("linalg_lu")
                .overload(
                    "(Tensor self, *, bool pivot=True)",
                    LinalgCall.SwitchedFactors.class,
                    LuFactorisations::lu)
                .samples(LuFactorisations::rectangles)
                .singularAt(MatrixPoints::lackRank));
      }
      if (t.has("linalg_lu_factor")) {
        t.add(
            named("linalg_lu_factor")
                .overload(
                    "(Tensor self, *, bool pivot=True)",
                    LinalgCall.SwitchedFactors.class,
                    LuFactorisations::luFactor)
                .samples(LuFactorisations::rectangles)
                .singularAt(MatrixPoints::lackRank));
      }
      if (t.has("lu")) {
        t.add(
            named("lu")
                .overload(
                    "(Tensor self, bool pivot=True, bool get_infos=False)",
                    LinalgCall.TwiceSwitchedFactors.class,
                    LuFactorisations::lu)
                .samples(LuFactorisations::rectangles)
                .singularAt(MatrixPoints::lackRank));
      }
      if (t.has("lu_unpack")) {
        t.add(
            named("lu_unpack")
                .overload(
                    "(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool"
                        + " unpack_pivots=True)",
                    LinalgCall.UnpackLu.class,
                    LuFactorisations::unpack)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3, 3), rows(3, 3, 3)),
                            sample(s.tensor(2, 3), rows(2, 2), true, false),
                            sample(s.tensor(3, 2), rows(1, 3)))));
      }
      if (t.has("lu_solve")) {
        t.add(
            named("lu_solve")
                .overload(
                    "(Tensor self, Tensor LU_data, Tensor LU_pivots)",
                    LinalgCall.SolveWithLu.class,
                    (self, factors, pivots) ->
                        solve("lu_solve", factors, pivots, self, true, false))
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3, 2), Systems.regular(s, 3, 3), rows(3, 2, 3)),
                            sample(s.tensor(4, 2, 1), Systems.regular(s, 2, 2), rows(2, 2)))));
      }
      if (t.has("linalg_lu_solve")) {
        t.add(
            named("linalg_lu_solve")
                .overload(
                    "(Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False)",
                    LinalgCall.SolveWithLuOnSide.class,
                    (factors, pivots, b, left, adjoint) ->
                        solve("linalg.lu_solve", factors, pivots, b, left, adjoint))
                .samples(
                    s ->
                        List.of(
                            sample(Systems.regular(s, 3, 3), rows(3, 2, 3), s.tensor(3, 2)),
                            sample(Systems.regular(s, 2, 2), rows(2, 2), s.tensor(4, 2, 1)))));
      }
    }
  }

  private LuFactorisations() {}

  private static List<Operator.Sample> rectangles(SampleSource s) {
    return List.of(
        sample(Factorisations.full(s, 3, 3)),
        sample(Factorisations.full(s, 3, 2, 2)),
        sample(Factorisations.full(s, 4, 2)),
        sample(Factorisations.full(s, 2, 3)));
  }

  /** Rows with which each row in turn is exchanged, from 1. */
  private static Tensor rows(int... rows) {
    return Tensors.tensor(rows);
  }

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
    int[] exchanges =
        Arrays.stream(pivots).flatMapToInt(Arrays::stream).map(row -> row + 1).toArray();
    Shape shape = Matrices.with(Matrices.batch(self, 2), Math.min(m, n));
    return new Tensor[] {l.add(u), int32(exchanges, shape, self)};
  }

  private static Tensor int32(int[] values, Shape shape, Tensor like) {
    return Tensors.tensor(values, shape, TensorOptions.of(DType.INT32).device(like.device()));
  }

  private static Tensor[] lu(Tensor self, boolean pivot, boolean getInfos) {
    Tensor[] factors = luFactor(self, pivot);
    if (!getInfos) {
      return factors;
    }
    Shape batch = Matrices.batch(self, 2);
    return new Tensor[] {factors[0], factors[1], int32(singular(self), batch, self)};
  }

  /** For each matrix the number, from 1, of the first pivot that is 0; 0 if there is none. */
  static int[] singular(Tensor self) {
    int m = Matrices.rows(self);
    int n = Matrices.columns(self);
    int[] infos = new int[Matrices.count(Matrices.batch(self, 2))];
    double[] values = Matrices.values(self);
    for (int b = 0; b < infos.length; b++) {
      infos[b] = Lu.factor(Matrices.one(values, b, m * n), m, n, new int[Math.min(m, n)]);
    }
    return infos;
  }

  // ---- use of the factors

  /** The permutation that exchanges make of rows, P in {@code P L U}. */
  private static Tensor permutation(String name, Tensor factors, Tensor pivots) {
    int m = Matrices.rows(factors);
    int k = Math.min(m, Matrices.columns(factors));
    Shape batch = Matrices.batch(factors, 2);
    if (pivots.dtype() != DType.INT32) {
      throw new DTypeException(
          name
              + ": pivots should be a Tensor of scalar type torch.int32, as lu_factor gives them,"
              + " but they are "
              + pivots.dtype());
    }
    if (!pivots.shape().equals(Matrices.with(batch, k))) {
      throw new ShapeException(
          name
              + ": Number of pivots per batch should be same as the dimension of the matrix; the"
              + " pivots have shape "
              + pivots.shape()
              + ", the factors "
              + factors.shape());
    }
    long[] all = pivots.toLongArray();
    int[][] orders = new int[Matrices.count(batch)][];
    for (int b = 0; b < orders.length; b++) {
      int[] own = new int[k];
      for (int i = 0; i < k; i++) {
        long row = all[b * k + i];
        if (row < 1 || row > m) {
          throw new ArgumentException(
              "Pivots given to lu_solve must all be greater or equal to 1. Did you properly pass"
                  + " the result of lu_factor?");
        }
        own[i] = (int) row - 1;
      }
      orders[b] = Lu.order(own, m);
    }
    return permutation(orders, factors);
  }

  private static Tensor[] unpack(
      Tensor factors, Tensor pivots, boolean unpackData, boolean unpackPivots) {
    Matrices.checkMatrix(factors, "torch.lu_unpack", "LU_data");
    Tensor nothing = Tensors.zeros(TensorOptions.of(factors.dtype()).device(factors.device()), 0);
    Tensor[] all = {nothing, nothing.clone(), nothing.clone()};
    if (unpackPivots) {
      all[0] = permutation("torch.lu_unpack", factors, pivots);
    }
    if (unpackData) {
      long k = Math.min(factors.size(-2), factors.size(-1));
      Tensor below = Matrices.strictlyLower(factors.narrow(-1, 0, k));
      all[1] = below.add(ones(factors.size(-2), k, factors));
      all[2] = Matrices.upper(factors.narrow(-2, 0, k));
    }
    return all;
  }

  private static Tensor ones(long rows, long columns, Tensor like) {
    return Tensors.eye(rows, columns, TensorOptions.of(like.dtype()).device(like.device()));
  }

  /** X in {@code A X = B}, {@code Aᵀ X = B}, or with X to the left. */
  private static Tensor solve(
      String name, Tensor factors, Tensor pivots, Tensor b, boolean left, boolean adjoint) {
    Systems.checkTypes(factors, b, name);
    Systems.checkSystem(factors, b, left, name);
    Tensor permutation = permutation(name, factors, pivots);
    if (!left) {
      return Matrices.t(solve(permutation, factors, Matrices.t(b), !adjoint));
    }
    return solve(permutation, factors, b, adjoint);
  }

  private static Tensor solve(Tensor permutation, Tensor factors, Tensor b, boolean adjoint) {
    if (adjoint) {
      Tensor inner = Systems.substitute(Matrices.t(factors), b, false, false);
      return permutation.matmul(Systems.substitute(Matrices.t(factors), inner, true, true));
    }
    Tensor ordered = Matrices.t(permutation).matmul(b);
    return Systems.substitute(
        factors, Systems.substitute(factors, ordered, false, true), true, false);
  }
}
