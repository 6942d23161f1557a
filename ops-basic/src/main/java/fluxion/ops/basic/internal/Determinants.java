package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Operator.Sample;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.ops.basic.LinalgCall;
import java.util.List;

/** Determinants as operators. */
final class Determinants {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("det")) {
        t.add(det("det"));
      }
      if (t.has("linalg_det")) {
        t.add(det("linalg_det"));
      }
      if (t.has("slogdet")) {
        t.add(slogdet("slogdet"));
      }
      if (t.has("linalg_slogdet")) {
        t.add(slogdet("linalg_slogdet"));
      }
      if (t.has("logdet")) {
        t.add(
            named("logdet")
                .overload("(Tensor self)", Call.Unary.class, Determinants::logdet)
                .samples(Determinants::samples)
                .singularAt(MatrixPoints::lackRank));
      }
    }
  }

  private Determinants() {}

  private static List<Sample> samples(SampleSource s) {
    return List.of(
        sample(Systems.regular(s, 3, 3)),
        sample(Systems.regular(s, 3, 2, 2)),
        sample(s.tensor(0, 2, 2)),
        sample(s.tensor(0, 0)));
  }

  private static Operator det(String name) {
    return named(name)
        .overload("(Tensor self)", Call.Unary.class, Determinants::det)
        .samples(Determinants::samples);
  }

  private static Operator slogdet(String name) {
    return named(name)
        .overload("(Tensor self)", LinalgCall.Several.class, Determinants::slogdet)
        .samples(Determinants::samples)
        .singularAt(MatrixPoints::lackRank);
  }

  static Tensor det(Tensor self) {
    Matrices.checkFloatSquare(self, "linalg.det");
    return Functions.apply(new Determinant.Det(), self);
  }

  static Tensor[] slogdet(Tensor self) {
    Matrices.checkFloatSquare(self, "linalg.slogdet");
    return Functions.applyAll(new Determinant.SignAndLogarithm(), self);
  }

  /** NaN where the determinant is negative. */
  private static Tensor logdet(Tensor self) {
    Matrices.checkFloatSquare(self, "logdet");
    Tensor[] both = slogdet(self);
    return Where.where(both[0].ge(0L), both[1], Scalar.of(Double.NaN));
  }
}
