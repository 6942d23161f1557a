package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Hook;
import fluxion.api.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A part of a model: a function of a tensor, with parameters, buffers and further layers inside.
 *
 * <p>A subclass registers what is inside in its constructor; it keeps that order. A parameter is
 * trained; a buffer, such as a running mean, is not, but belongs to the layer's state. The name of
 * a parameter inside is the path to it, {@code 0.weight}. A layer or a tensor that is reached by
 * several paths counts once, under the first.
 *
 * <p>{@link #forward} is what a subclass writes, {@link #call} what a program calls: it runs the
 * hooks, too. A layer that takes several tensors has a {@code forward} of its own beside; hooks run
 * for calls with one tensor.
 *
 * <p>Not thread-safe while it is put together or switched between training and evaluation.
 */
public abstract class Layer implements Stateful {
  private final Members members = new Members();
  private final ForwardHooks hooks = new ForwardHooks();
  private boolean training = true;

  /** Makes a layer in training mode, with nothing inside. */
  protected Layer() {}

  /**
   * {@return what the layer makes of a tensor}
   *
   * @param input the tensor
   */
  public abstract Tensor forward(Tensor input);

  // ---- calls and hooks

  /**
   * {@return what the layer makes of a tensor, with its hooks: {@code model(x)} in PyTorch}
   *
   * @param input the tensor
   */
  public final Tensor call(Tensor input) {
    return hooks.call(this, input);
  }

  /**
   * Registers a hook that runs before each {@link #call}.
   *
   * @param hook may replace the input
   * @return removes it
   */
  public final Hook registerForwardPreHook(ForwardPreHook hook) {
    return hooks.addBefore(hook);
  }

  /**
   * Registers a hook that runs after each {@link #call}.
   *
   * @param hook may replace the output
   * @return removes it
   */
  public final Hook registerForwardHook(ForwardHook hook) {
    return hooks.addAfter(hook);
  }

  // ---- what is inside

  /** What is directly inside. */
  final Members members() {
    return members;
  }

  /**
   * Registers a parameter.
   *
   * @param name its name, not empty and without a dot
   * @param parameter a leaf; it is made to require a gradient
   * @return the parameter
   * @throws ArgumentException if the name will not do or is taken, or the tensor is no leaf
   */
  protected final Tensor register(String name, Tensor parameter) {
    members.addParameter(name, parameter);
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
    members.addLayer(name, layer);
    return layer;
  }

  /**
   * Puts a layer in the place of one that was registered. A subclass that allows this looks the
   * layer up by its name when it computes.
   *
   * @param name the name of the layer that goes
   * @param layer the layer that comes
   * @throws ArgumentException if there is no layer of this name
   */
  protected final void replace(String name, Layer layer) {
    members.replaceLayer(name, layer);
  }

  /**
   * Registers a buffer that is part of the state dict.
   *
   * @param name its name, not empty and without a dot
   * @param buffer a tensor that is not trained
   * @return the buffer
   * @throws ArgumentException if the name will not do or is taken
   */
  protected final Tensor registerBuffer(String name, Tensor buffer) {
    return registerBuffer(name, buffer, true);
  }

  /**
   * Registers a buffer.
   *
   * @param name its name, not empty and without a dot
   * @param buffer a tensor that is not trained
   * @param persistent whether it is part of the state dict
   * @return the buffer
   * @throws ArgumentException if the name will not do or is taken
   */
  protected final Tensor registerBuffer(String name, Tensor buffer, boolean persistent) {
    members.addBuffer(name, buffer, persistent);
    return buffer;
  }

  /** {@return the layers directly inside, by name, in the order of registration} */
  public final Map<String, Layer> namedLayers() {
    return Collections.unmodifiableMap(members.layers());
  }

  /** {@return this layer, under the empty path, and all inside by path, each once} */
  public final Map<String, Layer> allLayers() {
    Map<String, Layer> all = new LinkedHashMap<>();
    Paths.visit(
        this,
        (prefix, layer) ->
            all.put(prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1), layer));
    return Collections.unmodifiableMap(all);
  }

  /** {@return all parameters by path: this layer's own, then those of each layer inside} */
  public final Map<String, Tensor> namedParameters() {
    return Paths.named(this, Members::parameters);
  }

  /** {@return all parameters, in the order of {@link #namedParameters()}} */
  public final List<Tensor> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /** {@return all buffers by path: this layer's own, then those of each layer inside} */
  public final Map<String, Tensor> namedBuffers() {
    return Paths.named(this, Members::buffers);
  }

  /** {@return all buffers, in the order of {@link #namedBuffers()}} */
  public final List<Tensor> buffers() {
    return List.copyOf(namedBuffers().values());
  }

  /**
   * Does something to each layer inside, the innermost first, and at last to this one.
   *
   * @param action what is done
   * @return this layer
   */
  public final Layer apply(Consumer<Layer> action) {
    members.layers().values().forEach(layer -> layer.apply(action));
    action.accept(this);
    return this;
  }

  // ---- state

  /**
   * {@return the parameters and persistent buffers by path, in PyTorch's order}
   *
   * <p>The tensors share their memory with the layer's: what is loaded or trained later shows in
   * them. A tensor that is reached by several paths is there under each.
   */
  @Override
  public final Map<String, Tensor> stateDict() {
    return States.of(this);
  }

  /**
   * Copies values into the parameters and persistent buffers: all that are there, or none.
   *
   * @param state values by path
   * @return what was matched
   * @throws ArgumentException as {@link #loadStateDict(Map, boolean)}, strictly
   */
  public final LoadReport loadStateDict(Map<String, Tensor> state) {
    return loadStateDict(state, true);
  }

  /**
   * Copies values into the parameters and persistent buffers: all that are there, or none.
   *
   * <p>Floating-point values are brought to the dtype that is there, and so are integers; floats,
   * integers and bools are not turned into one another.
   *
   * @param state values by path
   * @param strict whether both sides must have the same keys
   * @return what only one side has
   * @throws ArgumentException if shapes or kinds of dtype differ, or, where strict, keys: it names
   *     all of them, in PyTorch's words, and nothing is changed
   */
  public final LoadReport loadStateDict(Map<String, Tensor> state, boolean strict) {
    States.Prepared load = States.prepare(this, state, strict);
    load.change().run();
    return load.report();
  }

  /**
   * Checks a state dict, strictly, and makes ready to copy its values.
   *
   * @param dict values by path
   * @return copies them
   * @throws ArgumentException as {@link #loadStateDict(Map, boolean)}
   */
  @Override
  public final Runnable prepareLoad(Map<?, ?> dict) {
    return States.prepare(this, States.tensors(dict), true).change();
  }

  /**
   * {@return what an own parameter or buffer starts from where a state dict lacks it and that is no
   * error; empty by default}
   *
   * @param name its name in this layer
   */
  protected Optional<Tensor> absentState(String name) {
    return Optional.empty();
  }

  /**
   * Moves all parameters, their gradients and all buffers to a device, in place: the tensors stay
   * the same, with other memory ({@link Tensor#setData}), so that who holds one, such as an
   * optimiser, holds the moved one. What an optimiser has gathered about them by then, and a state
   * dict that was taken, are not moved: move a model before it is trained. If the device is not
   * there or refuses one of them, none is moved.
   *
   * @param device the device
   * @return this layer
   * @throws fluxion.api.DeviceException if there is no such device
   * @throws fluxion.api.DTypeException if the device does not store a tensor's dtype
   */
  public final Layer to(Device device) {
    Moves.to(device, parameters(), buffers());
    return this;
  }

  /**
   * Brings all floating-point parameters, their gradients and floating-point buffers to a dtype, in
   * place, as {@link #to(Device)} moves them. Other tensors, such as counts, stay as they are.
   *
   * @param dtype a floating-point dtype
   * @return this layer
   * @throws ArgumentException if it is none; nothing is changed
   */
  public final Layer to(DType dtype) {
    if (!dtype.isFloatingPoint()) {
      throw new ArgumentException(
          "nn.Module.to only accepts floating point or complex dtypes, but got desired dtype="
              + dtype);
    }
    Moves.to(dtype, parameters(), buffers());
    return this;
  }

  // ---- modes and gradients

  /** {@return whether this layer is in training mode} */
  public final boolean isTraining() {
    return training;
  }

  final void setTraining(boolean mode) {
    training = mode;
  }

  /**
   * Switches this layer and all inside to training or evaluation.
   *
   * @param mode whether to train
   * @return this layer
   */
  public final Layer train(boolean mode) {
    Paths.visit(this, (_, layer) -> layer.setTraining(mode));
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

  /** {@return the name under which the layer prints: its class's by default} */
  protected String typeName() {
    return LayerText.typeName(getClass());
  }

  /** {@return the layer as PyTorch prints a module, the layers inside indented} */
  @Override
  public final String toString() {
    return LayerText.of(this);
  }

  /** {@return a table of the layers inside with the numbers of their own parameters} */
  public final String summary() {
    return Summary.of(this, null);
  }

  /**
   * {@return a table of the layers inside with the shapes of what they give and the numbers of
   * their own parameters}
   *
   * <p>The layer is called once, in evaluation mode and without gradients. A layer inside that is
   * not reached by {@link #call} has no shape; one that is called several times has its last.
   *
   * @param input what the layer is called with
   */
  public final String summary(Tensor input) {
    return Summary.of(this, input);
  }
}
