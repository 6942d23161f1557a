package fluxion.ops.basic;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The forms of call of linear algebra, beyond those of {@link fluxion.api.spi.Call}.
 *
 * <p>A matrix is what the last two dimensions of a tensor hold; dimensions before them make a
 * batch.
 */
public final class LinalgCall {
  private LinalgCall() {}

  /** A sum of products that an equation describes. */
  @FunctionalInterface
  public interface Einsum {
    /**
     * {@return the sum of products}
     *
     * @param equation the equation, such as {@code ij,jk->ik}
     * @param operands the factors
     */
    Tensor apply(String equation, Tensor[] operands);
  }

  /** A product of several matrices. */
  @FunctionalInterface
  public interface Chain {
    /**
     * {@return the product}
     *
     * @param matrices the factors
     */
    Tensor apply(Tensor[] matrices);
  }

  /** A contraction over as many dimensions at the end of one as at the start of another tensor. */
  @FunctionalInterface
  public interface Tensordot {
    /**
     * {@return the contraction}
     *
     * @param a the first tensor
     * @param b the second
     * @param dims the number of dimensions
     */
    Tensor apply(Tensor a, Tensor b, long dims);
  }

  /** A contraction over given dimensions, in two lists of one argument. */
  @FunctionalInterface
  public interface TensordotLists {
    /**
     * {@return the contraction}
     *
     * @param a the first tensor
     * @param b the second
     * @param dims the first tensor's dimensions and those of the second with which they go
     */
    Tensor apply(Tensor a, Tensor b, long[][] dims);
  }

  /** A contraction over given dimensions. */
  @FunctionalInterface
  public interface TensordotDims {
    /**
     * {@return the contraction}
     *
     * @param self the first tensor
     * @param other the second
     * @param dimsSelf the first tensor's dimensions
     * @param dimsOther those of the second with which they go
     */
    Tensor apply(Tensor self, Tensor other, int[] dimsSelf, int[] dimsOther);
  }

  /** A cross product along a dimension that may be found. */
  @FunctionalInterface
  public interface Cross {
    /**
     * {@return the cross product}
     *
     * @param self the first tensor
     * @param other the second
     * @param dim the dimension of size 3, or null for the first such
     */
    Tensor apply(Tensor self, Tensor other, @Nullable Integer dim);
  }

  /** A cross product along a dimension. */
  @FunctionalInterface
  public interface CrossDim {
    /**
     * {@return the cross product}
     *
     * @param self the first tensor
     * @param other the second
     * @param dim the dimension of size 3
     */
    Tensor apply(Tensor self, Tensor other, int dim);
  }

  /** The distances of all pairs of rows. */
  @FunctionalInterface
  public interface Distances {
    /**
     * {@return the distances}
     *
     * @param x1 the one's rows, {@code […, P, M]}
     * @param x2 the other's, {@code […, R, M]}
     * @param p the order of the norm
     * @param computeMode how Euclidean distances are computed, or null
     */
    Tensor apply(Tensor x1, Tensor x2, double p, @Nullable String computeMode);
  }

  /** A tensor and a switch. */
  @FunctionalInterface
  public interface Switched {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param on the switch
     */
    Tensor apply(Tensor self, boolean on);
  }

  /** Two tensors and a switch. */
  @FunctionalInterface
  public interface SwitchedPair {
    /**
     * {@return the result}
     *
     * @param self the first tensor
     * @param other the second
     * @param on the switch
     */
    Tensor apply(Tensor self, Tensor other, boolean on);
  }

  /** A system with a triangular matrix. */
  @FunctionalInterface
  public interface SolveTriangular {
    /**
     * {@return the solution}
     *
     * @param self the matrix
     * @param b the right-hand sides
     * @param upper whether the upper triangle is read
     * @param left whether the matrix stands left of the solution
     * @param unitriangular whether its diagonal counts as 1
     */
    Tensor apply(Tensor self, Tensor b, boolean upper, boolean left, boolean unitriangular);
  }

  /** A system with a triangular matrix, in the older form. */
  @FunctionalInterface
  public interface TriangularSolve {
    /**
     * {@return the solution and a copy of the matrix}
     *
     * @param self the right-hand sides
     * @param a the matrix
     * @param upper whether the upper triangle is read
     * @param transpose whether the matrix is transposed
     * @param unitriangular whether its diagonal counts as 1
     */
    Tensor[] apply(Tensor self, Tensor a, boolean upper, boolean transpose, boolean unitriangular);
  }

  /** A system whose matrix is a tensor of more dimensions. */
  @FunctionalInterface
  public interface TensorSolve {
    /**
     * {@return the solution}
     *
     * @param self the matrix: its first dimensions, as many as the right-hand side has, are rows
     * @param other the right-hand side
     * @param dims dimensions of the matrix to be put last before, or null
     */
    Tensor apply(Tensor self, Tensor other, int @Nullable [] dims);
  }

  /** A condition number. */
  @FunctionalInterface
  public interface Condition {
    /**
     * {@return the number of each matrix}
     *
     * @param self the matrices
     * @param p the order of the norm, or null for 2
     */
    Tensor apply(Tensor self, @Nullable Scalar p);
  }

  /** LU factors to be taken apart. */
  @FunctionalInterface
  public interface UnpackLu {
    /**
     * {@return P, L and U}
     *
     * @param factors L below the diagonal and U from it on
     * @param pivots the exchanges of rows, from 1
     * @param unpackData whether L and U are wanted; they are empty otherwise
     * @param unpackPivots whether P is wanted; it is empty otherwise
     */
    Tensor[] apply(Tensor factors, Tensor pivots, boolean unpackData, boolean unpackPivots);
  }

  /** A system whose matrix is factored. */
  @FunctionalInterface
  public interface SolveWithLu {
    /**
     * {@return the solutions}
     *
     * @param self the right-hand sides
     * @param factors L below the diagonal and U from it on
     * @param pivots the exchanges of rows, from 1
     */
    Tensor apply(Tensor self, Tensor factors, Tensor pivots);
  }

  /** A system whose matrix is factored, on either side. */
  @FunctionalInterface
  public interface SolveWithLuOnSide {
    /**
     * {@return the solutions}
     *
     * @param factors L below the diagonal and U from it on
     * @param pivots the exchanges of rows, from 1
     * @param b the right-hand sides
     * @param left whether the matrix is to the left of the solution
     * @param adjoint whether the transposed matrix counts
     */
    Tensor apply(Tensor factors, Tensor pivots, Tensor b, boolean left, boolean adjoint);
  }

  /** A function of one tensor with several results. */
  @FunctionalInterface
  public interface Several {
    /**
     * {@return the results}
     *
     * @param self the tensor
     */
    Tensor[] apply(Tensor self);
  }

  /** A factorisation of which there are several by name. */
  @FunctionalInterface
  public interface NamedFactors {
    /**
     * {@return the factors}
     *
     * @param self the matrices
     * @param mode which
     */
    Tensor[] apply(Tensor self, String mode);
  }

  /** A factorisation with a switch. */
  @FunctionalInterface
  public interface SwitchedFactors {
    /**
     * {@return the factors}
     *
     * @param self the matrices
     * @param on the switch
     */
    Tensor[] apply(Tensor self, boolean on);
  }

  /** A factorisation with two switches. */
  @FunctionalInterface
  public interface TwiceSwitchedFactors {
    /**
     * {@return the factors}
     *
     * @param self the matrices
     * @param first the first switch
     * @param second the second
     */
    Tensor[] apply(Tensor self, boolean first, boolean second);
  }

  /** A result of matrices of which there are several by name. */
  @FunctionalInterface
  public interface Named {
    /**
     * {@return the result}
     *
     * @param self the matrices
     * @param which the name
     */
    Tensor apply(Tensor self, String which);
  }

  /** A power of matrices. */
  @FunctionalInterface
  public interface Power {
    /**
     * {@return the power}
     *
     * @param self the matrices
     * @param n the exponent
     */
    Tensor apply(Tensor self, long n);
  }

  /** What takes singular values as 0 below tolerances. */
  @FunctionalInterface
  public interface Tolerant {
    /**
     * {@return the result}
     *
     * @param self the matrices
     * @param atol the absolute tolerance, or null
     * @param rtol the tolerance relative to the largest singular value, or null
     * @param hermitian whether the matrices are symmetric
     */
    Tensor apply(Tensor self, @Nullable Double atol, @Nullable Double rtol, boolean hermitian);
  }

  /** A pseudoinverse with one tolerance. */
  @FunctionalInterface
  public interface Pseudoinverse {
    /**
     * {@return the pseudoinverse}
     *
     * @param self the matrices
     * @param rcond the tolerance relative to the largest singular value
     */
    Tensor apply(Tensor self, double rcond);
  }

  /** A pseudoinverse with one tolerance, of matrices that may be symmetric. */
  @FunctionalInterface
  public interface SymmetricPseudoinverse {
    /**
     * {@return the pseudoinverse}
     *
     * @param self the matrices
     * @param rcond the tolerance relative to the largest singular value
     * @param hermitian whether the matrices are symmetric
     */
    Tensor apply(Tensor self, double rcond, boolean hermitian);
  }

  /** A least-squares problem. */
  @FunctionalInterface
  public interface LeastSquares {
    /**
     * {@return the solution, the residuals, the rank and the singular values}
     *
     * @param self the matrices
     * @param b the right-hand sides
     * @param rcond the tolerance relative to the largest singular value, or null
     * @param driver the method, or null
     */
    Tensor[] apply(Tensor self, Tensor b, @Nullable Double rcond, @Nullable String driver);
  }

  /** A norm of matrices with a number for its order. */
  @FunctionalInterface
  public interface MatrixNorm {
    /**
     * {@return the norm}
     *
     * @param self the tensor
     * @param ord the order
     * @param dim the two dimensions
     * @param keepdim whether they stay with size 1
     * @param dtype the dtype in which to compute, or null
     */
    Tensor apply(Tensor self, Scalar ord, int[] dim, boolean keepdim, @Nullable DType dtype);
  }

  /** A norm of matrices with a name for its order. */
  @FunctionalInterface
  public interface NamedMatrixNorm {
    /**
     * {@return the norm}
     *
     * @param self the tensor
     * @param ord the name of the order
     * @param dim the two dimensions
     * @param keepdim whether they stay with size 1
     * @param dtype the dtype in which to compute, or null
     */
    Tensor apply(Tensor self, String ord, int[] dim, boolean keepdim, @Nullable DType dtype);
  }

  /** A norm of vectors or matrices with an optional number for its order. */
  @FunctionalInterface
  public interface AnyNorm {
    /**
     * {@return the norm}
     *
     * @param self the tensor
     * @param ord the order, or null
     * @param dim the dimensions, or null for all
     * @param keepdim whether reduced dimensions stay with size 1
     * @param dtype the dtype in which to compute, or null
     */
    Tensor apply(
        Tensor self,
        @Nullable Scalar ord,
        int @Nullable [] dim,
        boolean keepdim,
        @Nullable DType dtype);
  }
}
