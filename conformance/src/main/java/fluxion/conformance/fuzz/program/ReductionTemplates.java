package fluxion.conformance.fuzz.program;

import static fluxion.conformance.fuzz.program.Draft.slot;
import static fluxion.conformance.fuzz.program.Draft.value;

import fluxion.api.DType;
import fluxion.api.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Calls that fold dimensions. */
final class ReductionTemplates {
  private ReductionTemplates() {}

  static List<Template> all() {
    return List.of(
        ReductionTemplates::sum,
        ReductionTemplates::sum,
        ReductionTemplates::mean,
        ReductionTemplates::extremes,
        ReductionTemplates::extremeWithIndex,
        ReductionTemplates::extremeOfAll,
        ReductionTemplates::argExtreme,
        ReductionTemplates::product,
        ReductionTemplates::spread,
        ReductionTemplates::norm,
        ReductionTemplates::truth,
        ReductionTemplates::softmax);
  }

  /** What is left of a shape. */
  private static Shape folded(Shape shape, boolean[] which, boolean keepdim) {
    List<Long> sizes = new ArrayList<>();
    for (int d = 0; d < which.length; d++) {
      if (!which[d]) {
        sizes.add(shape.size(d));
      } else if (keepdim) {
        sizes.add(1L);
      }
    }
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  /** Some dimensions of a tensor, as arguments and what they leave. */
  private record Fold(Argument dims, boolean keepdim, Shape shape) {
    static Fold some(Draft draft, Known x) {
      boolean keepdim = draft.flip();
      boolean[] which = new boolean[x.dim()];
      List<Long> dims = new ArrayList<>();
      for (int d = 0; d < which.length; d++) {
        if (draft.flip()) {
          which[d] = true;
          dims.add((long) d);
        }
      }
      if (dims.isEmpty()) {
        // no dimension means all of them
        Arrays.fill(which, true);
        return new Fold(value(null), keepdim, folded(x.shape(), which, keepdim));
      }
      return new Fold(value(dims), keepdim, folded(x.shape(), which, keepdim));
    }

    static Fold one(Draft draft, Known x) {
      int dim = draft.dim(x);
      boolean keepdim = draft.flip();
      boolean[] which = new boolean[x.dim()];
      which[x.shape().wrap(dim)] = true;
      return new Fold(value(dim), keepdim, folded(x.shape(), which, keepdim));
    }

    Argument keep() {
      return value(keepdim);
    }
  }

  private static void sum(Draft draft) {
    Known x = draft.any();
    Fold fold = Fold.some(draft, x);
    draft.call("sum", fold.shape, Dtypes.summed(x.dtype()), slot(x), fold.dims, fold.keep());
  }

  private static void mean(Draft draft) {
    draft
        .any(Known::isFloat)
        .ifPresent(
            x -> {
              Fold fold = Fold.some(draft, x);
              draft.call("mean", fold.shape, x.dtype(), slot(x), fold.dims, fold.keep());
            });
  }

  private static boolean hasElements(Known x) {
    return x.dim() > 0 && x.shape().numel() > 0;
  }

  private static void extremes(Draft draft) {
    draft
        .any(ReductionTemplates::hasElements)
        .ifPresent(
            x -> {
              Fold fold = Fold.one(draft, x);
              String name = draft.pick("amax", "amin");
              draft.call(name, fold.shape, x.dtype(), slot(x), fold.dims, fold.keep());
            });
  }

  private static void extremeWithIndex(Draft draft) {
    draft
        .any(ReductionTemplates::hasElements)
        .ifPresent(
            x -> {
              Fold fold = Fold.one(draft, x);
              int result = draft.below(2);
              DType dtype = result == 0 ? x.dtype() : DType.INT64;
              String name = draft.pick("max", "min");
              draft.call(
                  name, fold.shape, dtype, Map.of(), result, slot(x), fold.dims, fold.keep());
            });
  }

  private static void extremeOfAll(Draft draft) {
    draft
        .any(x -> x.shape().numel() > 0)
        .ifPresent(x -> draft.call(draft.pick("max", "min"), Shape.SCALAR, x.dtype(), slot(x)));
  }

  private static void argExtreme(Draft draft) {
    draft
        .any(x -> hasElements(x) && x.dtype() != DType.BOOL)
        .ifPresent(
            x -> {
              Fold fold = Fold.one(draft, x);
              String name = draft.pick("argmax", "argmin");
              draft.call(name, fold.shape, DType.INT64, slot(x), fold.dims, fold.keep());
            });
  }

  private static void product(Draft draft) {
    draft
        .any(x -> x.dim() > 0)
        .ifPresent(
            x -> {
              Fold fold = Fold.one(draft, x);
              DType dtype = Dtypes.summed(x.dtype());
              draft.call("prod", fold.shape, dtype, slot(x), fold.dims, fold.keep());
            });
  }

  private static void spread(Draft draft) {
    draft
        .any(Known::isFloat)
        .ifPresent(
            x -> {
              Fold fold = Fold.some(draft, x);
              Argument unbiased = value(draft.flip());
              String name = draft.pick("var", "std", "var_mean", "std_mean");
              int result = name.contains("_") ? draft.below(2) : Statement.Call.ONLY;
              draft.call(
                  name,
                  fold.shape,
                  x.dtype(),
                  Map.of(),
                  result,
                  slot(x),
                  fold.dims,
                  unbiased,
                  fold.keep());
            });
  }

  private static void norm(Draft draft) {
    draft
        .any(x -> x.isFloat() && hasElements(x))
        .ifPresent(
            x -> {
              Fold fold = Fold.some(draft, x);
              Argument p = new Argument.Value(draft.pick(2L, 1L, 3.0, Double.POSITIVE_INFINITY));
              draft.call("norm", fold.shape, x.dtype(), slot(x), p, fold.dims, fold.keep());
            });
  }

  private static void truth(Draft draft) {
    draft
        .any(x -> x.dim() > 0 && x.dtype() != DType.UINT8)
        .ifPresent(
            x -> {
              Fold fold = Fold.one(draft, x);
              String name = draft.pick("all", "any");
              draft.call(name, fold.shape, DType.BOOL, slot(x), fold.dims, fold.keep());
            });
  }

  private static void softmax(Draft draft) {
    draft
        .any(x -> x.isFloat() && hasElements(x))
        .ifPresent(
            x ->
                draft.call(
                    draft.pick("softmax", "log_softmax"),
                    x.shape(),
                    x.dtype(),
                    slot(x),
                    value(draft.dim(x))));
  }
}
