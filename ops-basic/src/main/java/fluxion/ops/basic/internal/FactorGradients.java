package fluxion.ops.basic.internal;

import fluxion.api.Tensor;

/**
 * The gradients of the factors of a product of matrices. That of a factor that lies in memory
 * column by column, as a transposed weight does, is laid out likewise: so the gradient of the
 * weight itself lies row by row and is laid out anew by nobody.
 *
 * @param leftByColumns whether the left factor lies column by column
 * @param rightByColumns whether the right one does
 */
record FactorGradients(boolean leftByColumns, boolean rightByColumns) {
  private static final FactorGradients NEITHER = new FactorGradients(false, false);

  /** {@return what the gradients of two matrices are to be like} */
  static FactorGradients of(Tensor left, Tensor right) {
    boolean leftByColumns = left.requiresGrad() && isByColumns(left);
    boolean rightByColumns = right.requiresGrad() && isByColumns(right);
    return leftByColumns || rightByColumns
        ? new FactorGradients(leftByColumns, rightByColumns)
        : NEITHER;
  }

  private static boolean isByColumns(Tensor matrix) {
    long[] strides = matrix.strides();
    return strides[0] == 1 && strides[1] == matrix.size(0);
  }

  /** {@return the gradient of the left factor} */
  Tensor left(Tensor gradOutput, Tensor right) {
    return leftByColumns ? right.mm(gradOutput.t()).t() : gradOutput.mm(right.t());
  }

  /** {@return the gradient of the right factor} */
  Tensor right(Tensor left, Tensor gradOutput) {
    return rightByColumns ? gradOutput.t().mm(left).t() : left.t().mm(gradOutput);
  }
}
