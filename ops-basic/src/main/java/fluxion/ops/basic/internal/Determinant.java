package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.BinaryFunction;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.UnaryFunction;
import fluxion.ops.basic.internal.linalg.Lu;
import fluxion.ops.basic.internal.linalg.Svd;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Determinants and their derivatives, of which the first two exist for singular matrices, too. */
final class Determinant {
  private Determinant() {}

  /** The determinants of matrices. */
  record Det() implements UnaryFunction {
    @Override
    public String name() {
      return "LinalgDetBackward0";
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
      ctx.saveInput(0);
      int n = Matrices.rows(input);
      double[] values = Matrices.values(input);
      double[] result = new double[Matrices.count(Matrices.batch(input, 2))];
      for (int b = 0; b < result.length; b++) {
        double[] lu = Matrices.one(values, b, n * n);
        result[b] = sign(lu, n);
        for (int i = 0; i < n; i++) {
          result[b] *= lu[i * n + i];
        }
      }
      return Matrices.tensor(result, Matrices.batch(input, 2), input);
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      Tensor cofactors = Functions.apply(new Cofactors(), ctx.input(0));
      return cofactors.mul(gradOutput.unsqueeze(-1).unsqueeze(-1));
    }
  }

  /** Factors a matrix; the sign of the exchanges of rows. */
  private static int sign(double[] matrix, int n) {
    int[] pivots = new int[n];
    Lu.factor(matrix, n, n, pivots);
    int sign = 1;
    for (int k = 0; k < n; k++) {
      sign = pivots[k] == k ? sign : -sign;
    }
    return sign;
  }

  /** The signs of determinants, and the logarithms of their magnitudes. */
  record SignAndLogarithm() implements Function {
    @Override
    public String name() {
      return "LinalgSlogdetBackward0";
    }

    @Override
    public boolean batchesInFront() {
      return true;
    }

    @Override
    public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
      ctx.saveInput(0);
      ctx.markNonDifferentiable(0);
      Tensor input = Objects.requireNonNull(inputs[0]);
      int n = Matrices.rows(input);
      double[] values = Matrices.values(input);
      Shape batch = Matrices.batch(input, 2);
      double[] signs = new double[Matrices.count(batch)];
      double[] logarithms = new double[signs.length];
      for (int b = 0; b < signs.length; b++) {
        double[] lu = Matrices.one(values, b, n * n);
        signs[b] = sign(lu, n);
        for (int i = 0; i < n; i++) {
          signs[b] *= Math.signum(lu[i * n + i]);
          logarithms[b] += Math.log(Math.abs(lu[i * n + i]));
        }
      }
      return new Tensor[] {
        Matrices.tensor(signs, batch, input), Matrices.tensor(logarithms, batch, input)
      };
    }

    @Override
    public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
      Tensor gradOutput = gradOutputs[1];
      if (gradOutput == null) {
        return new @Nullable Tensor[] {null};
      }
      Tensor inverse = Functions.apply(new Inverses.Inverse(false), ctx.input(0));
      return new Tensor[] {Matrices.t(inverse).mul(gradOutput.unsqueeze(-1).unsqueeze(-1))};
    }
  }

  /**
   * A matrix {@code A = det(U) det(V) · U diag(s) Vᵀ}, in which U and V, in columns, have
   * determinants whose product is {@code sign}.
   */
  private static final class Decomposed {
    final int n;
    final double[] left;
    final double[] values;
    final double[] right;
    final int sign;

    Decomposed(double[] matrix, int n) {
      this.n = n;
      this.left = new double[n * n];
      this.values = new double[n];
      this.right = new double[n * n];
      Svd.solve(transposed(matrix), n, n, left, values, right);
      this.sign = orientation(left) * orientation(right);
    }

    private double[] transposed(double[] matrix) {
      double[] result = new double[n * n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          result[j * n + i] = matrix[i * n + j];
        }
      }
      return result;
    }

    private int orientation(double[] orthogonal) {
      double[] lu = orthogonal.clone();
      double det = Determinant.sign(lu, n);
      for (int i = 0; i < n; i++) {
        det *= Math.signum(lu[i * n + i]);
      }
      return det < 0 ? -1 : 1;
    }

    /** The product of all singular values but one or two. */
    double productWithout(int i, int j) {
      double product = 1;
      for (int k = 0; k < n; k++) {
        product *= k == i || k == j ? 1 : values[k];
      }
      return product;
    }

    /** {@code Uᵀ G V}. */
    double[] inner(double[] matrix) {
      double[] half = new double[n * n];
      double[] result = new double[n * n];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
          for (int l = 0; l < n; l++) {
            half[i * n + l] += left[i * n + k] * matrix[k * n + l];
          }
        }
        for (int j = 0; j < n; j++) {
          for (int l = 0; l < n; l++) {
            result[i * n + j] += half[i * n + l] * right[j * n + l];
          }
        }
      }
      return result;
    }

    /** {@code sign · U M Vᵀ}, into a place. */
    void outer(double[] matrix, double[] result, int at) {
      double[] half = new double[n * n];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
          for (int j = 0; j < n; j++) {
            half[k * n + j] += left[i * n + k] * matrix[i * n + j];
          }
        }
      }
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < n; j++) {
          for (int l = 0; l < n; l++) {
            result[at + k * n + l] += sign * half[k * n + j] * right[j * n + l];
          }
        }
      }
    }
  }

  /** The cofactors of matrices: the gradients of their determinants. */
  record Cofactors() implements UnaryFunction {
    @Override
    public String name() {
      return "LinalgDetBackwardBackward0";
    }

    @Override
    public boolean batchesInFront() {
      return true;
    }

    @Override
    public Tensor forward(Context ctx, Tensor input) {
      ctx.saveInput(0);
      int n = Matrices.rows(input);
      double[] values = Matrices.values(input);
      double[] result = new double[values.length];
      for (int at = 0; at < values.length; at += n * n) {
        Decomposed matrix = new Decomposed(Arrays.copyOfRange(values, at, at + n * n), n);
        double[] cofactors = new double[n * n];
        for (int i = 0; i < n; i++) {
          cofactors[i * n + i] = matrix.productWithout(i, i);
        }
        matrix.outer(cofactors, result, at);
      }
      return Matrices.tensor(result, input.shape(), input);
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      return Functions.apply(new CofactorsGradient(), ctx.input(0), gradOutput);
    }
  }

  /**
   * The derivative of the cofactors of a matrix A along G, which is linear in G and its own
   * adjoint. For a diagonal matrix with elements s it has {@code Σⱼ Pᵢⱼ Gⱼⱼ} on the diagonal and
   * {@code −Pᵢⱼ Gⱼᵢ} elsewhere, P being the products of all of s but two.
   */
  record CofactorsGradient() implements BinaryFunction {
    @Override
    public boolean batchesInFront() {
      return true;
    }

    @Override
    public Tensor forward(Context ctx, Tensor left, Tensor right) {
      ctx.saveInput(0);
      ctx.saveInput(1);
      int n = Matrices.rows(left);
      double[] values = Matrices.values(left);
      double[] along = Matrices.values(right);
      double[] result = new double[values.length];
      for (int at = 0; at < values.length; at += n * n) {
        Decomposed matrix = new Decomposed(Arrays.copyOfRange(values, at, at + n * n), n);
        double[] g = matrix.inner(Arrays.copyOfRange(along, at, at + n * n));
        double[] derivative = new double[n * n];
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            if (i != j) {
              double product = matrix.productWithout(i, j);
              derivative[i * n + j] -= product * g[j * n + i];
              derivative[i * n + i] += product * g[j * n + j];
            }
          }
        }
        matrix.outer(derivative, result, at);
      }
      return Matrices.tensor(result, left.shape(), left);
    }

    /** By A only where A is not singular: third derivatives of a determinant. */
    @Override
    public Tensor gradient(Context ctx, int input, Tensor gradOutput) {
      Tensor a = ctx.input(0);
      if (input == 1) {
        return Functions.apply(this, a, gradOutput);
      }
      Tensor g = ctx.input(1);
      Tensor m = Matrices.t(Functions.apply(new Inverses.Inverse(true), a));
      Tensor f = gradOutput;
      Tensor byG = m.matmul(Matrices.t(g)).matmul(m);
      Tensor byF = m.matmul(Matrices.t(f)).matmul(m);
      Tensor both = byG.matmul(Matrices.t(f)).matmul(m);
      Tensor other = m.matmul(Matrices.t(f)).matmul(byG);
      Tensor gm = inner(g, m);
      Tensor fm = inner(f, m);
      Tensor sum =
          m.mul(gm.mul(fm).sub(inner(f, byG)))
              .sub(byG.mul(fm))
              .sub(byF.mul(gm))
              .add(both)
              .add(other);
      return sum.mul(Functions.apply(new Det(), a).unsqueeze(-1).unsqueeze(-1));
    }

    private static Tensor inner(Tensor x, Tensor y) {
      return Reductions.sum(x.mul(y), new int[] {-2, -1}, true, null);
    }
  }
}
