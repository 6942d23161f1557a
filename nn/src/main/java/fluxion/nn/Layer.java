package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A part of a model: a function of a tensor, with parameters and further layers inside.
 *
 * <p>A subclass registers its parameters and layers in its constructor; they keep that order. The
 * name of a parameter inside is the path to it, {@code 0.weight}. A layer or a parameter that is
 * reached by several paths counts once, under the first. Not thread-safe while it is put together
 * or switched between training and evaluation.
 */
public abstract class Layer {
  private final Map<String, Tensor> ownParameters = new LinkedHashMap<>();
  private final Map<String, Layer> ownLayers = new LinkedHashMap<>();
  private boolean training = true;

  /** Makes a layer in training mode, with nothing inside. */
  protected Layer() {}

  /**
   * {@return what the layer makes of a tensor}
   *
   * @param input the tensor
   */
  public abstract Tensor forward(Tensor input);

  // ---- what is inside

  /**
   * Registers a parameter.
   *
   * @param name its name, not empty and without a dot
   * @param parameter a leaf; it is made to require a gradient
   * @return the parameter
   * @throws ArgumentException if the name will not do or is taken, or the tensor is no leaf
   */
  protected final Tensor register(String name, Tensor parameter) {
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
    ownParameters.put(name, parameter);
    return parameter;
  }

  /**
   * Registers a layer inside this one.
   *
   * @param <L> its class
   * @param name its name, not empty and without a dot
   * @param layer the layer
   * @return the layer
   * @throws ArgumentException if the name will not do or is taken
   */
  protected final <L extends Layer> L register(String name, L layer) {
    checkName("module", name);
    ownLayers.put(name, layer);
    return layer;
  }

  private void checkName(String kind, String name) {
    if (name.isEmpty()) {
      throw new ArgumentException(kind + " name can't be empty string \"\"");
    }
    if (name.contains(".")) {
      throw new ArgumentException(kind + " name can't contain \".\", got: " + name);
    }
    if (ownParameters.containsKey(name) || ownLayers.containsKey(name)) {
      throw new ArgumentException("attribute '" + name + "' already exists");
    }
  }

  /** {@return the layers directly inside, by name, in the order of registration} */
  public final Map<String, Layer> namedLayers() {
    return Collections.unmodifiableMap(ownLayers);
  }

  /** {@return all parameters by path: this layer's own, then those of each layer inside} */
  public final Map<String, Tensor> namedParameters() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    visit(
        "",
        Collections.newSetFromMap(new IdentityHashMap<>()),
        (path, layer) ->
            layer.ownParameters.forEach(
                (name, parameter) -> {
                  if (seen.add(parameter)) {
                    all.put(path + name, parameter);
                  }
                }));
    return Collections.unmodifiableMap(all);
  }

  /** {@return all parameters, in the order of {@link #namedParameters()}} */
  public final List<Tensor> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /** Visits this layer and all inside once each, with the prefix of their parameters' paths. */
  private void visit(String prefix, Set<Layer> seen, BiConsumer<String, Layer> visitor) {
    if (seen.add(this)) {
      visitor.accept(prefix, this);
      ownLayers.forEach((name, layer) -> layer.visit(prefix + name + ".", seen, visitor));
    }
  }

  // ---- modes and gradients

  /** {@return whether this layer is in training mode} */
  public final boolean isTraining() {
    return training;
  }

  /**
   * Switches this layer and all inside to training or evaluation.
   *
   * @param mode whether to train
   * @return this layer
   */
  public final Layer train(boolean mode) {
    visit(
        "",
        Collections.newSetFromMap(new IdentityHashMap<>()),
        (path, layer) -> layer.training = mode);
    return this;
  }

  /**
   * Switches this layer and all inside to training.
   *
   * @return this layer
   */
  public final Layer train() {
    return train(true);
  }

  /**
   * Switches this layer and all inside to evaluation.
   *
   * @return this layer
   */
  public final Layer eval() {
    return train(false);
  }

  /**
   * Says of all parameters whether they require gradients.
   *
   * @param requiresGrad whether they do
   * @return this layer
   */
  public final Layer requiresGrad_(boolean requiresGrad) {
    parameters().forEach(parameter -> parameter.requiresGrad_(requiresGrad));
    return this;
  }

  /** Sets the gradients that there are to zero. */
  public final void zeroGrad() {
    Gradients.zero(parameters());
  }

  // ---- printing

  /** {@return what stands in the parentheses beside the layers inside; nothing by default} */
  protected String extraText() {
    return "";
  }

  /** {@return the layer as PyTorch prints a module, the layers inside indented} */
  @Override
  public final String toString() {
    String extra = extraText();
    List<String> lines = new ArrayList<>();
    if (!extra.isEmpty()) {
      lines.addAll(List.of(extra.split("\n", -1)));
    }
    boolean oneLine = lines.size() <= 1 && ownLayers.isEmpty();
    ownLayers.forEach(
        (name, layer) -> lines.add("(" + name + "): " + layer.toString().replace("\n", "\n  ")));
    String text = oneLine ? extra : "\n  " + String.join("\n  ", lines) + "\n";
    Class<?> named = getClass();
    while (named.isAnonymousClass()) {
      named = named.getSuperclass();
    }
    return named.getSimpleName() + "(" + text + ")";
  }
}
