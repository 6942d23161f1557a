package fluxion.nn.optim;

import fluxion.api.Tensor;
import fluxion.ops.nn.OptimizerSteps;
import java.util.Collection;

/**
 * RMSprop (Hinton, lecture 6 of Neural Networks for Machine Learning), plain or centred (Graves, <a
 * href="https://arxiv.org/abs/1308.0850">Generating Sequences With Recurrent Neural Networks</a>).
 * The step is that of {@link fluxion.ops.nn.OptimizerCall.RMSprop}.
 */
public final class RMSprop extends ParameterwiseOptimizer {
  private static final StateLayout STATE =
      StateLayout.counted("square_avg").optionally("momentum_buffer", "grad_avg");

  /**
   * Makes an optimiser with PyTorch's default options.
   *
   * @param parameters the parameters: leaves
   * @throws fluxion.api.ArgumentException if there is no parameter, or one is no leaf
   */
  public RMSprop(Collection<Tensor> parameters) {
    this(parameters, new RMSpropOptions());
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate and so on
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or an option
   *     will not do
   */
  public RMSprop(Collection<Tensor> parameters, RMSpropOptions options) {
    this(new ParameterGroup(parameters, options));
  }

  /**
   * Makes an optimiser of parameters with options of their own.
   *
   * @param groups the parameters, each group with {@link RMSpropOptions}
   * @throws fluxion.api.ArgumentException if there is no parameter, one is there twice, or the
   *     options are another optimiser's
   */
  public RMSprop(ParameterGroup... groups) {
    super(RMSpropOptions.class, groups);
  }

  @Override
  protected StateLayout stateLayout() {
    return STATE;
  }

  @Override
  void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state) {
    double momentum = options.number("momentum");
    state.nextStep();
    OptimizerSteps.rmsprop()
        .apply(
            parameter,
            gradient,
            state.tensor("square_avg", parameter),
            momentum > 0 ? state.tensor("momentum_buffer", parameter) : null,
            options.flag("centered") ? state.tensor("grad_avg", parameter) : null,
            options.lr(),
            options.number("alpha"),
            options.number("eps"),
            options.number("weight_decay"),
            momentum,
            options.flag("maximize"));
  }
}
