package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.ops.basic.LinalgCall;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Linear systems and inverses as operators. */
final class Systems {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("inverse")) {
        t.add(inverse("inverse"));
      }
      if (t.has("linalg_inv")) {
        t.add(inverse("linalg_inv"));
      }
      if (t.has("linalg_solve")) {
        t.add(
            named("linalg_solve")
                .overload(
                    "(Tensor self, Tensor B, *, bool left=True)",
                    LinalgCall.SwitchedPair.class,
                    Systems::solve)
                .samples(
                    s ->
                        List.of(
                            sample(regular(s, 3, 3), s.tensor(3)),
                            sample(regular(s, 2, 2), s.tensor(3, 2, 2)),
                            sample(regular(s, 2, 3, 3), s.tensor(2, 3)),
                            sample(regular(s, 2, 1, 2, 2), s.tensor(3, 2, 1)))));
      }
      if (t.has("linalg_solve_triangular")) {
        t.add(
            named("linalg_solve_triangular")
                .overload(
                    "(Tensor self, Tensor B, bool upper, bool left=True,"
                        + " bool unitriangular=False)",
                    LinalgCall.SolveTriangular.class,
                    Systems::solveTriangular)
                .samples(
                    s ->
                        List.of(
                            sample(regular(s, 3, 3), s.tensor(3, 2), true),
                            sample(regular(s, 3, 2, 2), s.tensor(1, 3, 2), false, false),
                            sample(regular(s, 3, 3), s.tensor(3, 1), true, true, true))));
      }
      if (t.has("triangular_solve")) {
        t.add(
            named("triangular_solve")
                .overload(
                    "(Tensor self, Tensor A, bool upper=True, bool transpose=False,"
                        + " bool unitriangular=False)",
                    LinalgCall.TriangularSolve.class,
                    Systems::triangularSolve)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3, 2), regular(s, 3, 3)),
                            sample(s.tensor(2, 2), regular(s, 2, 2), false, true),
                            sample(s.tensor(2, 1), regular(s, 3, 2, 2), true, false, true))));
      }
      if (t.has("linalg_tensorinv")) {
        t.add(
            named("linalg_tensorinv")
                .overload(
                    "(Tensor self, int ind=2)", LinalgCall.Power.class, Systems::tensorInverse)
                .samples(
                    s ->
                        List.of(
                            sample(regular(s, 6, 6).view(6, 2, 3), 1),
                            sample(regular(s, 4, 4).view(2, 2, 4)))));
      }
      if (t.has("linalg_tensorsolve")) {
        t.add(
            named("linalg_tensorsolve")
                .overload(
                    "(Tensor self, Tensor other, int[]? dims=None)",
                    LinalgCall.TensorSolve.class,
                    Systems::tensorSolve)
                .samples(
                    s ->
                        List.of(
                            sample(regular(s, 6, 6).view(2, 3, 6), s.tensor(2, 3)),
                            sample(regular(s, 6, 6).view(6, 2, 3), s.tensor(2, 3), List.of(0L)))));
      }
      if (t.has("cholesky_solve")) {
        t.add(
            named("cholesky_solve")
                .overload(
                    "(Tensor self, Tensor input2, bool upper=False)",
                    LinalgCall.SwitchedPair.class,
                    Systems::choleskySolve)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3, 2), regular(s, 3, 3)),
                            sample(s.tensor(2, 1), regular(s, 3, 2, 2), true))));
      }
      if (t.has("cholesky_inverse")) {
        t.add(
            named("cholesky_inverse")
                .overload(
                    "(Tensor self, bool upper=False)",
                    LinalgCall.Switched.class,
                    Systems::choleskyInverse)
                .samples(
                    s -> List.of(sample(regular(s, 3, 3)), sample(regular(s, 3, 2, 2), true))));
      }
    }
  }

  private Systems() {}

  /** Matrices far from singular: what is random is smaller than the diagonal. */
  static Tensor regular(SampleSource s, long... size) {
    Tensor random = s.uniform(-0.4, 0.4, size);
    Tensor shifted = random.detach().add(Matrices.identity(size[size.length - 1], random).mul(1.5));
    return shifted.requiresGrad_();
  }

  private static Operator inverse(String name) {
    return named(name)
        .overload("(Tensor self)", Call.Unary.class, Systems::inverse)
        .samples(
            s ->
                List.of(
                    sample(regular(s, 3, 3)),
                    sample(regular(s, 3, 2, 2)),
                    sample(s.tensor(0, 2, 2)),
                    sample(s.tensor(0, 0))));
  }

  static Tensor inverse(Tensor self) {
    Matrices.checkFloatSquare(self, "linalg.inv");
    return Functions.apply(new Inverses.Inverse(true), self);
  }

  // ---- systems

  static void checkTypes(Tensor a, Tensor b, String operator) {
    Matrices.checkFloat(a, operator);
    if (a.dtype() != b.dtype()) {
      throw new DTypeException(
          operator
              + ": Expected A and B to have the same dtype, but found A of type "
              + a.dtype().typeName()
              + " and B of type "
              + b.dtype().typeName()
              + " instead");
    }
  }

  static void checkSystem(Tensor a, Tensor b, boolean left, String operator) {
    Matrices.checkSquare(a, operator, "A");
    Matrices.checkMatrix(b, operator, "B");
    if (a.size(-1) != b.size(left ? -2 : -1)) {
      throw new ShapeException(
          operator
              + ": Incompatible shapes of A and B for the equation "
              + (left ? "AX = B" : "XA = B")
              + " ("
              + a.size(-2)
              + "x"
              + a.size(-1)
              + " and "
              + b.size(-2)
              + "x"
              + b.size(-1)
              + ")");
    }
    Shape.broadcast(Matrices.batch(a, 2), Matrices.batch(b, 2));
  }

  static Tensor solve(Tensor a, Tensor b, boolean left) {
    String name = "linalg.solve";
    Matrices.checkMatrix(a, name, "A");
    checkTypes(a, b, name);
    long[] vectors = Arrays.copyOf(a.shape().toArray(), a.dim() - 1);
    boolean vector = b.dim() == 1 || Arrays.equals(b.shape().toArray(), vectors);
    Tensor sides = vector ? b.unsqueeze(-1) : b;
    checkSystem(a, sides, left || vector, name);
    if (vector && !left) {
      throw new ShapeException(
          name + ": Vector broadcasting of the left hand side is not supported for left=False");
    }
    if (!left) {
      return Matrices.t(Functions.apply(new Inverses.Solve(), Matrices.t(a), Matrices.t(sides)));
    }
    Tensor solution = Functions.apply(new Inverses.Solve(), a, sides);
    return vector ? solution.squeeze(-1) : solution;
  }

  static Tensor solveTriangular(
      Tensor a, Tensor b, boolean upper, boolean left, boolean unitriangular) {
    String name = "linalg.solve_triangular";
    checkTypes(a, b, name);
    checkSystem(a, b, left, name);
    return left ? substitute(a, b, upper, unitriangular) : fromRight(a, b, upper, unitriangular);
  }

  /** X in {@code T X = B}. */
  static Tensor substitute(Tensor a, Tensor b, boolean upper, boolean unitriangular) {
    return Functions.apply(new Inverses.SolveTriangular(upper, unitriangular), a, b);
  }

  /** X in {@code X T = B}. */
  static Tensor fromRight(Tensor a, Tensor b, boolean upper, boolean unitriangular) {
    return Matrices.t(substitute(Matrices.t(a), Matrices.t(b), !upper, unitriangular));
  }

  private static Tensor[] triangularSolve(
      Tensor self, Tensor a, boolean upper, boolean transpose, boolean unitriangular) {
    String name = "triangular_solve";
    checkTypes(a, self, name);
    checkSystem(a, self, true, name);
    Tensor matrix = transpose ? Matrices.t(a) : a;
    return new Tensor[] {substitute(matrix, self, upper != transpose, unitriangular), a.clone()};
  }

  private static Tensor choleskySolve(Tensor self, Tensor factor, boolean upper) {
    String name = "cholesky_solve";
    checkTypes(factor, self, name);
    checkSystem(factor, self, true, name);
    Tensor lower = upper ? Matrices.t(factor) : factor;
    return substitute(Matrices.t(lower), substitute(lower, self, false, false), true, false);
  }

  private static Tensor choleskyInverse(Tensor self, boolean upper) {
    Matrices.checkFloatSquare(self, "cholesky_inverse");
    return choleskySolve(Matrices.identity(self.size(-1), self), self, upper);
  }

  /** The inverse of what a tensor does to others: its first dimensions are the rows. */
  private static Tensor tensorInverse(Tensor self, long ind) {
    if (ind <= 0) {
      throw new ArgumentException("Expected a strictly positive integer for 'ind'");
    }
    long[] sizes = self.shape().toArray();
    int first = (int) Math.min(ind, sizes.length);
    long rows = Shape.of(Arrays.copyOf(sizes, first)).numel();
    long[] ending = Arrays.copyOfRange(sizes, first, sizes.length);
    long columns = Shape.of(ending).numel();
    if (rows != columns) {
      throw new ShapeException(
          "Expected self to satisfy the requirement prod(self.shape[ind:]) =="
              + " prod(self.shape[:ind]), but got "
              + columns
              + " != "
              + rows);
    }
    long[] result = Arrays.copyOf(ending, sizes.length);
    System.arraycopy(sizes, 0, result, ending.length, first);
    return inverse(self.reshape(columns, rows)).reshape(result);
  }

  private static Tensor tensorSolve(Tensor self, Tensor other, int @Nullable [] dims) {
    Tensor a = self;
    if (dims != null) {
      int[] last = new int[dims.length];
      for (int i = 0; i < last.length; i++) {
        last[i] = self.dim() - dims.length + i;
      }
      a = Shapes.moveDims(self, dims, last);
    }
    long[] sizes = a.shape().toArray();
    long[] result = Arrays.copyOfRange(sizes, Math.min(other.dim(), sizes.length), sizes.length);
    long unknowns = Shape.of(result).numel();
    if (unknowns != other.numel()) {
      throw new ShapeException(
          "Expected self to satisfy the requirement prod(self.shape[other.ndim:]) =="
              + " prod(self.shape[:other.ndim]), but got "
              + unknowns
              + " != "
              + other.numel());
    }
    return solve(a.reshape(unknowns, unknowns), other.reshape(unknowns), true).reshape(result);
  }
}
