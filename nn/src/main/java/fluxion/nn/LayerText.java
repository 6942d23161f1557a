package fluxion.nn;

import java.util.ArrayList;
import java.util.List;

/** A layer as PyTorch prints a module. */
final class LayerText {
  private LayerText() {}

  static String of(Layer layer) {
    String extra = layer.extraText();
    List<String> lines = new ArrayList<>();
    if (!extra.isEmpty()) {
      lines.addAll(List.of(extra.split("\n", -1)));
    }
    boolean oneLine = lines.size() <= 1 && layer.members().layers().isEmpty();
    layer
        .members()
        .layers()
        .forEach(
            (name, inner) ->
                lines.add("(" + name + "): " + inner.toString().replace("\n", "\n  ")));
    String text = oneLine ? extra : "\n  " + String.join("\n  ", lines) + "\n";
    return layer.typeName() + "(" + text + ")";
  }

  static String typeName(Class<?> type) {
    Class<?> named = type;
    while (named.isAnonymousClass()) {
      named = named.getSuperclass();
    }
    return named.getSimpleName();
  }
}
