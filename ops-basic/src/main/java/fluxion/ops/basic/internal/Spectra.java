package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.UnaryFunction;
import fluxion.ops.basic.internal.linalg.Svd;
import fluxion.ops.basic.internal.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvalues and singular values with their vectors. Gradients of vectors exist where the values
 * are distinct, as in PyTorch.
 */
final class Spectra {
  private Spectra() {}

  /**
   * Eigenvalues, in ascending order, and eigenvectors of symmetric matrices, of which one triangle
   * is read. The gradient is the symmetric one, as in PyTorch.
   *
   * @param upper which triangle
   */
  record SymmetricEigenvalues(boolean upper) implements Function {
    @Override
    public String name() {
      return "LinalgEighBackward0";
    }

    @Override
    public boolean batchesInFront() {
      return true;
    }

    @Override
    public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
      ctx.saveOutput(0);
      ctx.saveOutput(1);
      Tensor input = Objects.requireNonNull(inputs[0]);
      int n = Matrices.rows(input);
      Shape batch = Matrices.batch(input, 2);
      int count = Matrices.count(batch);
      double[] given = Matrices.values(input);
      double[] values = new double[count * n];
      double[] vectors = new double[given.length];
      double[] one = new double[n];
      double[] own = new double[n * n];
      for (int b = 0; b < count; b++) {
        double[] matrix = Factors.symmetric(Matrices.one(given, b, n * n), n, upper);
        SymmetricEigen.solve(matrix, n, one, own);
        System.arraycopy(one, 0, values, b * n, n);
        System.arraycopy(own, 0, vectors, b * n * n, n * n);
      }
      return new Tensor[] {
        Matrices.tensor(values, Matrices.with(batch, n), input),
        Matrices.tensor(vectors, input.shape(), input)
      };
    }

    @Override
    public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
      Tensor values = ctx.output(0);
      Tensor vectors = ctx.output(1);
      Tensor inner = gradOutputs[0] == null ? null : Matrices.diagonal(gradOutputs[0]);
      if (gradOutputs[1] != null) {
        Tensor skew = skew(Matrices.t(vectors).matmul(gradOutputs[1])).mul(0.5);
        Tensor gaps = values.unsqueeze(-2).sub(values.unsqueeze(-1));
        Tensor turned = skew.div(Matrices.withDiagonal(gaps, 1));
        inner = inner == null ? turned : inner.add(turned);
      }
      return new Tensor[] {
        vectors.matmul(Objects.requireNonNull(inner)).matmul(Matrices.t(vectors))
      };
    }
  }

  private static Tensor skew(Tensor tensor) {
    return tensor.sub(Matrices.t(tensor));
  }

  /**
   * U, the singular values in descending order, and Vᵀ.
   *
   * @param full whether U and V are square, beyond the vectors that belong to values
   */
  record SingularValues(boolean full) implements Function {
    @Override
    public String name() {
      return "LinalgSvdBackward0";
    }

    @Override
    public boolean batchesInFront() {
      return true;
    }

    @Override
    public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
      ctx.saveOutput(0);
      ctx.saveOutput(1);
      ctx.saveOutput(2);
      Tensor input = Objects.requireNonNull(inputs[0]);
      int m = Matrices.rows(input);
      int n = Matrices.columns(input);
      boolean tall = m >= n;
      int most = Math.max(m, n);
      int k = Math.min(m, n);
      int all = full ? most : k;
      Shape batch = Matrices.batch(input, 2);
      int count = Matrices.count(batch);
      // The longer vectors are the columns of a tall matrix, and the rows of another.
      double[] given = Matrices.values(tall ? Matrices.t(input) : input);
      double[] longer = new double[count * all * most];
      double[] values = new double[count * k];
      double[] shorter = new double[count * k * k];
      double[] left = new double[all * most];
      double[] one = new double[k];
      double[] right = new double[k * k];
      for (int b = 0; b < count; b++) {
        Svd.solve(Matrices.one(given, b, m * n), most, k, left, one, right);
        System.arraycopy(left, 0, longer, b * left.length, left.length);
        System.arraycopy(one, 0, values, b * k, k);
        System.arraycopy(right, 0, shorter, b * right.length, right.length);
      }
      Tensor rows = Matrices.tensor(longer, Matrices.with(batch, all, most), input);
      Tensor square = Matrices.tensor(shorter, Matrices.with(batch, k, k), input);
      Tensor s = Matrices.tensor(values, Matrices.with(batch, k), input);
      Tensor u = Matrices.t(tall ? rows : square).contiguous();
      return new Tensor[] {u, s, tall ? square : rows};
    }

    @Override
    public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
      Tensor s = ctx.output(1);
      long k = s.size(-1);
      Tensor u = ctx.output(0).narrow(-1, 0, k);
      Tensor vt = ctx.output(2).narrow(-2, 0, k);
      Tensor gradU = gradOutputs[0] == null ? null : gradOutputs[0].narrow(-1, 0, k);
      Tensor gradV = gradOutputs[2] == null ? null : gradOutputs[2].narrow(-2, 0, k);
      Tensor ut = Matrices.t(u);
      Tensor v = Matrices.t(vt);
      Tensor row = s.unsqueeze(-2);
      Tensor column = s.unsqueeze(-1);
      Tensor gaps = Matrices.withDiagonal(row.sub(column).mul(row.add(column)), 1);
      Tensor inner = null;
      if (gradOutputs[1] != null) {
        inner = Matrices.diagonal(gradOutputs[1]);
      }
      if (gradU != null) {
        inner = plus(inner, skew(ut.matmul(gradU)).div(gaps).mul(row));
      }
      if (gradV != null) {
        inner = plus(inner, column.mul(skew(vt.matmul(Matrices.t(gradV))).div(gaps)));
      }
      Tensor gradient = u.matmul(Objects.requireNonNull(inner)).matmul(vt);
      // What leads out of the span of the vectors.
      if (gradU != null && u.size(-2) > k) {
        Tensor scaled = gradU.div(row);
        gradient = gradient.add(scaled.sub(u.matmul(ut.matmul(scaled))).matmul(vt));
      }
      if (gradV != null && v.size(-2) > k) {
        Tensor scaled = gradV.div(column);
        gradient = gradient.add(u.matmul(scaled.sub(scaled.matmul(v).matmul(vt))));
      }
      return new Tensor[] {gradient};
    }

    private static Tensor plus(@Nullable Tensor sum, Tensor summand) {
      return sum == null ? summand : sum.add(summand);
    }
  }

  /**
   * Pseudoinverses, where the rank does not change: G. H. Golub and V. Pereyra, "The
   * differentiation of pseudo-inverses and nonlinear least squares problems whose variables
   * separate", 1973.
   *
   * @param atol the absolute tolerance
   * @param rtol the tolerance relative to the largest singular value
   */
  record Pseudoinverse(double atol, double rtol) implements UnaryFunction {
    @Override
    public String name() {
      return "LinalgPinvBackward0";
    }

    @Override
    public boolean batchesInFront() {
      return true;
    }

    @Override
    public Tensor forward(Context ctx, Tensor input) {
      ctx.saveInput(0);
      ctx.saveOutput(0);
      int m = Matrices.rows(input);
      int n = Matrices.columns(input);
      boolean tall = m >= n;
      int most = Math.max(m, n);
      int k = Math.min(m, n);
      double[] given = Matrices.values(tall ? Matrices.t(input) : input);
      double[] result = new double[given.length];
      double[] left = new double[k * most];
      double[] values = new double[k];
      double[] right = new double[k * k];
      for (int at = 0; at < given.length; at += m * n) {
        double[] matrix = Arrays.copyOfRange(given, at, at + m * n);
        Svd.solve(matrix, most, k, left, values, right);
        double least = Math.max(atol, rtol * values[0]);
        for (int j = 0; j < k && values[j] > least; j++) {
          for (int p = 0; p < k; p++) {
            double factor = right[j * k + p] / values[j];
            for (int q = 0; q < most; q++) {
              result[at + p * most + q] += factor * left[j * most + q];
            }
          }
        }
      }
      Tensor inverse =
          Matrices.tensor(result, Matrices.with(Matrices.batch(input, 2), k, most), input);
      return tall ? inverse : Matrices.t(inverse).contiguous();
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      Tensor a = ctx.input(0);
      Tensor p = ctx.output(0);
      Tensor pt = Matrices.t(p);
      Tensor gt = Matrices.t(gradOutput);
      if (a.size(-2) <= a.size(-1)) {
        Tensor k = gt.matmul(p);
        Tensor kp = k.matmul(pt);
        return kp.sub(Matrices.t(p.matmul(k)))
            .sub(a.matmul(p).matmul(kp))
            .add(pt.matmul(p).matmul(gt.sub(k.matmul(a))));
      }
      Tensor k = p.matmul(gt);
      Tensor pk = pt.matmul(k);
      return pk.sub(Matrices.t(k.matmul(p)))
          .add(gt.sub(a.matmul(k)).matmul(p).matmul(pt))
          .sub(pk.matmul(p).matmul(a));
    }
  }
}
