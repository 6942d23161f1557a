package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator.Sample;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.basic.LinalgCall;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Norms of vectors and of matrices. */
final class MatrixNorms {
  private static final String VECTOR = "linalg.vector_norm";
  private static final String MATRIX = "linalg.matrix_norm";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("linalg_vector_norm")) {
        t.add(
            named("linalg_vector_norm")
                .overload(
                    "(Tensor self, Scalar ord=2, int[]? dim=None, bool keepdim=False, *,"
                        + " ScalarType? dtype=None)",
                    Call.Norm.class,
                    MatrixNorms::vectorNorm)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3)),
                            sample(s.tensor(2, 3), 1, List.of(1L)),
                            sample(s.tensor(2, 3), 3.5, List.of(0L), true),
                            sample(s.tensor(3), Double.POSITIVE_INFINITY),
                            sample(s.tensor(), -1)))
                .singularAt(SingularPoints.magnitudes()));
      }
      if (t.has("linalg_matrix_norm")) {
        t.add(
            named("linalg_matrix_norm")
                .overload(
                    "(Tensor self, Scalar ord, int[] dim=[-2,-1], bool keepdim=False, *,"
                        + " ScalarType? dtype=None)",
                    LinalgCall.MatrixNorm.class,
                    MatrixNorms::matrixNorm)
                .overload(
                    "(Tensor self, str ord='fro', int[] dim=[-2,-1], bool keepdim=False, *,"
                        + " ScalarType? dtype=None)",
                    LinalgCall.NamedMatrixNorm.class,
                    MatrixNorms::matrixNorm)
                .samples(MatrixNorms::samples)
                .singularAt(SingularPoints.magnitudes()));
      }
      if (t.has("linalg_norm")) {
        t.add(
            named("linalg_norm")
                .overload(
                    "(Tensor self, Scalar? ord=None, int[]? dim=None, bool keepdim=False, *,"
                        + " ScalarType? dtype=None)",
                    LinalgCall.AnyNorm.class,
                    MatrixNorms::norm)
                .overload(
                    "(Tensor self, str ord, int[]? dim=None, bool keepdim=False, *,"
                        + " ScalarType? dtype=None)",
                    Call.NamedNorm.class,
                    MatrixNorms::norm)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 2, 3)),
                            sample(s.tensor(2, 3), 1),
                            sample(s.tensor(3), 3),
                            sample(s.tensor(2, 3), 2, List.of(1L), true),
                            sample(s.tensor(2, 2, 3), "fro", List.of(0L, 2L))))
                .singularAt(SingularPoints.magnitudes()));
      }
      if (t.has("linalg_cond")) {
        t.add(
            named("linalg_cond")
                .overload(
                    "(Tensor self, Scalar? p=None)",
                    LinalgCall.Condition.class,
                    MatrixNorms::condition)
                .overload("(Tensor self, str p)", LinalgCall.Named.class, MatrixNorms::condition)
                .samples(
                    s ->
                        List.of(
                            sample(Factorisations.full(s, 2, 3)),
                            sample(Factorisations.full(s, 3, 2), -2),
                            sample(Systems.regular(s, 2, 2, 2), 1),
                            sample(Systems.regular(s, 3, 3), "fro")))
                .singularAt(SingularPoints.magnitudes()));
      }
    }
  }

  private MatrixNorms() {}

  private static List<Sample> samples(SampleSource s) {
    return List.of(
        sample(s.tensor(2, 3)),
        sample(Factorisations.full(s, 2, 3), "nuc"),
        sample(Factorisations.full(s, 2, 3, 2), 2),
        sample(Factorisations.full(s, 3, 3), -2, List.of(1L, 0L), true),
        sample(s.tensor(2, 3, 2), 1, List.of(0L, -1L)),
        sample(s.tensor(2, 3), Double.NEGATIVE_INFINITY));
  }

  private static DType checked(Tensor self, @Nullable DType dtype, String operator) {
    DType result = dtype == null ? self.dtype() : dtype;
    if (!self.dtype().isFloatingPoint() || !result.isFloatingPoint()) {
      throw new DTypeException(
          operator
              + ": Expected a floating point or complex tensor as input. Got "
              + (self.dtype().isFloatingPoint() ? result : self.dtype()).typeName());
    }
    return result;
  }

  static Tensor vectorNorm(
      Tensor self, Scalar ord, int @Nullable [] dim, boolean keepdim, @Nullable DType dtype) {
    checked(self, dtype, VECTOR);
    double order = ord.toDouble();
    if ((Double.isInfinite(order) || order < 0)
        && Dims.of(self.shape(), dim).count(self.shape()) == 0) {
      throw new ArgumentException(
          VECTOR
              + " cannot compute the "
              + ord
              + " norm on an empty tensor because the operation does not have an identity; give a"
              + " dim that has elements");
    }
    return Norm.norm(self, ord, dim, keepdim, dtype);
  }

  // ---- matrices

  private static void checkDims(Tensor self, int[] dim) {
    Matrices.checkMatrix(self, MATRIX, "A");
    if (dim.length != 2) {
      throw new ArgumentException(MATRIX + ": dim must be a 2-tuple. Got " + Arrays.toString(dim));
    }
    if (self.shape().wrap(dim[0]) == self.shape().wrap(dim[1])) {
      throw new ArgumentException(
          MATRIX + ": dims must be different. Got (" + dim[0] + ", " + dim[1] + ")");
    }
  }

  private static ArgumentException unsupported(Object order) {
    return new ArgumentException(MATRIX + ": Order " + order + " not supported.");
  }

  static Tensor matrixNorm(
      Tensor self, Scalar ord, int[] dim, boolean keepdim, @Nullable DType dtype) {
    DType result = checked(self, dtype, MATRIX);
    checkDims(self, dim);
    double order = ord.toDouble();
    double size = Math.abs(order);
    Tensor x = self.to(result);
    if (size == 2) {
      Tensor values = SpectralOperators.svdvals(lastTwo(x, dim));
      int[] last = {-1};
      return restored(order > 0 ? values.amax(last) : values.amin(last), self, dim, keepdim);
    }
    if (size != 1 && !Double.isInfinite(size)) {
      throw unsupported(ord);
    }
    // Sums along the one dimension, of which the largest or the smallest is taken.
    int summed = self.shape().wrap(size == 1 ? dim[0] : dim[1]);
    int picked = self.shape().wrap(size == 1 ? dim[1] : dim[0]);
    Tensor sums = vectorNorm(x, Scalar.of(1), new int[] {summed}, true, null);
    int[] dims = {picked};
    Tensor norm = order > 0 ? sums.amax(dims, true) : sums.amin(dims, true);
    return keepdim
        ? norm
        : norm.squeeze(Math.max(summed, picked)).squeeze(Math.min(summed, picked));
  }

  static Tensor matrixNorm(
      Tensor self, String ord, int[] dim, boolean keepdim, @Nullable DType dtype) {
    DType result = checked(self, dtype, MATRIX);
    checkDims(self, dim);
    return switch (ord) {
      case "fro" -> vectorNorm(self, Scalar.of(2), dim, keepdim, dtype);
      case "nuc" -> {
        Tensor values = SpectralOperators.svdvals(lastTwo(self.to(result), dim));
        yield restored(values.sum(-1), self, dim, keepdim);
      }
      default -> throw unsupported(ord);
    };
  }

  private static Tensor lastTwo(Tensor self, int[] dim) {
    return Shapes.moveDims(self, dim, new int[] {-2, -1});
  }

  private static Tensor restored(Tensor norm, Tensor self, int[] dim, boolean keepdim) {
    if (!keepdim) {
      return norm;
    }
    int first = self.shape().wrap(dim[0]);
    int second = self.shape().wrap(dim[1]);
    return norm.unsqueeze(Math.min(first, second)).unsqueeze(Math.max(first, second));
  }

  // ---- either

  private static int[] dims(Tensor self, int @Nullable [] dim) {
    if (dim != null) {
      if (dim.length != 1 && dim.length != 2) {
        throw new ArgumentException(
            "linalg.norm: If dim is specified, it must be of length 1 or 2. Got "
                + Arrays.toString(dim));
      }
      return dim;
    }
    if (self.dim() != 1 && self.dim() != 2) {
      throw new ShapeException(
          "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got "
              + self.dim()
              + "D.");
    }
    return self.dim() == 1 ? new int[] {0} : new int[] {0, 1};
  }

  static Tensor norm(
      Tensor self,
      @Nullable Scalar ord,
      int @Nullable [] dim,
      boolean keepdim,
      @Nullable DType dtype) {
    if (ord == null) {
      return vectorNorm(self, Scalar.of(2), dim, keepdim, dtype);
    }
    int[] dims = dims(self, dim);
    return dims.length == 2
        ? matrixNorm(self, ord, dims, keepdim, dtype)
        : vectorNorm(self, ord, dims, keepdim, dtype);
  }

  static Tensor norm(
      Tensor self, String ord, int @Nullable [] dim, boolean keepdim, @Nullable DType dtype) {
    int[] dims = dims(self, dim);
    return matrixNorm(self, ord, dims, keepdim, dtype);
  }

  // ---- condition numbers

  static Tensor condition(Tensor self, @Nullable Scalar p) {
    double order = p == null ? 2 : p.toDouble();
    if (Math.abs(order) == 2) {
      if (self.dim() < 2) {
        throw new ShapeException("linalg.cond: The input tensor must have at least 2 dimensions.");
      }
      Matrices.checkFloat(self, "linalg.svd");
      if (self.numel() == 0) {
        return none(self);
      }
      Tensor values = SpectralOperators.svdvals(self);
      Tensor most = values.select(-1, 0);
      Tensor least = values.select(-1, -1);
      return order > 0 ? most.div(least) : least.div(most);
    }
    if (Math.abs(order) != 1 && !Double.isInfinite(order)) {
      throw new ArgumentException("linalg.cond got an invalid norm type: " + order);
    }
    String shown = Double.isInfinite(order) ? (order > 0 ? "inf" : "-inf") : "" + (long) order;
    return condition(
        self, shown, x -> matrixNorm(x, Scalar.of(order), new int[] {-2, -1}, false, null));
  }

  static Tensor condition(Tensor self, String p) {
    if (!p.equals("fro") && !p.equals("nuc")) {
      throw new ArgumentException("linalg.cond got an invalid norm type: " + p);
    }
    return condition(self, p, x -> matrixNorm(x, p, new int[] {-2, -1}, false, null));
  }

  /** The norm of a matrix times that of its inverse; infinite where there is none. */
  private static Tensor condition(Tensor self, String order, UnaryOperator<Tensor> norm) {
    String name = "linalg.cond(ord=" + order + ")";
    Matrices.checkFloatSquare(self, name);
    if (self.numel() == 0) {
      return none(self);
    }
    int[] infos = LuFactorisations.singular(self.detach());
    boolean[] singular = new boolean[infos.length];
    for (int b = 0; b < infos.length; b++) {
      singular[b] = infos[b] > 0;
    }
    TensorOptions bool = TensorOptions.of(DType.BOOL).device(self.device());
    Tensor without = Tensors.tensor(singular, Matrices.batch(self, 2), bool);
    Tensor regular =
        Where.where(
            without.unsqueeze(-1).unsqueeze(-1), Matrices.identity(self.size(-1), self), self);
    Tensor number = norm.apply(self).mul(norm.apply(Systems.inverse(regular)));
    return number.maskedFill(without, Double.POSITIVE_INFINITY);
  }

  private static Tensor none(Tensor self) {
    return Tensors.zeros(
        TensorOptions.of(self.dtype()).device(self.device()), Matrices.batch(self, 2).toArray());
  }
}
