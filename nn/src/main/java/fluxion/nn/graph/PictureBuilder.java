package fluxion.nn.graph;

import fluxion.api.AutogradException;
import fluxion.api.GradFn;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Walks a recorded graph from its result, depth first, without recursion. */
final class PictureBuilder {
  /** A function, and the box of what takes its result, or its own. */
  private record Step(GradFn function, int box) {}

  private final GraphOptions options;
  private final IdentityHashMap<Tensor, String> names = new IdentityHashMap<>();
  private final IdentityHashMap<GradFn, Integer> boxOf = new IdentityHashMap<>();
  private final IdentityHashMap<GradFn, Integer> leafOf = new IdentityHashMap<>();
  private final List<Picture.Box> boxes = new ArrayList<>();
  private final List<Picture.Link> links = new ArrayList<>();
  private final List<Step> functions = new ArrayList<>();

  PictureBuilder(GraphOptions options) {
    this.options = options;
    options.names().forEach((name, tensor) -> names.putIfAbsent(tensor, name));
  }

  Picture build(Tensor tensor) {
    if (!tensor.requiresGrad()) {
      throw new AutogradException(
          "element 0 of tensors does not require grad and does not have a grad_fn: no graph is"
              + " recorded of it that could be drawn");
    }
    int result = add(Picture.Kind.RESULT, nameOf(tensor), text(tensor.shape()));
    GradFn last = tensor.gradFn();
    if (last != null) {
      walk(last, result);
    }
    if (options.saved()) {
      functions.forEach(this::addSaved);
    }
    return new Picture(title(tensor), boxes, links);
  }

  private String title(Tensor tensor) {
    if (!options.title().isEmpty()) {
      return options.title();
    }
    String name = nameOf(tensor);
    return "Computation graph of "
        + (name.isEmpty() ? "a tensor" : name)
        + " "
        + text(tensor.shape());
  }

  private void walk(GradFn last, int result) {
    ArrayDeque<Step> stack = new ArrayDeque<>();
    stack.push(new Step(last, result));
    while (!stack.isEmpty()) {
      Step step = stack.pop();
      GradFn function = step.function();
      Integer known = boxOf.get(function);
      if (known != null) {
        links.add(new Picture.Link(known, step.box(), false));
        continue;
      }
      int box = add(Picture.Kind.FUNCTION, shortName(function.name()), "");
      boxOf.put(function, box);
      functions.add(new Step(function, box));
      links.add(new Picture.Link(box, step.box(), false));
      function.variable().ifPresent(leaf -> addLeaf(function, leaf, box));
      List<GradFn.Edge> edges = function.nextFunctions();
      for (int i = edges.size() - 1; i >= 0; i--) {
        GradFn next = edges.get(i).function();
        if (next != null) {
          stack.push(new Step(next, box));
        }
      }
    }
  }

  private void addLeaf(GradFn accumulator, Tensor leaf, int accumulatorBox) {
    int box = add(Picture.Kind.LEAF, nameOf(leaf), text(leaf.shape()));
    leafOf.put(accumulator, box);
    links.add(new Picture.Link(box, accumulatorBox, false));
  }

  /** A leaf of the picture that is saved has its box already; all else gets one a keeper. */
  private void addSaved(Step keeper) {
    for (GradFn.Saved saved : keeper.function().savedTensors()) {
      GradFn source = saved.source().function();
      Integer leaf = source == null ? null : leafOf.get(source);
      int box = leaf != null ? leaf : add(Picture.Kind.SAVED, saved.name(), text(saved.shape()));
      links.add(new Picture.Link(box, keeper.box(), true));
    }
  }

  private int add(Picture.Kind kind, String name, String shape) {
    boxes.add(new Picture.Box(kind, name, shape));
    return boxes.size() - 1;
  }

  private String nameOf(Tensor tensor) {
    return names.getOrDefault(tensor, "");
  }

  /** {@code torch::autograd::AccumulateGrad} is shown as {@code AccumulateGrad}. */
  private static String shortName(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }

  private static String text(Shape shape) {
    return Arrays.stream(shape.toArray())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
