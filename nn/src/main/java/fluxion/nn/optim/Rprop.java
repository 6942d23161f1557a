package fluxion.nn.optim;

import fluxion.api.Tensor;
import fluxion.ops.nn.OptimizerSteps;
import java.util.Collection;

/**
 * Resilient backpropagation (Riedmiller and Braun, A Direct Adaptive Method for Faster
 * Backpropagation Learning: The RPROP Algorithm), for gradients of all data. The step is that of
 * {@link fluxion.ops.nn.OptimizerCall.Rprop}.
 */
public final class Rprop extends ParameterwiseOptimizer {
  private static final StateLayout STATE = StateLayout.counted("prev", "step_size");

  /**
   * Makes an optimiser with PyTorch's default options.
   *
   * @param parameters the parameters: leaves
   * @throws fluxion.api.ArgumentException if there is no parameter, or one is no leaf
   */
  public Rprop(Collection<Tensor> parameters) {
    this(parameters, new RpropOptions());
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate and so on
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or an option
   *     will not do
   */
  public Rprop(Collection<Tensor> parameters, RpropOptions options) {
    this(new ParameterGroup(parameters, options));
  }

  /**
   * Makes an optimiser of parameters with options of their own.
   *
   * @param groups the parameters, each group with {@link RpropOptions}
   * @throws fluxion.api.ArgumentException if there is no parameter, one is there twice, or the
   *     options are another optimiser's
   */
  public Rprop(ParameterGroup... groups) {
    super(RpropOptions.class, groups);
  }

  @Override
  protected StateLayout stateLayout() {
    return STATE;
  }

  @Override
  void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state) {
    state.nextStep();
    OptimizerSteps.rprop()
        .apply(
            parameter,
            gradient,
            state.tensor("prev", parameter),
            state.tensor("step_size", parameter, options.lr()),
            options.number("etas", 0),
            options.number("etas", 1),
            options.number("step_sizes", 0),
            options.number("step_sizes", 1),
            options.flag("maximize"));
  }
}
