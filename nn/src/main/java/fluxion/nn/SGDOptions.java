package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Scalar;

/**
 * The options of {@link SGD}: immutable, each method gives a changed copy.
 *
 * <p>Numbers print as they were given, integers as integers.
 *
 * @param lr the learning rate, not negative
 * @param momentum the factor of what earlier steps gathered, not negative
 * @param dampening what the gradient's factor in the momentum lacks to 1
 * @param weightDecay the factor with which a parameter is added to its gradient, not negative
 * @param nesterov whether to look ahead along the momentum; needs momentum and no dampening
 * @param maximize whether to ascend
 */
public record SGDOptions(
    Scalar lr,
    Scalar momentum,
    Scalar dampening,
    Scalar weightDecay,
    boolean nesterov,
    boolean maximize) {
  private static final Scalar NONE = Scalar.of(0);

  /**
   * Takes the options as they are; {@link SGD} checks them together.
   *
   * @param lr the learning rate
   * @param momentum the factor of what earlier steps gathered
   * @param dampening what the gradient's factor in the momentum lacks to 1
   * @param weightDecay the factor with which a parameter is added to its gradient
   * @param nesterov whether to look ahead along the momentum
   * @param maximize whether to ascend
   */
  public SGDOptions {}

  /**
   * Makes options with a learning rate and nothing else.
   *
   * @param lr the learning rate
   */
  public SGDOptions(double lr) {
    this(Scalar.of(lr));
  }

  /**
   * Makes options with a learning rate and nothing else.
   *
   * @param lr the learning rate
   */
  public SGDOptions(long lr) {
    this(Scalar.of(lr));
  }

  private SGDOptions(Scalar lr) {
    this(lr, NONE, NONE, NONE, false, false);
  }

  /**
   * {@return these options with another learning rate}
   *
   * @param changed the learning rate
   */
  public SGDOptions lr(double changed) {
    return lr(Scalar.of(changed));
  }

  /**
   * {@return these options with another learning rate}
   *
   * @param changed the learning rate
   */
  public SGDOptions lr(long changed) {
    return lr(Scalar.of(changed));
  }

  private SGDOptions lr(Scalar changed) {
    return new SGDOptions(changed, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /**
   * {@return these options with momentum}
   *
   * @param changed the factor of what earlier steps gathered
   */
  public SGDOptions momentum(double changed) {
    return momentum(Scalar.of(changed));
  }

  /**
   * {@return these options with momentum}
   *
   * @param changed the factor of what earlier steps gathered
   */
  public SGDOptions momentum(long changed) {
    return momentum(Scalar.of(changed));
  }

  private SGDOptions momentum(Scalar changed) {
    return new SGDOptions(lr, changed, dampening, weightDecay, nesterov, maximize);
  }

  /**
   * {@return these options with dampening}
   *
   * @param changed what the gradient's factor in the momentum lacks to 1
   */
  public SGDOptions dampening(double changed) {
    return dampening(Scalar.of(changed));
  }

  /**
   * {@return these options with dampening}
   *
   * @param changed what the gradient's factor in the momentum lacks to 1
   */
  public SGDOptions dampening(long changed) {
    return dampening(Scalar.of(changed));
  }

  private SGDOptions dampening(Scalar changed) {
    return new SGDOptions(lr, momentum, changed, weightDecay, nesterov, maximize);
  }

  /**
   * {@return these options with weight decay}
   *
   * @param changed the factor with which a parameter is added to its gradient
   */
  public SGDOptions weightDecay(double changed) {
    return weightDecay(Scalar.of(changed));
  }

  /**
   * {@return these options with weight decay}
   *
   * @param changed the factor with which a parameter is added to its gradient
   */
  public SGDOptions weightDecay(long changed) {
    return weightDecay(Scalar.of(changed));
  }

  private SGDOptions weightDecay(Scalar changed) {
    return new SGDOptions(lr, momentum, dampening, changed, nesterov, maximize);
  }

  /**
   * {@return these options with or without Nesterov's look ahead}
   *
   * @param changed whether to look ahead
   */
  public SGDOptions nesterov(boolean changed) {
    return new SGDOptions(lr, momentum, dampening, weightDecay, changed, maximize);
  }

  /**
   * {@return these options for ascent or descent}
   *
   * @param changed whether to ascend
   */
  public SGDOptions maximize(boolean changed) {
    return new SGDOptions(lr, momentum, dampening, weightDecay, nesterov, changed);
  }

  /** Refuses values outside their ranges, and NaN, which PyTorch lets pass. */
  void check() {
    checkNotNegative("learning rate", lr);
    checkNotNegative("momentum value", momentum);
    checkNotNegative("weight_decay value", weightDecay);
    if (Double.isNaN(dampening.toDouble())) {
      throw new ArgumentException("Invalid dampening value: " + dampening);
    }
    if (nesterov && (momentum.toDouble() <= 0 || dampening.toDouble() != 0)) {
      throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
    }
  }

  private static void checkNotNegative(String what, Scalar value) {
    if (!(value.toDouble() >= 0)) {
      throw new ArgumentException("Invalid " + what + ": " + value);
    }
  }
}
