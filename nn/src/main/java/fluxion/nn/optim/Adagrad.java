package fluxion.nn.optim;

import fluxion.api.Tensor;
import fluxion.ops.nn.OptimizerSteps;
import java.util.Collection;

/**
 * Adagrad (Duchi, Hazan and Singer, <a href="https://jmlr.org/papers/v12/duchi11a.html">Adaptive
 * Subgradient Methods for Online Learning and Stochastic Optimization</a>). The step is that of
 * {@link fluxion.ops.nn.OptimizerCall.Adagrad}.
 */
public final class Adagrad extends ParameterwiseOptimizer {
  private static final StateLayout STATE = StateLayout.counted("sum");

  /**
   * Makes an optimiser with PyTorch's default options.
   *
   * @param parameters the parameters: leaves
   * @throws fluxion.api.ArgumentException if there is no parameter, or one is no leaf
   */
  public Adagrad(Collection<Tensor> parameters) {
    this(parameters, new AdagradOptions());
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate and so on
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or an option
   *     will not do
   */
  public Adagrad(Collection<Tensor> parameters, AdagradOptions options) {
    this(new ParameterGroup(parameters, options));
  }

  /**
   * Makes an optimiser of parameters with options of their own.
   *
   * @param groups the parameters, each group with {@link AdagradOptions}
   * @throws fluxion.api.ArgumentException if there is no parameter, one is there twice, or the
   *     options are another optimiser's
   */
  public Adagrad(ParameterGroup... groups) {
    super(AdagradOptions.class, groups);
  }

  @Override
  protected StateLayout stateLayout() {
    return STATE;
  }

  @Override
  void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state) {
    double initially = options.number("initial_accumulator_value");
    long step = state.nextStep();
    OptimizerSteps.adagrad()
        .apply(
            parameter,
            gradient,
            state.tensor("sum", parameter, initially),
            options.lr(),
            step,
            options.number("lr_decay"),
            options.number("weight_decay"),
            options.number("eps"),
            options.flag("maximize"));
  }
}
