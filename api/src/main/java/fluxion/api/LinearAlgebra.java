package fluxion.api;

/** Products of vectors and matrices. */
public sealed interface LinearAlgebra permits Tensor {
  /**
   * {@return the matrix product, as {@code torch.matmul}: vectors, matrices and batches of
   * matrices, whose leading dimensions broadcast}
   *
   * @param other the right factor
   * @throws ShapeException if the shapes do not fit
   */
  default Tensor matmul(Tensor other) {
    return Sites.MATMUL.get().apply((Tensor) this, other);
  }

  /**
   * {@return the product of two matrices, {@code [m, k]} by {@code [k, n]}}
   *
   * @param other the right factor
   * @throws ShapeException if the shapes do not fit
   */
  default Tensor mm(Tensor other) {
    return Sites.MM.get().apply((Tensor) this, other);
  }

  /**
   * {@return the product of a matrix and a vector, {@code [m, k]} by {@code [k]}}
   *
   * @param other the right factor
   * @throws ShapeException if the shapes do not fit
   */
  default Tensor mv(Tensor other) {
    return Sites.MV.get().apply((Tensor) this, other);
  }

  /**
   * {@return the inner product of two vectors}
   *
   * @param other the right factor
   * @throws ShapeException if the shapes do not fit
   */
  default Tensor dot(Tensor other) {
    return Sites.DOT.get().apply((Tensor) this, other);
  }

  /**
   * {@return the products of two batches of matrices, {@code [b, m, k]} by {@code [b, k, n]}}
   *
   * @param other the right factor
   * @throws ShapeException if the shapes do not fit
   */
  default Tensor bmm(Tensor other) {
    return Sites.BMM.get().apply((Tensor) this, other);
  }
}
