package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** State dicts: taken from a layer, and loaded into one. */
final class States {
  private States() {}

  static Map<String, Tensor> of(Layer layer) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    Paths.visitEveryPath(
        layer,
        (prefix, inner) ->
            inner
                .members()
                .state()
                .forEach((name, tensor) -> state.put(prefix + name, tensor.detach())));
    return Collections.unmodifiableMap(state);
  }

  /** What is wanted of a state dict. */
  private static final class Plan {
    private final Map<String, Tensor> given;
    private final IdentityHashMap<Tensor, Tensor> copies = new IdentityHashMap<>();
    private final Map<String, Integer> prefixes = new HashMap<>();
    private final Set<String> wanted = new HashSet<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> mismatches = new ArrayList<>();

    Plan(Map<String, Tensor> given) {
      this.given = given;
    }

    void visit(String prefix, Layer layer) {
      prefixes.put(prefix, prefixes.size());
      layer.members().state().forEach((name, target) -> look(layer, prefix + name, name, target));
    }

    private void look(Layer layer, String key, String name, Tensor target) {
      wanted.add(key);
      Tensor value = given.containsKey(key) ? given.get(key) : layer.absentState(name).orElse(null);
      if (value == null) {
        missing.add(key);
        return;
      }
      // checkpoints from before PyTorch 0.4 hold numbers as vectors of one element
      Tensor fitting =
          target.dim() == 0 && value.dim() == 1 && value.numel() == 1 ? value.reshape() : value;
      if (!fitting.shape().equals(target.shape())) {
        mismatches.add(
            "size mismatch for "
                + key
                + ": copying a param with shape torch.Size("
                + value.shape()
                + ") from checkpoint, the shape in current model is torch.Size("
                + target.shape()
                + ").");
      } else if (value.dtype().category() != target.dtype().category()) {
        mismatches.add(
            "dtype mismatch for "
                + key
                + ": copying a param of dtype "
                + value.dtype()
                + " from checkpoint, the dtype in current model is "
                + target.dtype()
                + ".");
      } else {
        copies.put(target, fitting);
      }
    }

    /** What nobody wanted, in the order of the layers in which it would be. */
    List<String> unexpected() {
      List<String> unexpected = new ArrayList<>(given.keySet());
      unexpected.removeAll(wanted);
      unexpected.sort(Comparator.comparingInt(this::place));
      return unexpected;
    }

    private int place(String key) {
      String prefix = key;
      while (!prefixes.containsKey(prefix)) {
        // without its last part; the empty prefix is there
        prefix = prefix.substring(0, prefix.lastIndexOf('.', prefix.length() - 2) + 1);
      }
      return prefixes.get(prefix);
    }

    /** Brings all values to their dtype and device, so that what fails changes nothing. */
    void convert() {
      try (var _ = Autograd.noGrad()) {
        copies.replaceAll((target, value) -> value.detach().to(target.dtype()).to(target.device()));
      }
    }

    void carryOut() {
      try (var _ = Autograd.noGrad()) {
        copies.forEach(Tensor::copy_);
      }
    }
  }

  /**
   * A load that has been checked.
   *
   * @param report what only one side has
   * @param change makes the change
   */
  record Prepared(LoadReport report, Runnable change) {}

  /** The tensors of a saved state. */
  static Map<String, Tensor> tensors(Map<?, ?> dict) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    dict.forEach(
        (key, value) -> {
          if (key instanceof String name && value instanceof Tensor tensor) {
            tensors.put(name, tensor);
          } else {
            others.add(String.valueOf(key));
          }
        });
    if (!others.isEmpty()) {
      throw new ArgumentException(
          "a state_dict holds tensors by name, but these are none: " + quoted(others));
    }
    return tensors;
  }

  static Prepared prepare(Layer layer, Map<String, Tensor> given, boolean strict) {
    Plan plan = new Plan(given);
    Paths.visitEveryPath(layer, plan::visit);
    LoadReport report = new LoadReport(plan.missing, plan.unexpected());
    List<String> errors = new ArrayList<>();
    if (strict && !report.missingKeys().isEmpty()) {
      errors.add("Missing key(s) in state_dict: " + quoted(report.missingKeys()) + ". ");
    }
    if (strict && !report.unexpectedKeys().isEmpty()) {
      errors.add("Unexpected key(s) in state_dict: " + quoted(report.unexpectedKeys()) + ". ");
    }
    errors.addAll(plan.mismatches);
    if (!errors.isEmpty()) {
      throw new ArgumentException(
          "Error(s) in loading state_dict for "
              + layer.typeName()
              + ":\n\t"
              + String.join("\n\t", errors));
    }
    plan.convert();
    return new Prepared(report, plan::carryOut);
  }

  private static String quoted(List<String> keys) {
    return keys.stream().map(key -> '"' + key + '"').collect(Collectors.joining(", "));
  }
}
