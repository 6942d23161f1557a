package fluxion.nn.optim;

import fluxion.api.Tensor;
import fluxion.ops.nn.Functional;
import java.util.Collection;
import java.util.Set;

/**
 * Stochastic gradient descent, with momentum, weight decay and Nesterov's look ahead where asked
 * for. The step is that of {@link Functional#sgdStep}.
 */
public final class SGD extends ParameterwiseOptimizer {
  private static final StateLayout STATE =
      new StateLayout(Set.of(), Set.of(), Set.of("momentum_buffer"));

  /**
   * Makes an optimiser without momentum.
   *
   * @param parameters the parameters: leaves
   * @param lr the learning rate
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or the rate is
   *     negative
   */
  public SGD(Collection<Tensor> parameters, Number lr) {
    this(parameters, new SGDOptions(lr));
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate and so on
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or an option
   *     will not do
   */
  public SGD(Collection<Tensor> parameters, SGDOptions options) {
    this(new ParameterGroup(parameters, options));
  }

  /**
   * Makes an optimiser of parameters with options of their own.
   *
   * @param groups the parameters, each group with {@link SGDOptions}
   * @throws fluxion.api.ArgumentException if there is no parameter, one is there twice, or the
   *     options are another optimiser's
   */
  public SGD(ParameterGroup... groups) {
    super(SGDOptions.class, groups);
  }

  @Override
  protected StateLayout stateLayout() {
    return STATE;
  }

  @Override
  void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state) {
    double momentum = options.number("momentum");
    boolean first = momentum != 0 && !state.has("momentum_buffer");
    Functional.sgdStep(
        parameter,
        gradient,
        momentum == 0 ? null : state.tensor("momentum_buffer", parameter),
        options.lr(),
        momentum,
        options.number("dampening"),
        options.number("weight_decay"),
        options.flag("nesterov"),
        options.flag("maximize"),
        first);
  }
}
