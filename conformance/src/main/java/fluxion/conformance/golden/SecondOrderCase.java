package fluxion.conformance.golden;

import fluxion.api.Autograd;
import fluxion.api.Device;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gradients of gradients of one call: with g the gradients of Σ ⟨result, cotangent⟩, those of Σ ⟨g,
 * weight⟩ with respect to inputs and cotangents.
 */
final class SecondOrderCase extends Recorded {
  /**
   * Cases whose second gradients are rounding noise: one number divided by its norm is its sign.
   */
  private static final Set<String> NOISE = Set.of("F.normalize.002");

  private final Safetensors tensors;

  SecondOrderCase(Map<String, @Nullable Object> fields, Safetensors tensors) {
    super(fields);
    this.tensors = tensors;
  }

  @Override
  public Kind kind() {
    return Kind.SECOND_ORDER;
  }

  @Override
  void compare(Device device) throws Difference, Unsupported {
    Map<String, @Nullable Object> weights = Json.object(fields.get("weights"));
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    List<Tensor> results =
        call.run(
            device,
            object -> {
              String name = Json.string(object.get("tensor"));
              Tensor input = tensors.get(name).tensor(device);
              inputs.put(name, weights.containsKey(name) ? input.requiresGrad_() : input);
              return inputs.get(name);
            });
    List<@Nullable Object> names = names(fields.get("cotangents"));
    if (names.size() != results.size()) {
      throw new Difference("found %d results, recorded %d".formatted(results.size(), names.size()));
    }
    // inputs first, then cotangents
    Map<String, Tensor> variables = new LinkedHashMap<>();
    for (String name : weights.keySet()) {
      variables.put(name, Optional.ofNullable(inputs.get(name)).orElseThrow());
    }
    List<Tensor> wanted = List.copyOf(variables.values());
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> cotangents = new ArrayList<>();
    for (int o = 0; o < results.size(); o++) {
      if (names.get(o) != null) {
        String name = Json.string(names.get(o));
        Tensor cotangent = tensors.get(name).tensor(device).requiresGrad_();
        outputs.add(results.get(o));
        cotangents.add(cotangent);
        variables.put(name, cotangent);
      }
    }
    List<@Nullable Tensor> first = Autograd.grad(outputs, wanted, cotangents, true, true, true);
    compare(variables, second(device, first, List.copyOf(weights.values()), variables.values()));
  }

  private List<@Nullable Tensor> second(
      Device device,
      List<@Nullable Tensor> first,
      List<@Nullable Object> weights,
      java.util.Collection<Tensor> variables) {
    List<Tensor> gradients = new ArrayList<>();
    List<Tensor> factors = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      Tensor gradient = first.get(i);
      if (gradient != null && gradient.requiresGrad()) {
        gradients.add(gradient);
        factors.add(tensors.get(Json.string(weights.get(i))).tensor(device));
      }
    }
    List<@Nullable Tensor> none = new ArrayList<>();
    variables.forEach(variable -> none.add(null));
    return gradients.isEmpty()
        ? none
        : Autograd.grad(gradients, List.copyOf(variables), factors, true, false, true);
  }

  private void compare(Map<String, Tensor> variables, List<@Nullable Tensor> found)
      throws Difference {
    Map<String, @Nullable Object> recorded = new LinkedHashMap<>();
    recorded.putAll(Json.object(fields.get("grad_grads")));
    recorded.putAll(Json.object(fields.get("cotangent_grads")));
    int i = 0;
    for (Map.Entry<String, Tensor> variable : variables.entrySet()) {
      String what = "second gradient of " + variable.getKey();
      Object name = recorded.get(variable.getKey());
      Tensor gradient = found.get(i++);
      if (name == null) {
        requireNone(what, gradient);
      } else {
        // none is as good as zeros
        Tensor there = gradient == null ? Tensors.zerosLike(variable.getValue()) : gradient;
        boolean noise = NOISE.contains(id());
        require(
            what,
            tensors.get(Json.string(name)),
            there,
            noise ? Tolerance.FLOAT64.orAbsolute(1e-12) : Tolerance.FLOAT64);
      }
    }
  }
}
