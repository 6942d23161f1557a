package fluxion.nn;

import fluxion.api.Autograd;
import fluxion.api.Hook;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of {@link Layer#summary}. */
final class Summary {
  private static final String NONE = "-";

  private record Row(String layer, String shape, String parameters) {}

  private final List<Row> rows = new ArrayList<>();
  private final IdentityHashMap<Layer, Shape> shapes;
  private final Set<Layer> seen = Paths.identities();
  private final Set<Tensor> counted = Paths.identities();

  private Summary(IdentityHashMap<Layer, Shape> shapes) {
    this.shapes = shapes;
  }

  static String of(Layer layer, @Nullable Tensor input) {
    Summary summary = new Summary(input == null ? new IdentityHashMap<>() : shapes(layer, input));
    summary.rows.add(new Row("Layer", input == null ? "" : "Output shape", "Parameters"));
    summary.add("", "", layer);
    Collection<Tensor> all = layer.parameters();
    long trained = count(all.stream().filter(Tensor::requiresGrad).toList());
    return summary.table()
        + "Parameters: "
        + grouped(count(all))
        + ", trained: "
        + grouped(trained)
        + ", buffers: "
        + grouped(count(layer.buffers()))
        + "\n";
  }

  /** The shapes of what each layer gave at its last call, in evaluation mode, unrecorded. */
  private static IdentityHashMap<Layer, Shape> shapes(Layer layer, Tensor input) {
    IdentityHashMap<Layer, Shape> shapes = new IdentityHashMap<>();
    IdentityHashMap<Layer, Boolean> modes = new IdentityHashMap<>();
    List<Hook> hooks = new ArrayList<>();
    Paths.visit(
        layer,
        (_, inner) -> {
          modes.put(inner, inner.isTraining());
          hooks.add(
              inner.registerForwardHook(
                  (called, _, output) -> {
                    shapes.put(called, output.shape());
                    return null;
                  }));
        });
    layer.eval();
    try (var _ = Autograd.noGrad()) {
      layer.call(input);
    } finally {
      hooks.forEach(Hook::remove);
      modes.forEach(Layer::setTraining);
    }
    return shapes;
  }

  private void add(String indent, String name, Layer layer) {
    boolean first = seen.add(layer);
    Shape shape = shapes.get(layer);
    List<Tensor> own = new ArrayList<>();
    for (Tensor parameter : layer.members().parameters().values()) {
      if (counted.add(parameter)) {
        own.add(parameter);
      }
    }
    String type = layer.typeName();
    rows.add(
        new Row(
            indent + (name.isEmpty() ? type : name + ": " + type) + (first ? "" : " (shared)"),
            shape == null ? (shapes.isEmpty() ? "" : NONE) : shape.toString(),
            own.isEmpty() ? NONE : grouped(count(own))));
    if (first) {
      layer.members().layers().forEach((inner, under) -> add(indent + "  ", inner, under));
    }
  }

  private String table() {
    int wide = rows.stream().mapToInt(row -> row.layer().length()).max().orElse(0);
    int shape = rows.stream().mapToInt(row -> row.shape().length()).max().orElse(0);
    int number = rows.stream().mapToInt(row -> row.parameters().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(row.layer()).repeat(' ', wide - row.layer().length());
      if (shape > 0) {
        text.append("  ").append(row.shape()).repeat(' ', shape - row.shape().length());
      }
      text.append("  ").repeat(' ', number - row.parameters().length());
      text.append(row.parameters()).append('\n');
    }
    return text.toString();
  }

  private static long count(Collection<Tensor> tensors) {
    return tensors.stream().mapToLong(Tensor::numel).sum();
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
