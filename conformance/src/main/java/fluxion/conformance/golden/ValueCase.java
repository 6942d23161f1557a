package fluxion.conformance.golden;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Results, gradients and results in float32 of one call. */
final class ValueCase extends Recorded {
  /** Cases whose gradients are rounding noise. */
  private static final Set<String> NOISE =
      Set.of("F.layer_norm.002", "F.layer_norm.003", "F.group_norm.004", "tanh.006");

  /**
   * Operators whose gradients at NaN follow no rule: the vector loop of PyTorch's backward kernel
   * gives another one than the loop over what is left at the end.
   */
  private static final Set<String> NO_GRADIENT_AT_NAN =
      Set.of(
          "nn.functional.hardtanh",
          "nn.functional.relu6",
          "nn.functional.elu",
          "nn.functional.selu");

  private final Safetensors tensors;

  ValueCase(Map<String, @Nullable Object> fields, Safetensors tensors) {
    super(fields);
    this.tensors = tensors;
  }

  @Override
  public Kind kind() {
    return Kind.VALUES;
  }

  @Override
  void compare(Device device) throws Difference, Unsupported {
    Map<String, @Nullable Object> gradients = Json.object(fields.get("grads"));
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    List<Tensor> results =
        call.run(
            device,
            object -> {
              String name = Json.string(object.get("tensor"));
              Tensor input = tensors.get(name).tensor(device);
              inputs.put(name, gradients.containsKey(name) ? input.requiresGrad_() : input);
              return inputs.get(name);
            });
    compareResults("result", names(fields.get("outputs")), results);
    compareInputs(inputs);
    compareGradients(device, gradients, inputs, results);
    List<@Nullable Object> singles = names(fields.get("outputs_f32"));
    if (!singles.isEmpty()) {
      compareResults("float32 result", singles, call.run(device, object -> single(device, object)));
    }
  }

  private Tensor single(Device device, Map<String, @Nullable Object> object) {
    Numbers numbers = tensors.get(Json.string(object.get("tensor")));
    return numbers.dtype() == DType.FLOAT64
        ? numbers.tensor(DType.FLOAT32, device)
        : numbers.tensor(device);
  }

  private void compareResults(String what, List<@Nullable Object> names, List<Tensor> results)
      throws Difference {
    if (names.size() != results.size()) {
      throw new Difference("found %d results, recorded %d".formatted(results.size(), names.size()));
    }
    boolean ties = Boolean.TRUE.equals(fields.get("ties")) && names.size() > 1;
    for (int o = 0; o < results.size(); o++) {
      Numbers recorded = tensors.get(Json.string(names.get(o)));
      Tensor found = results.get(o);
      boolean index = ties && recorded.dtype() == DType.INT64;
      // which of equal values an index names is not laid down
      Numbers expected = index ? anyIndices(recorded, found) : recorded;
      require(what + " " + o, expected, found, Tolerance.of(recorded.dtype()));
    }
  }

  /** The recorded elements, and those that were found where an input is NaN. */
  static Numbers exceptAtNan(Numbers recorded, Numbers input, Numbers found) {
    double[] floats = recorded.floats().clone();
    if (found.floats().length == floats.length) {
      for (int i = 0; i < floats.length; i++) {
        floats[i] = Double.isNaN(input.floats()[i]) ? found.floats()[i] : floats[i];
      }
    }
    return new Numbers(recorded.dtype(), recorded.shape(), floats, recorded.integers());
  }

  private static Numbers anyIndices(Numbers recorded, Tensor found) {
    return found.numel() == recorded.shape().numel()
        ? new Numbers(recorded.dtype(), recorded.shape(), new double[0], found.toLongArray())
        : recorded;
  }

  private void compareInputs(Map<String, Tensor> inputs) throws Difference {
    Map<String, @Nullable Object> changed =
        fields.get("mutated") == null ? Map.of() : Json.object(fields.get("mutated"));
    for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
      Object after = changed.get(input.getKey());
      String name = after == null ? input.getKey() : Json.string(after);
      Tolerance tolerance = after == null ? new Tolerance(0, 0, 0) : Tolerance.FLOAT64;
      require(
          "input " + input.getKey() + " afterwards",
          tensors.get(name),
          input.getValue(),
          tolerance);
    }
  }

  private void compareGradients(
      Device device,
      Map<String, @Nullable Object> gradients,
      Map<String, Tensor> inputs,
      List<Tensor> results)
      throws Difference {
    List<@Nullable Object> names = names(fields.get("cotangents"));
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> cotangents = new ArrayList<>();
    double largest = 0;
    for (int o = 0; o < results.size(); o++) {
      Tensor result = results.get(o);
      if (names.get(o) == null) {
        if (result.requiresGrad()) {
          throw new Difference("result " + o + " requires a gradient, the recorded one does not");
        }
        continue;
      }
      if (!result.requiresGrad()) {
        throw new Difference("result " + o + " requires no gradient, the recorded one does");
      }
      Numbers cotangent = tensors.get(Json.string(names.get(o)));
      for (double value : cotangent.floats()) {
        largest = Math.max(largest, Math.abs(value));
      }
      outputs.add(result);
      cotangents.add(cotangent.tensor(device));
    }
    if (outputs.isEmpty()) {
      return;
    }
    List<String> wanted = List.copyOf(gradients.keySet());
    List<@Nullable Tensor> found =
        Autograd.grad(
            outputs,
            wanted.stream()
                .map(name -> Optional.ofNullable(inputs.get(name)).orElseThrow())
                .toList(),
            cotangents,
            false,
            false,
            true);
    for (int i = 0; i < wanted.size(); i++) {
      String what = "gradient of " + wanted.get(i);
      Object recorded = gradients.get(wanted.get(i));
      Tensor gradient = found.get(i);
      if (recorded == null) {
        requireNone(what, gradient);
      } else if (gradient == null) {
        throw new Difference(what + ": found none");
      } else {
        Numbers expected = tensors.get(Json.string(recorded));
        if (NO_GRADIENT_AT_NAN.contains(operator())) {
          expected = exceptAtNan(expected, tensors.get(wanted.get(i)), Numbers.of(gradient));
        }
        Tolerance tolerance = Tolerance.of(expected.dtype());
        boolean noise = NOISE.contains(id());
        require(
            what, expected, gradient, noise ? tolerance.orAbsolute(1e-10 * largest) : tolerance);
      }
    }
  }
}
