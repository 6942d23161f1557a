package fluxion.nn.optim;

import fluxion.api.Tensor;
import java.util.Collection;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, <a
 * href="https://arxiv.org/abs/1711.05101">Decoupled Weight Decay Regularization</a>). The step is
 * that of {@link fluxion.ops.nn.OptimizerCall.Adam}.
 */
public final class AdamW extends ParameterwiseOptimizer {
  /**
   * Makes an optimiser with PyTorch's default options.
   *
   * @param parameters the parameters: leaves
   * @throws fluxion.api.ArgumentException if there is no parameter, or one is no leaf
   */
  public AdamW(Collection<Tensor> parameters) {
    this(parameters, new AdamWOptions());
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate and so on
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or an option
   *     will not do
   */
  public AdamW(Collection<Tensor> parameters, AdamWOptions options) {
    this(new ParameterGroup(parameters, options));
  }

  /**
   * Makes an optimiser of parameters with options of their own.
   *
   * @param groups the parameters, each group with {@link AdamWOptions}
   * @throws fluxion.api.ArgumentException if there is no parameter, one is there twice, or the
   *     options are another optimiser's
   */
  public AdamW(ParameterGroup... groups) {
    super(AdamWOptions.class, groups);
  }

  @Override
  protected StateLayout stateLayout() {
    return Adam.STATE;
  }

  @Override
  void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state) {
    Adam.adamStep(parameter, gradient, options, state, true);
  }
}
