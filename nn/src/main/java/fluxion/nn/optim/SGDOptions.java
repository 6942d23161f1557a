package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@link SGD}: immutable, each method gives a changed copy. */
public final class SGDOptions extends OptimizerOptions<SGDOptions> {
  /**
   * Makes options with a learning rate and nothing else.
   *
   * @param lr the learning rate, not negative
   */
  public SGDOptions(Number lr) {
    super(
        Map.of(
            "lr",
            Values.number(lr),
            "momentum",
            0L,
            "dampening",
            0L,
            "weight_decay",
            0L,
            "nesterov",
            false,
            "maximize",
            false));
  }

  private SGDOptions(Map<String, @Nullable Object> values) {
    super(values);
  }

  @Override
  protected SGDOptions remade(Map<String, @Nullable Object> changed) {
    return new SGDOptions(changed);
  }

  /**
   * {@return these options with momentum}
   *
   * @param momentum the factor of what earlier steps gathered, not negative
   */
  public SGDOptions momentum(Number momentum) {
    return with("momentum", momentum);
  }

  /**
   * {@return these options with dampening}
   *
   * @param dampening what the gradient's factor in the momentum lacks to 1
   */
  public SGDOptions dampening(Number dampening) {
    return with("dampening", dampening);
  }

  /**
   * {@return these options with weight decay}
   *
   * @param weightDecay the factor with which a parameter is added to its gradient, not negative
   */
  public SGDOptions weightDecay(Number weightDecay) {
    return with("weight_decay", weightDecay);
  }

  /**
   * {@return these options with or without Nesterov's look ahead}
   *
   * @param nesterov whether to look ahead; needs momentum and no dampening
   */
  public SGDOptions nesterov(boolean nesterov) {
    return with("nesterov", nesterov);
  }

  /**
   * {@return these options with ascent or descent}
   *
   * @param maximize whether to ascend
   */
  public SGDOptions maximize(boolean maximize) {
    return with("maximize", maximize);
  }

  @Override
  protected void check() {
    super.check();
    requireNotNegative("momentum value", "momentum");
    requireNotNegative("weight_decay value", "weight_decay");
    require(!Double.isNaN(number("dampening")), "dampening value", "dampening");
    if (flag("nesterov") && (number("momentum") <= 0 || number("dampening") != 0)) {
      throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
    }
  }
}
