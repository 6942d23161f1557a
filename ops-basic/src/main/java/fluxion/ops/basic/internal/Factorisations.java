package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.basic.LinalgCall;
import java.util.List;

/** Factorisations of matrices as operators. */
final class Factorisations {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("cholesky")) {
        t.add(cholesky("cholesky", "(Tensor self, bool upper=False)"));
      }
      if (t.has("linalg_cholesky")) {
        t.add(cholesky("linalg_cholesky", "(Tensor self, *, bool upper=False)"));
      }
      if (t.has("qr")) {
        t.add(
            named("qr")
                .overload(
                    "(Tensor self, bool some=True)",
                    LinalgCall.SwitchedFactors.class,
                    (self, some) -> qr(self, some ? "reduced" : "complete"))
                .samples(
                    s ->
                        List.of(
                            sample(full(s, 3, 3)),
                            sample(full(s, 2, 3, 2)),
                            sample(full(s, 2, 3), false)))
                .singularAt(SingularPoints.at(0).or(MatrixPoints::lackRank)));
      }
      if (t.has("linalg_qr")) {
        t.add(
            named("linalg_qr")
                .overload(
                    "(Tensor self, str mode='reduced')",
                    LinalgCall.NamedFactors.class,
                    Factorisations::qr)
                .samples(
                    s ->
                        List.of(
                            sample(full(s, 3, 3)),
                            sample(full(s, 4, 2)),
                            sample(full(s, 2, 2, 3)),
                            sample(full(s, 2, 2), "complete")))
                .singularAt(SingularPoints.at(0).or(MatrixPoints::lackRank)));
      }
    }
  }

  private Factorisations() {}

  /** Matrices of full rank whose singular values differ. */
  static Tensor full(SampleSource s, long... size) {
    Tensor random = s.uniform(-0.4, 0.4, size).detach();
    long rows = size[size.length - 2];
    long columns = size[size.length - 1];
    double[] diagonal = new double[(int) (rows * columns)];
    for (int i = 0; i < Math.min(rows, columns); i++) {
      diagonal[(int) (i * columns + i)] = 1.5 + i;
    }
    TensorOptions options = TensorOptions.of(random.dtype()).device(random.device());
    return random.add(Tensors.tensor(diagonal, Shape.of(rows, columns), options)).requiresGrad_();
  }

  /** Positive-definite matrices. */
  private static Tensor positive(SampleSource s, long... size) {
    Tensor factor = full(s, size).detach();
    return factor.matmul(Matrices.t(factor)).requiresGrad_();
  }

  /** The symmetric part of matrices. */
  static Tensor symmetric(Tensor matrices) {
    return matrices.add(Matrices.t(matrices)).mul(0.5);
  }

  // ---- Cholesky

  private static Operator cholesky(String name, String signature) {
    return named(name)
        .overload(signature, LinalgCall.Switched.class, Factorisations::cholesky)
        .samples(
            s ->
                List.of(
                    sample(positive(s, 3, 3)),
                    sample(positive(s, 3, 2, 2)),
                    sample(s.tensor(0, 0))))
        .constrained(Factorisations::symmetric);
  }

  static Tensor cholesky(Tensor self, boolean upper) {
    Matrices.checkFloatSquare(self, "linalg.cholesky");
    Tensor lower = Functions.apply(new Factors.CholeskyFactor(upper), self);
    return upper ? Matrices.t(lower) : lower;
  }

  // ---- QR

  static Tensor[] qr(Tensor self, String mode) {
    if (!mode.equals("reduced") && !mode.equals("complete") && !mode.equals("r")) {
      throw Factors.unknownMode(mode);
    }
    Matrices.checkFloatMatrix(self, "linalg.qr");
    return Functions.applyAll(new Factors.QrFactors(mode), self);
  }
}
