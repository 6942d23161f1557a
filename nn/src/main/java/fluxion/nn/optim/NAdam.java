package fluxion.nn.optim;

import fluxion.api.Tensor;
import fluxion.ops.nn.OptimizerSteps;
import java.util.Collection;
import java.util.Set;

/**
 * Adam with Nesterov's momentum (Dozat, <a
 * href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Incorporating Nesterov Momentum into
 * Adam</a>). The step is that of {@link fluxion.ops.nn.OptimizerCall.NAdam}.
 *
 * <p>As in PyTorch 1.13, the product of momenta is kept in float32, and has this step's momentum
 * twice where it stands for the product up to the next step.
 */
public final class NAdam extends ParameterwiseOptimizer {
  private static final double BASE = 0.96;
  private static final StateLayout STATE =
      new StateLayout(Set.of("step", "mu_product"), Set.of("exp_avg", "exp_avg_sq"), Set.of());

  /**
   * Makes an optimiser with PyTorch's default options.
   *
   * @param parameters the parameters: leaves
   * @throws fluxion.api.ArgumentException if there is no parameter, or one is no leaf
   */
  public NAdam(Collection<Tensor> parameters) {
    this(parameters, new NAdamOptions());
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate and so on
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or an option
   *     will not do
   */
  public NAdam(Collection<Tensor> parameters, NAdamOptions options) {
    this(new ParameterGroup(parameters, options));
  }

  /**
   * Makes an optimiser of parameters with options of their own.
   *
   * @param groups the parameters, each group with {@link NAdamOptions}
   * @throws fluxion.api.ArgumentException if there is no parameter, one is there twice, or the
   *     options are another optimiser's
   */
  public NAdam(ParameterGroup... groups) {
    super(NAdamOptions.class, groups);
  }

  @Override
  protected StateLayout stateLayout() {
    return STATE;
  }

  @Override
  void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state) {
    long step = state.nextStep();
    float mu = (float) momentum(options, step);
    float muNext = (float) momentum(options, step + 1);
    float muProduct = (float) state.number("mu_product", 1) * mu;
    state.set("mu_product", muProduct);
    OptimizerSteps.nadam()
        .apply(
            parameter,
            gradient,
            state.tensor("exp_avg", parameter),
            state.tensor("exp_avg_sq", parameter),
            options.lr(),
            step,
            momentum(options, step),
            momentum(options, step + 1),
            muProduct,
            muProduct * mu * muNext,
            options.number("betas", 0),
            options.number("betas", 1),
            options.number("eps"),
            options.number("weight_decay"),
            options.flag("decoupled_weight_decay"),
            options.flag("maximize"));
  }

  /** The momentum of a step: it comes up from half of beta1 to beta1. */
  private static double momentum(OptimizerOptions<?> options, long step) {
    double power = StrictMath.pow(BASE, step * options.number("momentum_decay"));
    return options.number("betas", 0) * (1 - 0.5 * power);
  }
}
