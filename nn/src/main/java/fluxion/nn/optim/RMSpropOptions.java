package fluxion.nn.optim;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@link RMSprop}: immutable, each method gives a changed copy. */
public final class RMSpropOptions extends OptimizerOptions<RMSpropOptions> {
  /**
   * Makes PyTorch's default options: learning rate 0.01, alpha 0.99, eps 1e-8, no momentum, no
   * weight decay, not centred.
   */
  public RMSpropOptions() {
    super(
        Map.of(
            "lr",
            1e-2,
            "alpha",
            0.99,
            "eps",
            1e-8,
            "weight_decay",
            0L,
            "momentum",
            0L,
            "centered",
            false,
            "maximize",
            false));
  }

  private RMSpropOptions(Map<String, @Nullable Object> values) {
    super(values);
  }

  @Override
  protected RMSpropOptions remade(Map<String, @Nullable Object> changed) {
    return new RMSpropOptions(changed);
  }

  /**
   * {@return these options with another running mean}
   *
   * @param alpha what the mean keeps a step, not negative
   */
  public RMSpropOptions alpha(Number alpha) {
    return with("alpha", alpha);
  }

  /**
   * {@return these options with another term in the denominator}
   *
   * @param eps what is added to the size of the gradient, not negative
   */
  public RMSpropOptions eps(Number eps) {
    return with("eps", eps);
  }

  /**
   * {@return these options with weight decay}
   *
   * @param weightDecay the factor with which a parameter is added to its gradient, not negative
   */
  public RMSpropOptions weightDecay(Number weightDecay) {
    return with("weight_decay", weightDecay);
  }

  /**
   * {@return these options with momentum}
   *
   * @param momentum the factor of what earlier steps gathered, not negative
   */
  public RMSpropOptions momentum(Number momentum) {
    return with("momentum", momentum);
  }

  /**
   * {@return these options with or without centring}
   *
   * @param centered whether the size of the gradient is taken about its running mean
   */
  public RMSpropOptions centered(boolean centered) {
    return with("centered", centered);
  }

  /**
   * {@return these options with ascent or descent}
   *
   * @param maximize whether to ascend
   */
  public RMSpropOptions maximize(boolean maximize) {
    return with("maximize", maximize);
  }

  @Override
  protected void check() {
    super.check();
    requireNotNegative("epsilon value", "eps");
    requireNotNegative("momentum value", "momentum");
    requireNotNegative("weight_decay value", "weight_decay");
    requireNotNegative("alpha value", "alpha");
  }
}
