package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.UnaryFunction;
import fluxion.ops.basic.internal.linalg.Lu;
import fluxion.ops.basic.internal.linalg.Triangular;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Inverses and solutions of linear systems. Gradients are those of M. Giles, "An extended
 * collection of matrix derivative results for forward and reverse mode algorithmic
 * differentiation", 2008.
 */
final class Inverses {
  private Inverses() {}

  /**
   * The inverses of matrices.
   *
   * @param checked whether a singular matrix is refused; its inverse is not finite otherwise
   */
  record Inverse(boolean checked) implements UnaryFunction {
    private static final String NAME = "linalg.inv";

    @Override
    public String name() {
      return "LinalgInvExBackward0";
    }

    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public boolean batchesInFront() {
      return true;
    }

    @Override
    public Tensor forward(Context ctx, Tensor input) {
      ctx.saveOutput(0);
      int n = Matrices.rows(input);
      int size = n * n;
      double[] values = Matrices.values(input);
      double[] result = new double[values.length];
      for (int b = 0; size > 0 && b < values.length / size; b++) {
        double[] lu = Matrices.one(values, b, size);
        int[] pivots = new int[n];
        int singular = Lu.factor(lu, n, n, pivots);
        if (singular > 0 && checked) {
          throw Matrices.failure(
              NAME,
              input,
              b,
              "The diagonal element "
                  + singular
                  + " is zero, the inversion could not be completed because the input matrix is"
                  + " singular.");
        }
        double[] inverse = new double[size];
        for (int i = 0; i < n; i++) {
          inverse[i * n + i] = 1;
        }
        Lu.solve(lu, pivots, n, inverse, n);
        System.arraycopy(inverse, 0, result, b * size, size);
      }
      return Matrices.tensor(result, input.shape(), input);
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      Tensor transposed = Matrices.t(ctx.output(0));
      return transposed.matmul(gradOutput).matmul(transposed).neg();
    }
  }

  /** How one matrix of a system is prepared and its right-hand sides replaced by solutions. */
  private interface Solver {
    void solve(int matrix, double[] sides);
  }

  /** The solutions for matrices and right-hand sides whose batches broadcast. */
  private static Tensor solutions(Tensor a, Tensor b, Solver solver) {
    Shape batchA = Matrices.batch(a, 2);
    Shape batchB = Matrices.batch(b, 2);
    Shape batch = Shape.broadcast(batchA, batchB);
    int[] matrices = Matrices.places(batch, batchA);
    int[] sides = Matrices.places(batch, batchB);
    int size = Matrices.rows(b) * Matrices.columns(b);
    double[] values = Matrices.values(b);
    double[] result = new double[matrices.length * size];
    for (int i = 0; i < matrices.length; i++) {
      double[] side = Matrices.one(values, sides[i], size);
      solver.solve(matrices[i], side);
      System.arraycopy(side, 0, result, i * size, size);
    }
    return Matrices.tensor(result, Matrices.with(batch, b.size(-2), b.size(-1)), b);
  }

  /** The solution X of {@code A X = B}; inputs are A and B. */
  record Solve() implements Function {
    private static final String NAME = "linalg.solve";

    @Override
    public String name() {
      return "LinalgSolveExBackward0";
    }

    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public boolean batchesInFront() {
      return true;
    }

    @Override
    public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
      ctx.saveInput(0);
      ctx.saveOutput(0);
      Tensor a = Objects.requireNonNull(inputs[0]);
      Tensor b = Objects.requireNonNull(inputs[1]);
      int n = Matrices.rows(a);
      int columns = Matrices.columns(b);
      double[] values = Matrices.values(a);
      int count = Matrices.count(Matrices.batch(a, 2));
      double[][] factors = new double[count][];
      int[][] pivots = new int[count][n];
      for (int i = 0; i < count; i++) {
        factors[i] = Matrices.one(values, i, n * n);
        if (Lu.factor(factors[i], n, n, pivots[i]) > 0) {
          throw Matrices.failure(
              NAME, a, i, "The solver failed because the input matrix is singular.");
        }
      }
      return new Tensor[] {
        solutions(a, b, (i, sides) -> Lu.solve(factors[i], pivots[i], n, sides, columns))
      };
    }

    @Override
    public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
      Tensor gradB = Functions.apply(this, Matrices.t(ctx.input(0)), gradOutputs[0]);
      Tensor gradA = ctx.needsGradient(0) ? gradB.matmul(Matrices.t(ctx.output(0))).neg() : null;
      return new @Nullable Tensor[] {gradA, gradB};
    }
  }

  /**
   * The solution X of {@code T X = B}; inputs are T, of which one triangle is read, and B.
   *
   * @param upper whether that is the upper one
   * @param unit whether its diagonal counts as 1
   */
  record SolveTriangular(boolean upper, boolean unit) implements Function {
    @Override
    public String name() {
      return "LinalgSolveTriangularBackward0";
    }

    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public boolean batchesInFront() {
      return true;
    }

    @Override
    public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
      ctx.saveInput(0);
      ctx.saveOutput(0);
      Tensor a = Objects.requireNonNull(inputs[0]);
      Tensor b = Objects.requireNonNull(inputs[1]);
      int n = Matrices.rows(a);
      int columns = Matrices.columns(b);
      double[] values = Matrices.values(a);
      return new Tensor[] {
        solutions(
            a,
            b,
            (i, sides) ->
                Triangular.solve(Matrices.one(values, i, n * n), n, upper, unit, sides, columns))
      };
    }

    @Override
    public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
      Tensor transposed = Matrices.t(ctx.input(0));
      Tensor gradB = Functions.apply(new SolveTriangular(!upper, unit), transposed, gradOutputs[0]);
      Tensor gradA = null;
      if (ctx.needsGradient(0)) {
        Tensor full = gradB.matmul(Matrices.t(ctx.output(0))).neg();
        if (unit) {
          gradA = upper ? Matrices.strictlyUpper(full) : Matrices.strictlyLower(full);
        } else {
          gradA = upper ? Matrices.upper(full) : Matrices.lower(full);
        }
      }
      return new @Nullable Tensor[] {gradA, gradB};
    }
  }
}
