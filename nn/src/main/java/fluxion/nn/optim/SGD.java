package fluxion.nn.optim;

import fluxion.api.Tensor;
import fluxion.ops.nn.Functional;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stochastic gradient descent, with momentum, weight decay and Nesterov's look ahead where asked
 * for. The step is that of {@link Functional#sgdStep}.
 */
public final class SGD extends ParameterwiseOptimizer {
  private static final StateLayout STATE =
      new StateLayout(Set.of(), Set.of(), Set.of("momentum_buffer"));

  private @Nullable Settings settings;

  /**
   * Makes an optimiser without momentum.
   *
   * @param parameters the parameters: leaves
   * @param lr the learning rate
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or the rate is
   *     negative
   */
  public SGD(Collection<Tensor> parameters, Number lr) {
    this(parameters, new SGDOptions(lr));
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate and so on
   * @throws fluxion.api.ArgumentException if there is no parameter, one is no leaf, or an option
   *     will not do
   */
  public SGD(Collection<Tensor> parameters, SGDOptions options) {
    this(new ParameterGroup(parameters, options));
  }

  /**
   * Makes an optimiser of parameters with options of their own.
   *
   * @param groups the parameters, each group with {@link SGDOptions}
   * @throws fluxion.api.ArgumentException if there is no parameter, one is there twice, or the
   *     options are another optimiser's
   */
  public SGD(ParameterGroup... groups) {
    super(SGDOptions.class, groups);
  }

  @Override
  protected StateLayout stateLayout() {
    return STATE;
  }

  @Override
  void update(
      Tensor parameter, Tensor gradient, OptimizerOptions<?> options, ParameterState state) {
    Settings now = settings(options);
    boolean first = now.momentum != 0 && !state.has("momentum_buffer");
    Functional.sgdStep(
        parameter,
        gradient,
        now.momentum == 0 ? null : state.tensor("momentum_buffer", parameter),
        now.lr,
        now.momentum,
        now.dampening,
        now.weightDecay,
        now.nesterov,
        now.maximize,
        first);
  }

  private Settings settings(OptimizerOptions<?> options) {
    Settings known = settings;
    if (known == null || known.options != options) {
      known = new Settings(options);
      settings = known;
    }
    return known;
  }

  /** Options looked up by name, once for all parameters and steps that have them. */
  private static final class Settings {
    final OptimizerOptions<?> options;
    final double lr;
    final double momentum;
    final double dampening;
    final double weightDecay;
    final boolean nesterov;
    final boolean maximize;

    Settings(OptimizerOptions<?> options) {
      this.options = options;
      this.lr = options.lr();
      this.momentum = options.number("momentum");
      this.dampening = options.number("dampening");
      this.weightDecay = options.number("weight_decay");
      this.nesterov = options.flag("nesterov");
      this.maximize = options.flag("maximize");
    }
  }
}
