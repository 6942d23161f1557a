package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Operator;
import fluxion.ops.basic.LinalgCall;
import java.util.List;
import java.util.Objects;

/** Powers and exponentials of matrices, and products of many. */
final class MatrixPowers {
  /**
   * The coefficients of the diagonal Padé approximant of degree 13: N. J. Higham, "The scaling and
   * squaring method for the matrix exponential revisited", 2005, section 2.
   */
  private static final double[] PADE = {
    64764752532480000.0,
    32382376266240000.0,
    7771770303897600.0,
    1187353796428800.0,
    129060195264000.0,
    10559470521600.0,
    670442572800.0,
    33522128640.0,
    1323241920.0,
    40840800.0,
    960960.0,
    16380.0,
    182.0,
    1.0
  };

  /** Up to this 1-norm the approximant is exact to float64: θ₁₃ there. */
  private static final double THETA = 5.37;

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("matrix_power")) {
        t.add(power("matrix_power"));
      }
      if (t.has("linalg_matrix_power")) {
        t.add(power("linalg_matrix_power"));
      }
      if (t.has("matrix_exp")) {
        t.add(exponential("matrix_exp"));
      }
      if (t.has("linalg_matrix_exp")) {
        t.add(exponential("linalg_matrix_exp"));
      }
      if (t.has("chain_matmul")) {
        t.add(chain("chain_matmul", "(Tensor[] matrices)"));
      }
      if (t.has("linalg_multi_dot")) {
        t.add(chain("linalg_multi_dot", "(Tensor[] tensors)"));
      }
    }
  }

  private MatrixPowers() {}

  private static Operator power(String name) {
    return named(name)
        .overload("(Tensor self, int n)", LinalgCall.Power.class, MatrixPowers::power)
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 2), 3),
                    sample(s.tensor(2, 2), 5),
                    sample(Systems.regular(s, 3, 2, 2), -2)));
  }

  private static Operator exponential(String name) {
    return named(name)
        .overload("(Tensor self)", Call.Unary.class, MatrixPowers::exponential)
        .samples(s -> List.of(sample(s.tensor(2, 2)), sample(s.tensor(3, 2, 2))));
  }

  private static Operator chain(String name, String signature) {
    return named(name)
        .overload(signature, LinalgCall.Chain.class, MatrixPowers::chain)
        .samples(
            s ->
                List.of(
                    sample(List.of(s.tensor(2, 3), s.tensor(3, 2))),
                    sample(List.of(s.tensor(2, 3), s.tensor(3, 4), s.tensor(4, 1)))));
  }

  /** By repeated squaring. */
  static Tensor power(Tensor self, long n) {
    Matrices.checkSquare(self, "linalg.matrix_power", "A");
    if (n == 0) {
      long[] sizes = self.shape().toArray();
      return Matrices.identity(self.size(-1), self).expand(sizes).clone();
    }
    if (n == Long.MIN_VALUE) {
      throw new ArgumentException("linalg.matrix_power: the exponent " + n + " is out of range");
    }
    DType dtype = self.dtype();
    Tensor square = Matrices.wide(n < 0 ? Systems.inverse(self) : self);
    Tensor result = null;
    for (long rest = Math.abs(n); rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result = result == null ? square : result.matmul(square);
      }
      if (rest > 1) {
        square = square.matmul(square);
      }
    }
    Tensor power = Objects.requireNonNull(result);
    return Math.abs(n) == 1 && power == self ? self.clone() : power.to(dtype);
  }

  /** Scaled by a power of 2, approximated, and squared as often. */
  static Tensor exponential(Tensor self) {
    Matrices.checkFloatSquare(self, "linalg.matrix_exp");
    if (self.numel() == 0) {
      return self.clone();
    }
    double norm = largestNorm(self);
    int squarings = norm > THETA ? Math.max(0, Math.getExponent(norm / THETA) + 1) : 0;
    // Beyond this all is overflow, of which no number of squarings makes anything else.
    Tensor a = self.mul(Math.scalb(1.0, -Math.min(squarings, 1000)));
    Tensor identity = Matrices.identity(self.size(-1), self);
    Tensor a2 = a.matmul(a);
    Tensor a4 = a2.matmul(a2);
    Tensor a6 = a4.matmul(a2);
    Tensor odd =
        a.matmul(
            a6.matmul(sum(identity, a2, a4, a6, 0, PADE[9], PADE[11], PADE[13]))
                .add(sum(identity, a2, a4, a6, PADE[1], PADE[3], PADE[5], PADE[7])));
    Tensor even =
        a6.matmul(sum(identity, a2, a4, a6, 0, PADE[8], PADE[10], PADE[12]))
            .add(sum(identity, a2, a4, a6, PADE[0], PADE[2], PADE[4], PADE[6]));
    Tensor result = Systems.solve(even.sub(odd), even.add(odd), true);
    for (int i = 0; i < squarings; i++) {
      result = result.matmul(result);
    }
    return result;
  }

  private static double largestNorm(Tensor self) {
    Tensor sums = self.detach().abs().sum(-2);
    double norm = Checks.largest(sums.max());
    if (!Double.isFinite(norm)) {
      throw new ArgumentException(
          "linalg.matrix_exp: the matrix holds elements that are not finite");
    }
    return norm;
  }

  private static Tensor sum(
      Tensor identity,
      Tensor a2,
      Tensor a4,
      Tensor a6,
      double c0,
      double c2,
      double c4,
      double c6) {
    return a2.mul(c2).add(a4.mul(c4)).add(a6.mul(c6)).add(identity.mul(c0));
  }

  // ---- chains

  private static Tensor chain(Tensor[] tensors) {
    int n = tensors.length;
    if (n < 2) {
      if (n == 1) {
        return tensors[0].clone();
      }
      throw new ArgumentException("multi_dot(): expected at least 2 tensors but got " + n);
    }
    Tensor[] matrices = tensors.clone();
    boolean row = tensors[0].dim() == 1;
    boolean column = tensors[n - 1].dim() == 1;
    matrices[0] = row ? tensors[0].unsqueeze(0) : tensors[0];
    matrices[n - 1] = column ? tensors[n - 1].unsqueeze(-1) : tensors[n - 1];
    for (int i = 0; i < n; i++) {
      if (matrices[i].dim() != 2) {
        throw new ShapeException(
            "multi_dot(): tensor " + i + " must be 2D but got " + matrices[i].dim() + "D");
      }
      if (i > 0 && matrices[i - 1].size(1) != matrices[i].size(0)) {
        throw new ShapeException(
            "multi_dot(): tensors "
                + (i - 1)
                + " and "
                + i
                + " with shapes "
                + tensors[i - 1].shape()
                + " and "
                + tensors[i].shape()
                + " cannot be multiplied");
      }
    }
    Tensor product = product(matrices, splits(matrices), 0, n - 1);
    if (row) {
      product = product.squeeze(0);
    }
    return column ? product.squeeze(-1) : product;
  }

  /**
   * Where to split each chain so that the fewest multiplications are made: T. H. Cormen et al.,
   * <i>Introduction to Algorithms</i>, section 15.2.
   */
  private static int[][] splits(Tensor[] matrices) {
    int n = matrices.length;
    double[][] costs = new double[n][n];
    int[][] splits = new int[n][n];
    for (int length = 1; length < n; length++) {
      for (int i = 0; i + length < n; i++) {
        int j = i + length;
        costs[i][j] = Double.POSITIVE_INFINITY;
        for (int k = i; k < j; k++) {
          double work = (double) matrices[i].size(0) * matrices[k].size(1) * matrices[j].size(1);
          double cost = costs[i][k] + costs[k + 1][j] + work;
          if (cost < costs[i][j]) {
            costs[i][j] = cost;
            splits[i][j] = k;
          }
        }
      }
    }
    return splits;
  }

  private static Tensor product(Tensor[] matrices, int[][] splits, int from, int to) {
    if (from == to) {
      return matrices[from];
    }
    int split = splits[from][to];
    return Products.mm(
        product(matrices, splits, from, split), product(matrices, splits, split + 1, to));
  }
}
