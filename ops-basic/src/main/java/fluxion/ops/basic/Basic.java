package fluxion.ops.basic;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;

/** Basic operators that are no methods of {@link Tensor}. */
public final class Basic {
  private static final OpSite<Call.AddProduct> ADDMM = OpSite.of("addmm", Call.AddProduct.class);
  private static final OpSite<Call.Unary> ANY = OpSite.of("any", Call.Unary.class);

  private Basic() {}

  /**
   * {@return {@code self + mat1 @ mat2}}
   *
   * @param self a tensor that expands to the product's shape
   * @param mat1 the left factor, {@code [m, k]}
   * @param mat2 the right factor, {@code [k, n]}
   */
  public static Tensor addmm(Tensor self, Tensor mat1, Tensor mat2) {
    return ADDMM.get().apply(self, mat1, mat2, Scalar.of(1), Scalar.of(1));
  }

  /**
   * {@return {@code beta · self + alpha · (mat1 @ mat2)}}
   *
   * @param self a tensor that expands to the product's shape; ignored if {@code beta} is 0
   * @param mat1 the left factor, {@code [m, k]}
   * @param mat2 the right factor, {@code [k, n]}
   * @param beta the factor of the summand
   * @param alpha the factor of the product
   */
  public static Tensor addmm(Tensor self, Tensor mat1, Tensor mat2, double beta, double alpha) {
    return ADDMM.get().apply(self, mat1, mat2, Scalar.of(beta), Scalar.of(alpha));
  }

  /**
   * {@return whether any element differs from 0}
   *
   * @param self the tensor
   */
  public static Tensor any(Tensor self) {
    return ANY.get().apply(self);
  }
}
