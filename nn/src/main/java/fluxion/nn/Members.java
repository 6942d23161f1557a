package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What is directly inside a layer, by name, in the order of registration. */
final class Members {
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();
  private final Set<String> passing = new HashSet<>();
  private final Map<String, Layer> layers = new LinkedHashMap<>();

  Map<String, Tensor> parameters() {
    return parameters;
  }

  Map<String, Tensor> buffers() {
    return buffers;
  }

  Map<String, Layer> layers() {
    return layers;
  }

  /** The parameters, then the buffers that persist: what a state dict holds. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>(parameters);
    buffers.forEach(
        (name, buffer) -> {
          if (!passing.contains(name)) {
            state.put(name, buffer);
          }
        });
    return state;
  }

  void addParameter(String name, Tensor parameter) {
    checkName("parameter", name);
    if (!parameter.isLeaf()) {
      throw new ArgumentException(
          "Cannot assign non-leaf Tensor to parameter '"
              + name
              + "'. Model parameters must be created explicitly. To express '"
              + name
              + "' as a function of another Tensor, compute the value in the forward() method.");
    }
    parameter.requiresGrad_(true);
    parameters.put(name, parameter);
  }

  void addBuffer(String name, Tensor buffer, boolean persistent) {
    checkName("buffer", name);
    buffers.put(name, buffer);
    if (!persistent) {
      passing.add(name);
    }
  }

  void addLayer(String name, Layer layer) {
    checkName("module", name);
    layers.put(name, layer);
  }

  void replaceLayer(String name, Layer layer) {
    if (layers.replace(name, layer) == null) {
      throw new ArgumentException("there is no layer '" + name + "'; there are " + layers.keySet());
    }
  }

  private void checkName(String kind, String name) {
    if (name.isEmpty()) {
      throw new ArgumentException(kind + " name can't be empty string \"\"");
    }
    if (name.contains(".")) {
      throw new ArgumentException(kind + " name can't contain \".\", got: " + name);
    }
    if (parameters.containsKey(name) || buffers.containsKey(name) || layers.containsKey(name)) {
      throw new ArgumentException("attribute '" + name + "' already exists");
    }
  }
}
