package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.ops.basic.LinalgCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Eigenvalues, singular values and what is made of them, as operators. */
final class SpectralOperators {
  private static final String TOLERANCES =
      "(Tensor self, *, float? atol=None, float? rtol=None, bool hermitian=False)";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("linalg_eigh")) {
        t.add(
            named("linalg_eigh")
                .overload(
                    "(Tensor self, str UPLO='L')",
                    LinalgCall.NamedFactors.class,
                    SpectralOperators::eigh)
                .samples(
                    s ->
                        List.of(
                            sample(Factorisations.full(s, 3, 3)),
                            sample(Factorisations.full(s, 3, 2, 2), "U")))
                .singularAt(MatrixPoints::haveUnsteadyEigenvectors)
                .constrained(Factorisations::symmetric));
      }
      if (t.has("linalg_eigvalsh")) {
        t.add(
            named("linalg_eigvalsh")
                .overload(
                    "(Tensor self, str UPLO='L')",
                    LinalgCall.Named.class,
                    (self, triangle) -> eigh(self, triangle)[0])
                .samples(
                    s ->
                        List.of(
                            sample(Factorisations.full(s, 3, 3)),
                            sample(Factorisations.full(s, 3, 2, 2), "U")))
                .singularAt(MatrixPoints::haveEqualEigenvalues)
                .constrained(Factorisations::symmetric));
      }
      if (t.has("svd")) {
        t.add(
            named("svd")
                .overload(
                    "(Tensor self, bool some=True, bool compute_uv=True)",
                    LinalgCall.TwiceSwitchedFactors.class,
                    SpectralOperators::svd)
                .samples(
                    s ->
                        List.of(
                            sample(Factorisations.full(s, 3, 3)),
                            sample(Factorisations.full(s, 2, 3)),
                            sample(Factorisations.full(s, 2, 3, 2))))
                .singularAt(MatrixPoints::haveUnsteadySingularVectors));
      }
      if (t.has("linalg_svd")) {
        t.add(
            named("linalg_svd")
                .overload(
                    "(Tensor self, bool full_matrices=True)",
                    LinalgCall.SwitchedFactors.class,
                    SpectralOperators::svd)
                .samples(
                    s ->
                        List.of(
                            sample(Factorisations.full(s, 3, 3)),
                            sample(Factorisations.full(s, 2, 3), false),
                            sample(Factorisations.full(s, 2, 3, 2), false)))
                .singularAt(MatrixPoints::haveUnsteadySingularVectors));
      }
      if (t.has("linalg_svdvals")) {
        t.add(
            named("linalg_svdvals")
                .overload("(Tensor self)", Call.Unary.class, SpectralOperators::svdvals)
                .samples(SpectralOperators::rectangles)
                .singularAt(MatrixPoints::haveEqualSingularValues));
      }
      if (t.has("linalg_pinv")) {
        t.add(
            named("linalg_pinv")
                .overload(TOLERANCES, LinalgCall.Tolerant.class, SpectralOperators::pinv)
                .overload(
                    "(Tensor self, float rcond, bool hermitian=False)",
                    LinalgCall.SymmetricPseudoinverse.class,
                    (self, rcond, hermitian) -> pinv(self, null, rcond, hermitian))
                .samples(
                    s ->
                        List.of(
                            sample(Factorisations.full(s, 3, 3), 1e-10),
                            sample(Factorisations.full(s, 2, 3)),
                            sample(Factorisations.full(s, 2, 3, 2))))
                .singularAt(MatrixPoints::lackRank));
      }
      if (t.has("pinverse")) {
        t.add(
            named("pinverse")
                .overload(
                    "(Tensor self, float rcond=1e-15)",
                    LinalgCall.Pseudoinverse.class,
                    (self, rcond) -> pinv(self, null, rcond, false))
                .samples(SpectralOperators::rectangles)
                .singularAt(MatrixPoints::lackRank));
      }
      if (t.has("linalg_matrix_rank")) {
        t.add(
            named("linalg_matrix_rank")
                .overload(TOLERANCES, LinalgCall.Tolerant.class, SpectralOperators::rank)
                .samples(SpectralOperators::rectangles)
                .notDifferentiable());
      }
      if (t.has("linalg_lstsq")) {
        t.add(
            named("linalg_lstsq")
                .overload(
                    "(Tensor self, Tensor B, float? rcond=None, *, str? driver=None)",
                    LinalgCall.LeastSquares.class,
                    SpectralOperators::lstsq)
                .samples(
                    s ->
                        List.of(
                            sample(Factorisations.full(s, 3, 2), s.tensor(3, 2)),
                            sample(Factorisations.full(s, 2, 2, 3), s.tensor(2, 2, 1))))
                .singularAt(MatrixPoints::lackRank));
      }
    }
  }

  private SpectralOperators() {}

  private static List<Operator.Sample> rectangles(Operator.SampleSource s) {
    return List.of(
        sample(Factorisations.full(s, 3, 3)),
        sample(Factorisations.full(s, 2, 3)),
        sample(Factorisations.full(s, 2, 3, 2)));
  }

  static Tensor[] eigh(Tensor self, String triangle) {
    if (!triangle.equalsIgnoreCase("L") && !triangle.equalsIgnoreCase("U")) {
      throw new ArgumentException("Expected UPLO argument to be 'L' or 'U', but got " + triangle);
    }
    Matrices.checkFloatSquare(self, "linalg.eigh");
    return Functions.applyAll(
        new Spectra.SymmetricEigenvalues(triangle.equalsIgnoreCase("U")), self);
  }

  static Tensor[] svd(Tensor self, boolean full) {
    Matrices.checkFloatMatrix(self, "linalg.svd");
    return Functions.applyAll(new Spectra.SingularValues(full), self);
  }

  static Tensor svdvals(Tensor self) {
    Matrices.checkFloatMatrix(self, "linalg.svdvals");
    return Functions.applyAll(new Spectra.SingularValues(false), self)[1];
  }

  /** The older form: V instead of its transpose, and zeros where no vectors are asked for. */
  private static Tensor[] svd(Tensor self, boolean some, boolean vectors) {
    if (vectors) {
      Tensor[] factors = svd(self, !some);
      return new Tensor[] {factors[0], factors[1], Matrices.t(factors[2])};
    }
    Tensor values = svdvals(self);
    TensorOptions options = TensorOptions.of(self.dtype()).device(self.device());
    long[] left = Matrices.with(Matrices.batch(self, 2), self.size(-2), self.size(-2)).toArray();
    long[] right = Matrices.with(Matrices.batch(self, 2), self.size(-1), self.size(-1)).toArray();
    return new Tensor[] {Tensors.zeros(options, left), values, Tensors.zeros(options, right)};
  }

  // ---- what small singular values decide

  /** PyTorch's default: nothing absolute, and ε times the larger size. */
  private static double relative(Tensor self, @Nullable Double atol, @Nullable Double rtol) {
    if (rtol != null) {
      return rtol;
    }
    double epsilon = self.dtype() == DType.FLOAT64 ? 0x1p-52 : 0x1p-23;
    return atol != null && atol > 0 ? 0 : epsilon * Math.max(self.size(-1), self.size(-2));
  }

  static Tensor pinv(Tensor self, @Nullable Double atol, @Nullable Double rtol, boolean hermitian) {
    Matrices.checkFloatMatrix(self, "linalg.pinv");
    Tensor matrices = self;
    if (hermitian) {
      Matrices.checkSquare(self, "linalg.pinv", "A");
      // The lower triangle is read, and the gradient is that of any matrix, as in PyTorch.
      Tensor given = self.detach();
      Tensor read = Matrices.lower(given).add(Matrices.t(Matrices.strictlyLower(given)));
      matrices = self.add(read.sub(given));
    }
    double absolute = atol == null ? 0 : atol;
    return Functions.apply(
        new Spectra.Pseudoinverse(absolute, relative(self, atol, rtol)), matrices);
  }

  private static Tensor rank(
      Tensor self, @Nullable Double atol, @Nullable Double rtol, boolean hermitian) {
    Matrices.checkFloatMatrix(self, "linalg.matrix_rank");
    Tensor x = self.detach();
    Tensor values = hermitian ? eigh(x, "L")[0].abs() : svdvals(x);
    double absolute = atol == null ? 0 : atol;
    if (self.numel() == 0) {
      return Tensors.zeros(
          TensorOptions.of(DType.INT64).device(self.device()), Matrices.batch(self, 2).toArray());
    }
    Tensor least = values.amax(new int[] {-1}, true).mul(relative(self, atol, rtol));
    Tensor bound = least.maximum(Tensors.zerosLike(least).add(absolute));
    return values.gt(bound).sum(-1);
  }

  /** By the pseudoinverse; the residuals are there only where the solution is the only one. */
  private static Tensor[] lstsq(
      Tensor self, Tensor b, @Nullable Double rcond, @Nullable String driver) {
    String name = "torch.linalg.lstsq";
    Matrices.checkFloatMatrix(self, name);
    String method = driver == null ? "gelsy" : driver;
    if (!List.of("gels", "gelsy", "gelsd", "gelss").contains(method)) {
      throw new ArgumentException(
          name + ": parameter `driver` should be one of (gels, gelsy, gelsd, gelss)");
    }
    if (self.dtype() != b.dtype()) {
      throw new DTypeException(
          name
              + ": Expected input and other to have the same dtype, but got input's dtype "
              + self.dtype().typeName()
              + " and other's dtype "
              + b.dtype().typeName());
    }
    boolean vector = b.dim() == self.dim() - 1;
    Tensor sides = vector ? b.unsqueeze(-1) : b;
    if (sides.dim() < 2 || sides.size(-2) != self.size(-2)) {
      throw new ShapeException(
          name
              + ": input.size(-2) should match other.size(-2), but the shapes are "
              + self.shape()
              + " and "
              + b.shape());
    }
    Tensor solution = pinv(self, null, rcond, false).matmul(sides);
    TensorOptions options = TensorOptions.of(self.dtype()).device(self.device());
    Tensor rank =
        method.equals("gels")
            ? Tensors.zeros(TensorOptions.of(DType.INT64).device(self.device()), 0)
            : rank(self, null, rcond, false);
    Tensor values =
        method.equals("gelsd") || method.equals("gelss")
            ? svdvals(self.detach())
            : Tensors.zeros(options, 0);
    Tensor residuals = Tensors.zeros(options, 0);
    boolean fullRank = rank.numel() == 0 || Checks.all(rank.eq(self.size(-1)).all());
    if (self.size(-2) > self.size(-1) && fullRank && !method.equals("gelsy")) {
      Tensor difference = self.matmul(solution).sub(sides);
      residuals = difference.mul(difference).sum(-2);
    }
    return new Tensor[] {vector ? solution.squeeze(-1) : solution, residuals, rank, values};
  }
}
