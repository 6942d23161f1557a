package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.util.List;

/** Layers one after another, named by their numbers from 0. */
public final class Sequential extends Layer {
  /**
   * Makes a chain.
   *
   * @param layers the layers, in the order in which they are applied
   */
  public Sequential(Layer... layers) {
    for (Layer layer : layers) {
      append(layer);
    }
  }

  /**
   * Puts a layer at the end.
   *
   * @param layer the layer
   * @return this chain
   */
  public Sequential append(Layer layer) {
    register(Integer.toString(size()), layer);
    return this;
  }

  /** {@return the number of layers} */
  public int size() {
    return namedLayers().size();
  }

  /**
   * {@return a layer}
   *
   * @param index its number, negative from the end
   * @throws ArgumentException if there is no such layer
   */
  public Layer get(int index) {
    return List.copyOf(namedLayers().values()).get(place(index, size()));
  }

  /**
   * Puts a layer in another's place.
   *
   * @param index the number of the other, negative from the end
   * @param layer the layer
   * @throws ArgumentException if there is no such number
   */
  public void set(int index, Layer layer) {
    replace(Integer.toString(place(index, size())), layer);
  }

  /** A number from 0 on, of one that may count from the end. */
  static int place(int index, int size) {
    if (index < -size || index >= size) {
      throw new ArgumentException("index " + index + " is out of range; there are " + size);
    }
    return index < 0 ? index + size : index;
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor result = input;
    for (Layer layer : namedLayers().values()) {
      result = layer.call(result);
    }
    return result;
  }
}
