package fluxion.ops.basic.internal;

import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Operator.Sample;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The matrices at which factorisations have no derivative, or so close that differences see it. */
final class MatrixPoints {
  /** How close to one another singular values, or one and 0, disturb differences. */
  private static final double NEAR = 0.02;

  /** Up to which singular value differences cross matrices of a lower rank, or come near one. */
  private static final double CROSSED = 1e-3;

  /** Farther than differences reach. */
  private static final double ASIDE = 1e-3;

  private MatrixPoints() {}

  private static @Nullable Tensor matrices(Sample sample) {
    return sample.arguments().getFirst() instanceof Tensor matrices && matrices.numel() > 0
        ? matrices.detach()
        : null;
  }

  /** Whether some matrix has not full rank. */
  static boolean lackRank(Sample sample) {
    Tensor matrices = matrices(sample);
    return matrices != null
        && Checks.any(SpectralOperators.svdvals(matrices).select(-1, -1).lt(CROSSED));
  }

  /** Whether a singular value of some matrix is 0, or two are equal. */
  static boolean haveEqualSingularValues(Sample sample) {
    Tensor matrices = matrices(sample);
    if (matrices == null) {
      return false;
    }
    Tensor values = SpectralOperators.svdvals(matrices);
    long last = values.size(-1) - 1;
    Tensor gaps = values.narrow(-1, 0, last).sub(values.narrow(-1, 1, last));
    return Checks.any(gaps.lt(NEAR)) || Checks.any(values.select(-1, -1).lt(NEAR));
  }

  /**
   * Whether singular values are so close, or the signs of singular vectors, which are anyone's
   * choice, are chosen otherwise on some side.
   */
  static boolean haveUnsteadySingularVectors(Sample sample) {
    Tensor matrices = matrices(sample);
    return matrices != null
        && (haveEqualSingularValues(sample)
            || turn(matrices, at -> SpectralOperators.svd(at, false)[0]));
  }

  /** Whether two eigenvalues of some symmetric matrix are equal. */
  static boolean haveEqualEigenvalues(Sample sample) {
    Tensor matrices = matrices(sample);
    if (matrices == null) {
      return false;
    }
    Tensor values = SpectralOperators.eigh(Factorisations.symmetric(matrices), "L")[0];
    long last = values.size(-1) - 1;
    return Checks.any(values.narrow(-1, 1, last).sub(values.narrow(-1, 0, last)).lt(NEAR));
  }

  /** Whether eigenvalues are so close, or eigenvectors have other signs on some side. */
  static boolean haveUnsteadyEigenvectors(Sample sample) {
    Tensor matrices = matrices(sample);
    return matrices != null
        && (haveEqualEigenvalues(sample)
            || turn(matrices, at -> SpectralOperators.eigh(Factorisations.symmetric(at), "L")[1]));
  }

  /** Whether some column of a factor has the opposite sign a little aside. */
  private static boolean turn(Tensor at, UnaryOperator<Tensor> factor) {
    Tensor aside =
        Tensors.arange(at.numel()).to(at.dtype()).add(0.5).cos().view(at.shape().toArray());
    Tensor vectors = factor.apply(at);
    for (double step : new double[] {-ASIDE, ASIDE}) {
      Tensor others = factor.apply(at.add(aside.mul(step)));
      if (Checks.any(vectors.mul(others).sum(-2).lt(0))) {
        return true;
      }
    }
    return false;
  }
}
