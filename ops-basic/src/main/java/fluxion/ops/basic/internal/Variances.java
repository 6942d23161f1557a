package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DTypeException;
import fluxion.api.Tensor;
import fluxion.api.spi.ReductionCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Operator.Sample;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.engine.spi.SingularPoints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Variances and standard deviations, alone and with the mean. */
final class Variances {
  private static final String ALL = "(Tensor self, bool unbiased=True)";
  private static final String UNBIASED =
      "(Tensor self, int[]? dim, bool unbiased=True, bool keepdim=False)";
  private static final String CORRECTED =
      "(Tensor self, int[]? dim=None, *, int? correction=None, bool keepdim=False)";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("var")) {
        t.add(one("var", false));
      }
      if (t.has("std")) {
        t.add(one("std", true));
      }
      if (t.has("var_mean")) {
        t.add(pair("var_mean", false));
      }
      if (t.has("std_mean")) {
        t.add(pair("std_mean", true));
      }
    }
  }

  private Variances() {}

  private static Operator one(String name, boolean root) {
    return named(name)
        .overload(
            ALL,
            ReductionCall.Unbiased.class,
            (self, unbiased) -> variance(name, root, self, null, unbiased ? 1 : 0, false))
        .overload(
            UNBIASED,
            ReductionCall.UnbiasedDims.class,
            (self, dim, unbiased, keepdim) ->
                variance(name, root, self, dim, unbiased ? 1 : 0, keepdim))
        .overload(
            CORRECTED,
            ReductionCall.Corrected.class,
            (self, dim, correction, keepdim) ->
                variance(name, root, self, dim, orOne(correction), keepdim))
        .samples(Variances::samples)
        .singularAt(SingularPoints.ties());
  }

  private static Operator pair(String name, boolean root) {
    return named(name)
        .overload(
            ALL,
            ReductionCall.UnbiasedPair.class,
            (self, unbiased) -> withMean(name, root, self, null, unbiased ? 1 : 0, false))
        .overload(
            UNBIASED,
            ReductionCall.UnbiasedDimsPair.class,
            (self, dim, unbiased, keepdim) ->
                withMean(name, root, self, dim, unbiased ? 1 : 0, keepdim))
        .overload(
            CORRECTED,
            ReductionCall.CorrectedPair.class,
            (self, dim, correction, keepdim) ->
                withMean(name, root, self, dim, orOne(correction), keepdim))
        .samples(Variances::samples)
        .singularAt(SingularPoints.ties());
  }

  private static List<Sample> samples(SampleSource s) {
    return List.of(
        sample(s.tensor(2, 3)),
        sample(s.tensor(2, 3), false),
        sample(s.tensor(2, 3, 2), List.of(0L, 2L)),
        sample(s.tensor(2, 3), -1, true, true),
        sample(s.tensor(2, 3), List.of(1L), false, true));
  }

  private static long orOne(@Nullable Long correction) {
    return correction == null ? 1 : correction;
  }

  private static Tensor variance(
      String name,
      boolean root,
      Tensor self,
      int @Nullable [] dim,
      long correction,
      boolean keepdim) {
    if (!self.dtype().isFloatingPoint()) {
      throw new DTypeException(
          name
              + ": std and var only support floating point and complex dtypes; got "
              + self.dtype()
              + ", cast it first");
    }
    return Functions.apply(
        new Variance(Dims.of(self.shape(), dim), keepdim, correction, root), self);
  }

  private static Tensor[] withMean(
      String name,
      boolean root,
      Tensor self,
      int @Nullable [] dim,
      long correction,
      boolean keepdim) {
    return new Tensor[] {
      variance(name, root, self, dim, correction, keepdim),
      Reductions.mean(self, dim, keepdim, null)
    };
  }
}
