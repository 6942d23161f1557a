package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Memory;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.ops.nn.Functional;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stochastic gradient descent, with momentum, weight decay and Nesterov's look ahead where asked
 * for. The step is that of {@link Functional#sgdStep}.
 */
public final class SGD extends Optimizer {
  private final @Nullable Tensor[] momentumBuffers;
  private SGDOptions options;

  /**
   * Makes an optimiser without momentum.
   *
   * @param parameters the parameters: leaves
   * @param lr the learning rate
   * @throws ArgumentException if there is no parameter, one is no leaf, or the rate is negative
   */
  public SGD(Collection<Tensor> parameters, double lr) {
    this(parameters, new SGDOptions(lr));
  }

  /**
   * Makes an optimiser without momentum.
   *
   * @param parameters the parameters: leaves
   * @param lr the learning rate
   * @throws ArgumentException if there is no parameter, one is no leaf, or the rate is negative
   */
  public SGD(Collection<Tensor> parameters, long lr) {
    this(parameters, new SGDOptions(lr));
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate, momentum and so on
   * @throws ArgumentException if there is no parameter, one is no leaf, or an option will not do
   */
  public SGD(Collection<Tensor> parameters, SGDOptions options) {
    super(checked(parameters, options));
    this.options = options;
    this.momentumBuffers = new @Nullable Tensor[parameters().size()];
  }

  /** The options are looked at first, as in PyTorch. */
  private static Collection<Tensor> checked(Collection<Tensor> parameters, SGDOptions options) {
    options.check();
    return parameters;
  }

  /** {@return the learning rate} */
  public double lr() {
    return options.lr().toDouble();
  }

  /**
   * Changes the learning rate from the next step on.
   *
   * @param lr the learning rate
   * @throws ArgumentException if it is negative
   */
  public void setLr(double lr) {
    setOptions(options.lr(lr));
  }

  /**
   * Changes all options from the next step on. Momentum goes on from what was gathered.
   *
   * @param changed the options
   * @throws ArgumentException if an option will not do
   */
  public void setOptions(SGDOptions changed) {
    changed.check();
    options = changed;
  }

  @Override
  public void step() {
    double momentum = options.momentum().toDouble();
    for (int i = 0; i < momentumBuffers.length; i++) {
      Tensor parameter = parameters().get(i);
      Tensor gradient = parameter.grad();
      if (gradient != null) {
        Tensor buffer = momentumBuffers[i];
        boolean first = momentum != 0 && buffer == null;
        if (first) {
          // It outlives the step, whatever scope the caller has opened.
          buffer = Memory.unscoped(Tensors.zerosLike(parameter));
          momentumBuffers[i] = buffer;
        }
        Functional.sgdStep(
            parameter,
            gradient,
            momentum == 0 ? null : buffer,
            options.lr().toDouble(),
            momentum,
            options.dampening().toDouble(),
            options.weightDecay().toDouble(),
            options.nesterov(),
            options.maximize(),
            first);
      }
    }
  }

  @Override
  protected SortedMap<String, Scalar> options() {
    SortedMap<String, Scalar> named = new TreeMap<>();
    named.put("dampening", options.dampening());
    named.put("lr", options.lr());
    named.put("maximize", Scalar.of(options.maximize()));
    named.put("momentum", options.momentum());
    named.put("nesterov", Scalar.of(options.nesterov()));
    named.put("weight_decay", options.weightDecay());
    return named;
  }
}
