package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/**
 * Layers by number, PyTorch's {@code ModuleList}, as which it prints. It computes nothing: the
 * layer around it says what its layers are for.
 */
public final class LayerList extends Layer implements Iterable<Layer> {
  /**
   * Makes a list.
   *
   * @param layers its layers
   */
  public LayerList(Layer... layers) {
    this(List.of(layers));
  }

  /**
   * Makes a list.
   *
   * @param layers its layers
   */
  public LayerList(Collection<? extends Layer> layers) {
    layers.forEach(this::append);
  }

  /**
   * Puts a layer at the end.
   *
   * @param layer the layer
   * @return this list
   */
  public LayerList append(Layer layer) {
    register(Integer.toString(size()), layer);
    return this;
  }

  /**
   * Puts a layer in another's place.
   *
   * @param index the number of the other, negative from the end
   * @param layer the layer
   * @throws ArgumentException if there is no such number
   */
  public void set(int index, Layer layer) {
    replace(Integer.toString(Sequential.place(index, size())), layer);
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
    return List.copyOf(namedLayers().values()).get(Sequential.place(index, size()));
  }

  @Override
  public Iterator<Layer> iterator() {
    return List.copyOf(namedLayers().values()).iterator();
  }

  /**
   * Refuses.
   *
   * @throws ArgumentException always
   */
  @Override
  public Tensor forward(Tensor input) {
    throw new ArgumentException(
        "Module [ModuleList] is missing the required \"forward\" function: call its layers");
  }

  @Override
  protected String typeName() {
    return "ModuleList";
  }
}
