package fluxion.nn;

import fluxion.api.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The ways through a tree of layers. */
final class Paths {
  private Paths() {}

  static <T> Set<T> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** Visits a layer and all inside once each, from outside, with the prefix of what is inside. */
  static void visit(Layer layer, BiConsumer<String, Layer> visitor) {
    visit("", layer, identities(), visitor);
  }

  private static void visit(
      String prefix, Layer layer, Set<Layer> seen, BiConsumer<String, Layer> visitor) {
    if (seen.add(layer)) {
      visitor.accept(prefix, layer);
      layer
          .members()
          .layers()
          .forEach((name, inner) -> visit(prefix + name + ".", inner, seen, visitor));
    }
  }

  /** Visits a layer and all inside under every path; one that contains itself only once. */
  static void visitEveryPath(Layer layer, BiConsumer<String, Layer> visitor) {
    visitEveryPath("", layer, identities(), visitor);
  }

  private static void visitEveryPath(
      String prefix, Layer layer, Set<Layer> above, BiConsumer<String, Layer> visitor) {
    if (above.add(layer)) {
      visitor.accept(prefix, layer);
      layer
          .members()
          .layers()
          .forEach((name, inner) -> visitEveryPath(prefix + name + ".", inner, above, visitor));
      above.remove(layer);
    }
  }

  /** The tensors of one kind by path, each once. */
  static Map<String, Tensor> named(Layer layer, Function<Members, Map<String, Tensor>> kind) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    Set<Tensor> seen = identities();
    visit(
        layer,
        (prefix, inner) ->
            kind.apply(inner.members())
                .forEach(
                    (name, tensor) -> {
                      if (seen.add(tensor)) {
                        all.put(prefix + name, tensor);
                      }
                    }));
    return Collections.unmodifiableMap(all);
  }
}
