package fluxion.nn.optim;

import fluxion.api.Tensor;
import fluxion.ops.nn.OptimizerSteps;
import java.util.Collection;

/**
 * Adam (Kingma and Ba, <a href="https://arxiv.org/abs/1412.6980">Adam: A Method for Stochastic
 * Optimization</a>), and its variant AMSGrad. The step is that of {@link
 * fluxion.ops.nn.OptimizerCall.Adam}.
 */
public final class Adam extends ParameterwiseOptimizer {
  static final StateLayout STATE =
      StateLayout.counted("exp_avg", "exp_avg_sq").optionally("max_exp_avg_sq");

  /**
   * Makes an optimiser with PyTorch's default options.
   *
   * @param parameters the parameters: leaves
   * @throws fluxion.api.ArgumentException if there is no parameter, or one is no leaf
   */
  public Adam(Collection<Tensor> parameters) {
    this(parameters, new AdamOptions());
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate and so on
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or an option
   *     will not do
   */
  public Adam(Collection<Tensor> parameters, AdamOptions options) {
    this(new ParameterGroup(parameters, options));
  }

  /**
   * Makes an optimiser of parameters with options of their own.
   *
   * @param groups the parameters, each group with {@link AdamOptions}
   * @throws fluxion.api.ArgumentException if there is no parameter, one is there twice, or the
   *     options are another optimiser's
   */
  public Adam(ParameterGroup... groups) {
    super(AdamOptions.class, groups);
  }

  @Override
  protected StateLayout stateLayout() {
    return STATE;
  }

  @Override
  void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state) {
    adamStep(parameter, gradient, options, state, false);
  }

  /** The step of Adam and of AdamW, which differ in the weight decay alone. */
  static void adamStep(
      Tensor parameter,
      Tensor gradient,
      OptimizerOptions<?> options,
      ParameterState state,
      boolean decoupledWeightDecay) {
    long step = state.nextStep();
    OptimizerSteps.adam()
        .apply(
            parameter,
            gradient,
            state.tensor("exp_avg", parameter),
            state.tensor("exp_avg_sq", parameter),
            options.flag("amsgrad") ? state.tensor("max_exp_avg_sq", parameter) : null,
            options.lr(),
            step,
            options.number("betas", 0),
            options.number("betas", 1),
            options.number("eps"),
            options.number("weight_decay"),
            decoupledWeightDecay,
            options.flag("maximize"));
  }
}
