package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.util.Map;

/**
 * Layers by name, PyTorch's {@code ModuleDict}, as which it prints. It computes nothing: the layer
 * around it says what its layers are for.
 */
public final class LayerDict extends Layer {
  /** Makes a dict of nothing. */
  public LayerDict() {}

  /**
   * Makes a dict.
   *
   * @param layers its layers, in the order of the map
   */
  public LayerDict(Map<String, ? extends Layer> layers) {
    layers.forEach(this::put);
  }

  /**
   * Puts a layer under a name, in the place of one that is there.
   *
   * @param name its name, not empty and without a dot
   * @param layer the layer
   * @return this dict
   */
  public LayerDict put(String name, Layer layer) {
    if (namedLayers().containsKey(name)) {
      replace(name, layer);
    } else {
      register(name, layer);
    }
    return this;
  }

  /**
   * {@return a layer}
   *
   * @param name its name
   * @throws ArgumentException if there is none of this name
   */
  public Layer get(String name) {
    Layer layer = namedLayers().get(name);
    if (layer == null) {
      throw new ArgumentException(
          "there is no layer '" + name + "'; there are " + namedLayers().keySet());
    }
    return layer;
  }

  /** {@return the number of layers} */
  public int size() {
    return namedLayers().size();
  }

  /**
   * Refuses.
   *
   * @throws ArgumentException always
   */
  @Override
  public Tensor forward(Tensor input) {
    throw new ArgumentException(
        "Module [ModuleDict] is missing the required \"forward\" function: call its layers");
  }

  @Override
  protected String typeName() {
    return "ModuleDict";
  }
}
