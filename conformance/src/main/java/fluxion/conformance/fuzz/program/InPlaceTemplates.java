package fluxion.conformance.fuzz.program;

import static fluxion.conformance.fuzz.program.Draft.slot;
import static fluxion.conformance.fuzz.program.Draft.value;

import fluxion.api.DType;
import java.util.List;
import java.util.Optional;

/** Calls that write into a tensor, often a view. */
final class InPlaceTemplates {
  private static final String[] OF_FLOATS = {
    "exp_",
    "sin_",
    "tanh_",
    "sigmoid_",
    "relu_",
    "neg_",
    "abs_",
    "sqrt_",
    "reciprocal_",
    "square_",
    "floor_",
    "hardtanh_",
    "leaky_relu_",
    "elu_"
  };

  private InPlaceTemplates() {}

  static List<Template> all() {
    return List.of(
        InPlaceTemplates::arithmetic,
        InPlaceTemplates::arithmetic,
        InPlaceTemplates::arithmetic,
        InPlaceTemplates::number,
        InPlaceTemplates::unary,
        InPlaceTemplates::copy,
        InPlaceTemplates::fill);
  }

  private static Optional<Known> target(Draft draft) {
    return draft.any(Known::writable);
  }

  private static Optional<Known> source(Draft draft, Known target) {
    return draft.any(
        x ->
            x.shape().expandsTo(target.shape())
                && Dtypes.fits(Dtypes.common(target, x), target.dtype()));
  }

  private static void arithmetic(Draft draft) {
    target(draft)
        .filter(t -> t.dtype() != DType.BOOL)
        .ifPresent(
            t ->
                source(draft, t)
                    .ifPresent(
                        x -> {
                          String name = draft.pick("add_", "mul_", "sub_", "div_");
                          boolean fits =
                              name.equals("div_") ? t.isFloat() : x.dtype() != DType.BOOL;
                          if (fits) {
                            draft.inPlace(name, t, slot(x));
                          }
                        }));
  }

  private static void number(Draft draft) {
    target(draft)
        .filter(t -> t.dtype() != DType.BOOL)
        .ifPresent(
            t -> {
              if (draft.below(4) == 3) {
                draft.inPlace("clamp_", t, value(-1), value(1));
              } else {
                draft.inPlace(draft.pick("add_", "mul_", "sub_"), t, draft.number(t.dtype()));
              }
            });
  }

  private static void unary(Draft draft) {
    draft
        .any(x -> x.writable() && x.isFloat())
        .ifPresent(t -> draft.inPlace(draft.pick(OF_FLOATS), t));
  }

  private static void copy(Draft draft) {
    target(draft)
        .ifPresent(
            t ->
                draft
                    .any(
                        x ->
                            x.shape().expandsTo(t.shape())
                                && (t.isFloat() || !x.isFloat() || t.dtype() == DType.BOOL))
                    .ifPresent(x -> draft.inPlace("copy_", t, slot(x))));
  }

  private static void fill(Draft draft) {
    target(draft)
        .ifPresent(
            t -> {
              Optional<Known> mask =
                  draft.any(m -> m.dtype() == DType.BOOL && m.shape().expandsTo(t.shape()));
              if (mask.isPresent() && draft.flip()) {
                draft.inPlace("masked_fill_", t, slot(mask.get()), value(draft.pick(1L, 0L)));
              } else if (draft.below(4) == 3) {
                draft.inPlace("zero_", t);
              }
            });
  }
}
