package fluxion.nn.optim;

import fluxion.api.Tensor;
import fluxion.ops.nn.OptimizerSteps;
import java.util.Collection;
import java.util.Set;

/**
 * Averaged stochastic gradient descent (Polyak and Juditsky, Acceleration of Stochastic
 * Approximation by Averaging). The step is that of {@link fluxion.ops.nn.OptimizerCall.Asgd}.
 *
 * <p>The average of the parameters is the entry {@code ax} of the state. As in PyTorch, the
 * learning rate of the next step is kept in float32.
 */
public final class ASGD extends ParameterwiseOptimizer {
  private static final StateLayout STATE =
      new StateLayout(Set.of("step", "eta", "mu"), Set.of("ax"), Set.of());

  /**
   * Makes an optimiser with PyTorch's default options.
   *
   * @param parameters the parameters: leaves
   * @throws fluxion.api.ArgumentException if there is no parameter, or one is no leaf
   */
  public ASGD(Collection<Tensor> parameters) {
    this(parameters, new ASGDOptions());
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate and so on
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or an option
   *     will not do
   */
  public ASGD(Collection<Tensor> parameters, ASGDOptions options) {
    this(new ParameterGroup(parameters, options));
  }

  /**
   * Makes an optimiser of parameters with options of their own.
   *
   * @param groups the parameters, each group with {@link ASGDOptions}
   * @throws fluxion.api.ArgumentException if there is no parameter, one is there twice, or the
   *     options are another optimiser's
   */
  public ASGD(ParameterGroup... groups) {
    super(ASGDOptions.class, groups);
  }

  @Override
  protected StateLayout stateLayout() {
    return STATE;
  }

  @Override
  void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state) {
    double lr = options.lr();
    double lambd = options.number("lambd");
    long step = state.nextStep();
    OptimizerSteps.asgd()
        .apply(
            parameter,
            gradient,
            state.tensor("ax", parameter),
            state.number("eta", (float) lr),
            state.number("mu", 1),
            lambd,
            options.number("weight_decay"),
            options.flag("maximize"));
    double fallen = StrictMath.pow(1 + lambd * lr * step, options.number("alpha"));
    state.set("eta", (float) (lr / fallen));
    state.set("mu", (float) (1 / Math.max(1, step - options.number("t0"))));
  }
}
