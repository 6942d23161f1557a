package fluxion.conformance.fuzz.program;

import static fluxion.conformance.fuzz.program.Draft.slot;
import static fluxion.conformance.fuzz.program.Draft.value;

import fluxion.api.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Calls whose results show a tensor's elements in another shape or order, or some of them. */
final class ViewTemplates {
  private ViewTemplates() {}

  static List<Template> all() {
    return List.of(
        ViewTemplates::transpose,
        ViewTemplates::permute,
        ViewTemplates::movedim,
        ViewTemplates::unsqueeze,
        ViewTemplates::squeeze,
        ViewTemplates::flatten,
        ViewTemplates::reshape,
        ViewTemplates::unflatten,
        ViewTemplates::select,
        ViewTemplates::slice,
        ViewTemplates::narrow,
        ViewTemplates::expand,
        ViewTemplates::piece,
        ViewTemplates::contiguous,
        ViewTemplates::copy);
  }

  private static Optional<Known> sized(Draft draft) {
    return draft.any(x -> x.dim() > 0);
  }

  private static Argument.Value list(long... values) {
    return value(Arrays.stream(values).boxed().toList());
  }

  private static Argument.Value list(Shape shape) {
    return list(shape.toArray());
  }

  private static Shape without(Shape shape, int dim) {
    List<Long> sizes = sizes(shape);
    sizes.remove(shape.wrap(dim));
    return of(sizes);
  }

  private static List<Long> sizes(Shape shape) {
    return new ArrayList<>(Arrays.stream(shape.toArray()).boxed().toList());
  }

  private static Shape of(List<Long> sizes) {
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  private static void transpose(Draft draft) {
    sized(draft)
        .ifPresent(
            x -> {
              int a = draft.dim(x);
              int b = draft.dim(x);
              List<Long> sizes = sizes(x.shape());
              Collections.swap(sizes, x.shape().wrap(a), x.shape().wrap(b));
              draft.view("transpose", x, of(sizes), value(a), value(b));
            });
  }

  private static void permute(Draft draft) {
    sized(draft)
        .ifPresent(
            x -> {
              List<Integer> order = new ArrayList<>();
              for (int d = 0; d < x.dim(); d++) {
                order.add(draft.below(order.size() + 1), d);
              }
              long[] sizes = order.stream().mapToLong(x::size).toArray();
              long[] dims = order.stream().mapToLong(Integer::longValue).toArray();
              draft.view("permute", x, Shape.of(sizes), list(dims));
            });
  }

  private static void movedim(Draft draft) {
    sized(draft)
        .ifPresent(
            x -> {
              int from = draft.dim(x);
              int to = draft.dim(x);
              List<Long> sizes = sizes(x.shape());
              sizes.add(x.shape().wrap(to), sizes.remove(x.shape().wrap(from)));
              draft.view("movedim", x, of(sizes), list(from), list(to));
            });
  }

  private static void unsqueeze(Draft draft) {
    Known x = draft.any();
    int dim = draft.below(x.dim() + 1);
    List<Long> sizes = sizes(x.shape());
    sizes.add(dim, 1L);
    draft.view("unsqueeze", x, of(sizes), value(dim));
  }

  private static void squeeze(Draft draft) {
    sized(draft)
        .ifPresent(
            x -> {
              int dim = draft.dim(x);
              Shape shape = x.size(dim) == 1 ? without(x.shape(), dim) : x.shape();
              draft.view("squeeze", x, shape, value(dim));
            });
  }

  private static void flatten(Draft draft) {
    Known x = draft.any();
    draft.view("flatten", x, Shape.of(x.shape().numel()));
  }

  private static void reshape(Draft draft) {
    Known x = draft.any();
    long elements = x.shape().numel();
    long rows = draft.pick(2, 3, 4, 5);
    if (elements > 0 && elements % rows == 0) {
      draft.view("reshape", x, Shape.of(rows, elements / rows), list(rows, -1));
    } else {
      draft.view("reshape", x, Shape.of(1, elements), list(1, elements));
    }
  }

  private static void unflatten(Draft draft) {
    draft
        .any(x -> x.dim() > 0 && x.size(0) > 0 && x.size(0) % 2 == 0)
        .ifPresent(
            x -> {
              List<Long> sizes = sizes(x.shape());
              sizes.set(0, x.size(0) / 2);
              sizes.add(0, 2L);
              draft.view("unflatten", x, of(sizes), value(0), list(2, x.size(0) / 2));
            });
  }

  private static void select(Draft draft) {
    draft
        .any(x -> x.dim() > 0 && x.size(0) > 0 && x.size(-1) > 0)
        .ifPresent(
            x -> {
              int dim = draft.pick(0, -1);
              long size = x.size(dim);
              long at = draft.below((int) Math.min(2 * size, 256)) - size;
              draft.view("select", x, without(x.shape(), dim), value(dim), value(at));
            });
  }

  private static void slice(Draft draft) {
    sized(draft)
        .ifPresent(
            x -> {
              int dim = draft.dim(x);
              long size = x.size(dim);
              long start = draft.below((int) size + 1);
              long end = start + draft.below((int) (size - start) + 1);
              long step = draft.pick(1, 2, 3);
              Shape shape = x.shape().with(dim, (end - start + step - 1) / step);
              draft.view("slice", x, shape, value(dim), value(start), value(end), value(step));
            });
  }

  private static void narrow(Draft draft) {
    sized(draft)
        .ifPresent(
            x -> {
              int dim = draft.dim(x);
              long start = draft.below((int) x.size(dim) + 1);
              long length = draft.below((int) (x.size(dim) - start) + 1);
              Shape shape = x.shape().with(dim, length);
              draft.view("narrow", x, shape, value(dim), value(start), value(length));
            });
  }

  private static void expand(Draft draft) {
    Known x = draft.any();
    List<Long> sizes = sizes(x.shape());
    boolean repeats = false;
    for (int d = 0; d < sizes.size(); d++) {
      if (sizes.get(d) == 1 && draft.flip()) {
        sizes.set(d, (long) draft.pick(2, 3, 4));
        repeats = true;
      }
    }
    if (!repeats || draft.flip()) {
      sizes.add(0, (long) draft.pick(2, 3));
    }
    draft.view("expand", x, of(sizes), false, Statement.Call.ONLY, list(of(sizes)));
  }

  /** One of several views that one call gives; they may not be written to. */
  private static void piece(Draft draft) {
    draft
        .any(x -> x.dim() > 0 && x.size(0) > 1)
        .ifPresent(
            x -> {
              long size = x.size(0);
              long half = (size + 1) / 2;
              int which = draft.below(2);
              Shape part = x.shape().with(0, which == 0 ? half : size - half);
              switch (draft.below(4)) {
                case 0 -> draft.view("split", x, part, false, which, value(half), value(0));
                case 1 -> draft.view("chunk", x, part, false, which, value(2), value(0));
                case 2 ->
                    draft.view(
                        "split_with_sizes",
                        x,
                        part,
                        false,
                        which,
                        list(half, size - half),
                        value(0));
                default -> draft.view("unbind", x, without(x.shape(), 0), false, which, value(0));
              }
            });
  }

  private static void contiguous(Draft draft) {
    Known x = draft.any();
    draft.view("contiguous", x, x.shape());
  }

  private static void copy(Draft draft) {
    Known x = draft.any();
    draft.call("clone", x.shape(), x.dtype(), slot(x));
  }
}
