package fluxion.nn.optim;

import fluxion.api.Tensor;
import fluxion.ops.nn.OptimizerSteps;
import java.util.Collection;

/**
 * Adamax, Adam with the maximum norm (Kingma and Ba, <a
 * href="https://arxiv.org/abs/1412.6980">Adam: A Method for Stochastic Optimization</a>). The step
 * is that of {@link fluxion.ops.nn.OptimizerCall.Adamax}.
 */
public final class Adamax extends ParameterwiseOptimizer {
  private static final StateLayout STATE = StateLayout.counted("exp_avg", "exp_inf");

  /**
   * Makes an optimiser with PyTorch's default options.
   *
   * @param parameters the parameters: leaves
   * @throws fluxion.api.ArgumentException if there is no parameter, or one is no leaf
   */
  public Adamax(Collection<Tensor> parameters) {
    this(parameters, new AdamaxOptions());
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate and so on
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or an option
   *     will not do
   */
  public Adamax(Collection<Tensor> parameters, AdamaxOptions options) {
    this(new ParameterGroup(parameters, options));
  }

  /**
   * Makes an optimiser of parameters with options of their own.
   *
   * @param groups the parameters, each group with {@link AdamaxOptions}
   * @throws fluxion.api.ArgumentException if there is no parameter, one is there twice, or the
   *     options are another optimiser's
   */
  public Adamax(ParameterGroup... groups) {
    super(AdamaxOptions.class, groups);
  }

  @Override
  protected StateLayout stateLayout() {
    return STATE;
  }

  @Override
  void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state) {
    long step = state.nextStep();
    OptimizerSteps.adamax()
        .apply(
            parameter,
            gradient,
            state.tensor("exp_avg", parameter),
            state.tensor("exp_inf", parameter),
            options.lr(),
            step,
            options.number("betas", 0),
            options.number("betas", 1),
            options.number("eps"),
            options.number("weight_decay"),
            options.flag("maximize"));
  }
}
