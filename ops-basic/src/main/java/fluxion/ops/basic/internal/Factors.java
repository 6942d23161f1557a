package fluxion.ops.basic.internal;

import fluxion.api.ArgumentException;
import fluxion.api.AutogradException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.UnaryFunction;
import fluxion.ops.basic.internal.linalg.Cholesky;
import fluxion.ops.basic.internal.linalg.Lu;
import fluxion.ops.basic.internal.linalg.Qr;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Factors of matrices, one of which is triangular, with the gradients of PyTorch, which are in
 * closed form and made of products and triangular solutions.
 */
final class Factors {
  private Factors() {}

  /**
   * The lower Cholesky factor of symmetric matrices, of which one triangle is read. The gradient is
   * the symmetric one, as in PyTorch.
   *
   * @param upper which triangle
   */
  record CholeskyFactor(boolean upper) implements UnaryFunction {
    private static final String NAME = "linalg.cholesky";

    @Override
    public String name() {
      return "LinalgCholeskyExBackward0";
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
      double[] values = Matrices.values(input);
      double[] result = new double[values.length];
      for (int b = 0; n > 0 && b < values.length / (n * n); b++) {
        double[] matrix = symmetric(Matrices.one(values, b, n * n), n, upper);
        int order = Cholesky.factor(matrix, n);
        if (order > 0) {
          throw Matrices.failure(
              NAME,
              input,
              b,
              "The factorization could not be completed because the input is not"
                  + " positive-definite (the leading minor of order "
                  + order
                  + " is not positive-definite).");
        }
        System.arraycopy(matrix, 0, result, b * n * n, n * n);
      }
      return Matrices.tensor(result, input.shape(), input);
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      Tensor factor = ctx.output(0);
      Tensor product = Matrices.t(factor).matmul(gradOutput);
      Tensor symmetric =
          Matrices.lower(product).add(Matrices.t(Matrices.strictlyLower(product))).mul(0.5);
      Tensor left = Systems.substitute(Matrices.t(factor), symmetric, true, false);
      return Systems.fromRight(factor, left, false, false);
    }
  }

  /** A symmetric matrix of one of its triangles, in place. */
  static double[] symmetric(double[] matrix, int n, boolean upper) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        if (upper) {
          matrix[i * n + j] = matrix[j * n + i];
        } else {
          matrix[j * n + i] = matrix[i * n + j];
        }
      }
    }
    return matrix;
  }

  /**
   * Q and R.
   *
   * @param mode {@code reduced}, {@code complete} or {@code r}, for which Q is empty
   */
  record QrFactors(String mode) implements Function {
    @Override
    public String name() {
      return "LinalgQrBackward0";
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
      int m = Matrices.rows(input);
      int n = Matrices.columns(input);
      int k = mode.equals("complete") ? m : Math.min(m, n);
      int count = Matrices.count(Matrices.batch(input, 2));
      double[] values = Matrices.values(input);
      double[] q = new double[mode.equals("r") ? 0 : count * m * k];
      double[] r = new double[count * k * n];
      for (int b = 0; b < count; b++) {
        double[] a = Matrices.one(values, b, m * n);
        double[] taus = Qr.factor(a, m, n);
        for (int i = 0; i < Math.min(k, n); i++) {
          System.arraycopy(a, i * n + i, r, (b * k + i) * n + i, n - i);
        }
        if (q.length > 0) {
          System.arraycopy(Qr.orthogonal(a, taus, m, n, k), 0, q, b * m * k, m * k);
        }
      }
      Shape batch = Matrices.batch(input, 2);
      Shape shapeQ = mode.equals("r") ? Shape.of(0) : Matrices.with(batch, m, k);
      return new Tensor[] {
        Matrices.tensor(q, shapeQ, input), Matrices.tensor(r, Matrices.with(batch, k, n), input)
      };
    }

    @Override
    public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
      long m = ctx.inputSpec(0).shape().size(-2);
      long n = ctx.inputSpec(0).shape().size(-1);
      if (mode.equals("r")) {
        throw new AutogradException(
            "The derivative of linalg.qr depends on Q, which is not computed when mode='r'. Please"
                + " use linalg.qr(A, mode='reduced') if you are going to require gradients through"
                + " R.");
      }
      if (mode.equals("complete") && m > n) {
        throw new AutogradException(
            "The QR decomposition is not differentiable when mode='complete' and nrows > ncols."
                + " Please use linalg.qr(A, mode='reduced') if you are going to require gradients"
                + " through Q.");
      }
      Tensor q = ctx.output(0);
      Tensor r = ctx.output(1);
      Tensor gradQ = gradOutputs[0];
      Tensor gradR = gradOutputs[1];
      Tensor inner = gradR == null ? null : gradR.matmul(Matrices.t(r));
      if (gradQ != null) {
        Tensor product = Matrices.t(q).matmul(gradQ);
        inner = inner == null ? product.neg() : inner.sub(product);
      }
      Tensor middle = Objects.requireNonNull(inner);
      Tensor gradient = m >= n ? tall(q, r, gradQ, middle) : wide(q, r, gradR, middle);
      return new Tensor[] {gradient};
    }

    private static Tensor tall(Tensor q, Tensor r, @Nullable Tensor gradQ, Tensor middle) {
      Tensor symmetric = Matrices.upper(middle).add(Matrices.t(Matrices.strictlyUpper(middle)));
      Tensor outer = q.matmul(symmetric);
      Tensor sum = gradQ == null ? outer : outer.add(gradQ);
      return Systems.fromRight(Matrices.t(r), sum, false, false);
    }

    /** The leading square of R makes Q; the columns behind it follow. */
    private static Tensor wide(Tensor q, Tensor r, @Nullable Tensor gradR, Tensor middle) {
      Tensor skew = Matrices.strictlyLower(Matrices.t(middle).sub(middle));
      Tensor square = r.narrow(-1, 0, r.size(-2));
      Tensor left = Systems.fromRight(Matrices.t(square), q.matmul(skew), false, false);
      Tensor rest = r.narrow(-1, r.size(-2), r.size(-1) - r.size(-2));
      Tensor padded = Joins.cat(new Tensor[] {left, Tensors.zerosLike(rest)}, -1);
      return gradR == null ? padded : padded.add(q.matmul(gradR));
    }
  }

  /** The row exchanges of an LU factorisation: which row of each matrix goes where. */
  static int[][] orders(Tensor input, int[][] pivots) {
    int m = Matrices.rows(input);
    int n = Matrices.columns(input);
    int[][] orders = new int[pivots.length][];
    double[] values = Matrices.values(input);
    for (int b = 0; b < orders.length; b++) {
      Lu.factor(Matrices.one(values, b, m * n), m, n, pivots[b]);
      orders[b] = Lu.order(pivots[b], m);
    }
    return orders;
  }

  /** L and U of square matrices whose rows are in the order of their pivots. */
  record LuFactors() implements Function {
    @Override
    public String name() {
      return "LinalgLuBackward0";
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
      double[] values = Matrices.values(input);
      for (int b = 0; n > 0 && b < values.length / (n * n); b++) {
        double[] lu = Matrices.one(values, b, n * n);
        Lu.factorInOrder(lu, n);
        System.arraycopy(lu, 0, values, b * n * n, n * n);
      }
      Tensor both = Matrices.tensor(values, input.shape(), input);
      return new Tensor[] {Matrices.withDiagonal(Matrices.lower(both), 1), Matrices.upper(both)};
    }

    @Override
    public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
      Tensor l = ctx.output(0);
      Tensor u = ctx.output(1);
      Tensor inner = null;
      if (gradOutputs[0] != null) {
        inner = Matrices.strictlyLower(Matrices.t(l).matmul(gradOutputs[0]));
      }
      if (gradOutputs[1] != null) {
        Tensor upper = Matrices.upper(gradOutputs[1].matmul(Matrices.t(u)));
        inner = inner == null ? upper : inner.add(upper);
      }
      Tensor left = Systems.substitute(Matrices.t(l), Objects.requireNonNull(inner), true, true);
      return new Tensor[] {Systems.fromRight(Matrices.t(u), left, false, false)};
    }
  }

  static ArgumentException unknownMode(String mode) {
    return new ArgumentException(
        "qr received unrecognized mode '"
            + mode
            + "' but expected one of 'reduced' (default), 'r', or 'complete'");
  }
}
