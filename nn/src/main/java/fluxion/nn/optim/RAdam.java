package fluxion.nn.optim;

import fluxion.api.Tensor;
import fluxion.ops.nn.OptimizerSteps;
import java.util.Collection;

/**
 * Adam with a rectified variance (Liu et al., <a href="https://arxiv.org/abs/1908.03265">On the
 * Variance of the Adaptive Learning Rate and Beyond</a>). The step is that of {@link
 * fluxion.ops.nn.OptimizerCall.RAdam}.
 */
public final class RAdam extends ParameterwiseOptimizer {
  private static final StateLayout STATE = StateLayout.counted("exp_avg", "exp_avg_sq");

  /**
   * Makes an optimiser with PyTorch's default options.
   *
   * @param parameters the parameters: leaves
   * @throws fluxion.api.ArgumentException if there is no parameter, or one is no leaf
   */
  public RAdam(Collection<Tensor> parameters) {
    this(parameters, new RAdamOptions());
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate and so on
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or an option
   *     will not do
   */
  public RAdam(Collection<Tensor> parameters, RAdamOptions options) {
    this(new ParameterGroup(parameters, options));
  }

  /**
   * Makes an optimiser of parameters with options of their own.
   *
   * @param groups the parameters, each group with {@link RAdamOptions}
   * @throws fluxion.api.ArgumentException if there is no parameter, one is there twice, or the
   *     options are another optimiser's
   */
  public RAdam(ParameterGroup... groups) {
    super(RAdamOptions.class, groups);
  }

  @Override
  protected StateLayout stateLayout() {
    return STATE;
  }

  @Override
  void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state) {
    long step = state.nextStep();
    OptimizerSteps.radam()
        .apply(
            parameter,
            gradient,
            state.tensor("exp_avg", parameter),
            state.tensor("exp_avg_sq", parameter),
            options.lr(),
            step,
            options.number("betas", 0),
            options.number("betas", 1),
            options.number("eps"),
            options.number("weight_decay"),
            options.flag("decoupled_weight_decay"),
            options.flag("maximize"));
  }
}
