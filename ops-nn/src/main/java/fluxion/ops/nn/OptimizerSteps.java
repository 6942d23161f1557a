package fluxion.ops.nn;

import fluxion.api.spi.OpSite;

/**
 * The steps of optimisers, each one kernel a parameter.
 *
 * <p>Each method gives the step as the plugins that are there now offer it, to be applied at once:
 * {@code OptimizerSteps.adagrad().apply(parameter, grad, …)}. What a step does, and what it takes,
 * is said where its form is. They throw {@link fluxion.api.ShapeException} and {@link
 * fluxion.api.DTypeException} where gradient or state are not like the parameter. Stochastic
 * gradient descent is {@link Functional#sgdStep}.
 */
public final class OptimizerSteps {
  private static final OpSite<OptimizerCall.Adam> ADAM =
      OpSite.of("adam_step_", OptimizerCall.Adam.class);
  private static final OpSite<OptimizerCall.Adamax> ADAMAX =
      OpSite.of("adamax_step_", OptimizerCall.Adamax.class);
  private static final OpSite<OptimizerCall.NAdam> NADAM =
      OpSite.of("nadam_step_", OptimizerCall.NAdam.class);
  private static final OpSite<OptimizerCall.RAdam> RADAM =
      OpSite.of("radam_step_", OptimizerCall.RAdam.class);
  private static final OpSite<OptimizerCall.RMSprop> RMSPROP =
      OpSite.of("rmsprop_step_", OptimizerCall.RMSprop.class);
  private static final OpSite<OptimizerCall.Adagrad> ADAGRAD =
      OpSite.of("adagrad_step_", OptimizerCall.Adagrad.class);
  private static final OpSite<OptimizerCall.Adadelta> ADADELTA =
      OpSite.of("adadelta_step_", OptimizerCall.Adadelta.class);
  private static final OpSite<OptimizerCall.Asgd> ASGD =
      OpSite.of("asgd_step_", OptimizerCall.Asgd.class);
  private static final OpSite<OptimizerCall.Rprop> RPROP =
      OpSite.of("rprop_step_", OptimizerCall.Rprop.class);

  private OptimizerSteps() {}

  /** {@return the step of Adam and AdamW} */
  public static OptimizerCall.Adam adam() {
    return ADAM.get();
  }

  /** {@return the step of Adamax} */
  public static OptimizerCall.Adamax adamax() {
    return ADAMAX.get();
  }

  /** {@return the step of NAdam} */
  public static OptimizerCall.NAdam nadam() {
    return NADAM.get();
  }

  /** {@return the step of RAdam} */
  public static OptimizerCall.RAdam radam() {
    return RADAM.get();
  }

  /** {@return the step of RMSprop} */
  public static OptimizerCall.RMSprop rmsprop() {
    return RMSPROP.get();
  }

  /** {@return the step of Adagrad} */
  public static OptimizerCall.Adagrad adagrad() {
    return ADAGRAD.get();
  }

  /** {@return the step of Adadelta} */
  public static OptimizerCall.Adadelta adadelta() {
    return ADADELTA.get();
  }

  /** {@return the step of averaged stochastic gradient descent} */
  public static OptimizerCall.Asgd asgd() {
    return ASGD.get();
  }

  /** {@return the step of resilient backpropagation} */
  public static OptimizerCall.Rprop rprop() {
    return RPROP.get();
  }
}
