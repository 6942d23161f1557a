package fluxion.conformance.fuzz.program;

import static fluxion.conformance.fuzz.program.Draft.slot;
import static fluxion.conformance.fuzz.program.Draft.value;

import fluxion.api.DType;
import fluxion.api.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Products of matrices, joins of tensors, elements picked by index, and losses. */
final class ProductTemplates {
  private ProductTemplates() {}

  static List<Template> all() {
    return List.of(
        ProductTemplates::matmul,
        ProductTemplates::matmul,
        ProductTemplates::linear,
        ProductTemplates::batched,
        ProductTemplates::dot,
        ProductTemplates::cat,
        ProductTemplates::stack,
        ProductTemplates::gather,
        ProductTemplates::indexSelect,
        ProductTemplates::difference,
        ProductTemplates::classes,
        ProductTemplates::logits);
  }

  private static void matrix(Draft draft, int dims, Consumer<Known> use) {
    draft.any(x -> x.isFloat() && x.dim() == dims).ifPresent(use);
  }

  private static Known other(Draft draft, DType dtype, long... sizes) {
    Shape shape = Shape.of(sizes);
    return draft
        .any(x -> x.dtype() == dtype && x.shape().equals(shape))
        .orElseGet(() -> draft.leaf(shape, dtype, draft.flip()));
  }

  private static void matmul(Draft draft) {
    matrix(
        draft,
        2,
        a -> {
          DType dtype = a.dtype();
          if (draft.below(3) == 0) {
            Known vector = other(draft, dtype, a.size(1));
            String name = draft.pick("mv", "matmul");
            draft.call(name, Shape.of(a.size(0)), dtype, slot(a), slot(vector));
          } else {
            long n = draft.pick(3, 1, 2, 5, 17);
            Known b = other(draft, dtype, a.size(1), n);
            String name = draft.pick("mm", "matmul");
            draft.call(name, Shape.of(a.size(0), n), dtype, slot(a), slot(b));
          }
        });
  }

  private static void linear(Draft draft) {
    matrix(
        draft,
        2,
        x -> {
          long n = draft.pick(3, 1, 4);
          Known weight = other(draft, x.dtype(), n, x.size(1));
          Known bias = other(draft, x.dtype(), n);
          Shape shape = Shape.of(x.size(0), n);
          if (draft.flip()) {
            draft.call("linear", shape, x.dtype(), slot(x), slot(weight), slot(bias));
          } else {
            Known right = other(draft, x.dtype(), x.size(1), n);
            draft.call(
                "addmm",
                shape,
                x.dtype(),
                Map.of("alpha", value(draft.pick(1L, 2L)), "beta", value(draft.pick(1L, 0L))),
                Statement.Call.ONLY,
                slot(bias),
                slot(x),
                slot(right));
          }
        });
  }

  private static void batched(Draft draft) {
    matrix(
        draft,
        3,
        a -> {
          Known b = other(draft, a.dtype(), a.size(0), a.size(2), 2);
          Shape shape = Shape.of(a.size(0), a.size(1), 2);
          draft.call(draft.pick("bmm", "matmul"), shape, a.dtype(), slot(a), slot(b));
        });
  }

  private static void dot(Draft draft) {
    matrix(
        draft,
        1,
        a -> {
          Known b = other(draft, a.dtype(), a.size(0));
          draft.call(draft.pick("dot", "matmul"), Shape.SCALAR, a.dtype(), slot(a), slot(b));
        });
  }

  private static void cat(Draft draft) {
    draft
        .any(x -> x.dim() > 0)
        .ifPresent(
            a -> {
              int dim = draft.dim(a);
              Known b =
                  draft
                      .any(
                          x ->
                              x.dim() == a.dim()
                                  && x.shape().with(dim, 1).equals(a.shape().with(dim, 1)))
                      .orElse(a);
              Shape shape = a.shape().with(dim, a.size(dim) + b.size(dim));
              DType dtype = DType.promote(a.dtype(), b.dtype());
              draft.call("cat", shape, dtype, both(a, b), value(dim));
            });
  }

  private static Argument both(Known a, Known b) {
    return new Argument.Slots(List.of(a.slot(), b.slot()));
  }

  private static void stack(Draft draft) {
    Known a = draft.any();
    Known b = draft.any(x -> x.shape().equals(a.shape()) && x.dtype() == a.dtype()).orElse(a);
    int dim = draft.below(a.dim() + 1);
    long[] sizes = new long[a.dim() + 1];
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = d == dim ? 2 : a.size(d < dim ? d : d - 1);
    }
    if (a.dim() < 4) {
      draft.call("stack", Shape.of(sizes), a.dtype(), both(a, b), value(dim));
    }
  }

  private static boolean hasElements(Known x) {
    return x.dim() > 0 && x.shape().numel() > 0;
  }

  private static void gather(Draft draft) {
    draft
        .any(ProductTemplates::hasElements)
        .ifPresent(
            x -> {
              int dim = draft.dim(x);
              Shape shape = x.shape().with(dim, draft.pick(2, 1, 5));
              Known index = draft.indices(shape, x.size(dim));
              String name = draft.pick("gather", "take_along_dim");
              if (name.equals("gather")) {
                draft.call(name, shape, x.dtype(), slot(x), value(dim), slot(index));
              } else {
                draft.call(name, shape, x.dtype(), slot(x), slot(index), value(dim));
              }
            });
  }

  private static void indexSelect(Draft draft) {
    draft
        .any(ProductTemplates::hasElements)
        .ifPresent(
            x -> {
              int dim = draft.dim(x);
              long count = draft.pick(3, 1, 6, 0);
              Known index = draft.indices(Shape.of(count), x.size(dim));
              Shape shape = x.shape().with(dim, count);
              draft.call("index_select", shape, x.dtype(), slot(x), value(dim), slot(index));
            });
  }

  private static Shape reduced(Shape shape, String reduction) {
    return reduction.equals("none") ? shape : Shape.SCALAR;
  }

  private static void difference(Draft draft) {
    draft
        .any(x -> x.isFloat() && x.shape().numel() > 0)
        .ifPresent(
            x -> {
              Known y =
                  draft.any(t -> t.dtype() == x.dtype() && t.shape().equals(x.shape())).orElse(x);
              String name = draft.pick("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss");
              String reduction = draft.pick("mean", "sum", "none");
              draft.call(
                  name,
                  reduced(x.shape(), reduction),
                  x.dtype(),
                  slot(x),
                  slot(y),
                  value((Object) reduction));
            });
  }

  private static void classes(Draft draft) {
    draft
        .any(x -> x.isFloat() && x.dim() == 2 && x.shape().numel() > 0)
        .ifPresent(
            x -> {
              Known target = draft.indices(Shape.of(x.size(0)), x.size(1));
              String reduction = draft.pick("mean", "sum", "none");
              draft.call(
                  draft.pick("nll_loss", "cross_entropy"),
                  reduced(target.shape(), reduction),
                  x.dtype(),
                  Map.of("reduction", value((Object) reduction)),
                  Statement.Call.ONLY,
                  slot(x),
                  slot(target));
            });
  }

  private static void logits(Draft draft) {
    draft
        .any(x -> x.isFloat() && x.shape().numel() > 0)
        .ifPresent(
            x -> {
              Known target = draft.leaf(x.shape(), x.dtype(), false);
              draft.call(
                  "binary_cross_entropy_with_logits",
                  Shape.SCALAR,
                  x.dtype(),
                  slot(x),
                  slot(target));
            });
  }
}
