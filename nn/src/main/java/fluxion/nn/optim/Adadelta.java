package fluxion.nn.optim;

import fluxion.api.Tensor;
import fluxion.ops.nn.OptimizerSteps;
import java.util.Collection;

/**
 * Adadelta (Zeiler, <a href="https://arxiv.org/abs/1212.5701">ADADELTA: An Adaptive Learning Rate
 * Method</a>). The step is that of {@link fluxion.ops.nn.OptimizerCall.Adadelta}.
 */
public final class Adadelta extends ParameterwiseOptimizer {
  private static final StateLayout STATE = StateLayout.counted("square_avg", "acc_delta");

  /**
   * Makes an optimiser with PyTorch's default options.
   *
   * @param parameters the parameters: leaves
   * @throws fluxion.api.ArgumentException if there is no parameter, or one is no leaf
   */
  public Adadelta(Collection<Tensor> parameters) {
    this(parameters, new AdadeltaOptions());
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate and so on
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or an option
   *     will not do
   */
  public Adadelta(Collection<Tensor> parameters, AdadeltaOptions options) {
    this(new ParameterGroup(parameters, options));
  }

  /**
   * Makes an optimiser of parameters with options of their own.
   *
   * @param groups the parameters, each group with {@link AdadeltaOptions}
   * @throws fluxion.api.ArgumentException if there is no parameter, one is there twice, or the
   *     options are another optimiser's
   */
  public Adadelta(ParameterGroup... groups) {
    super(AdadeltaOptions.class, groups);
  }

  @Override
  protected StateLayout stateLayout() {
    return STATE;
  }

  @Override
  void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state) {
    state.nextStep();
    OptimizerSteps.adadelta()
        .apply(
            parameter,
            gradient,
            state.tensor("square_avg", parameter),
            state.tensor("acc_delta", parameter),
            options.lr(),
            options.number("rho"),
            options.number("eps"),
            options.number("weight_decay"),
            options.flag("maximize"));
  }
}
