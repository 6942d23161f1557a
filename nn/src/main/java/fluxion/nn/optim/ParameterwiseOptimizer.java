package fluxion.nn.optim;

import fluxion.api.Tensor;

/** An optimiser that looks at one parameter at a time. */
abstract class ParameterwiseOptimizer extends Optimizer {
  ParameterwiseOptimizer(
      Class<? extends OptimizerOptions<?>> optionsType, ParameterGroup... groups) {
    super(optionsType, groups);
  }

  @Override
  public final void step() {
    for (ParameterGroup group : groups()) {
      OptimizerOptions<?> options = group.options();
      for (Tensor parameter : group.parameters()) {
        Tensor gradient = parameter.grad();
        if (gradient != null) {
          update(parameter, gradient, options, state(parameter));
        }
      }
    }
  }

  /** Changes a parameter and what is remembered of it. */
  abstract void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state);
}
