package fluxion.nn.optim;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@link Adadelta}: immutable, each method gives a changed copy. */
public final class AdadeltaOptions extends OptimizerOptions<AdadeltaOptions> {
  /** Makes PyTorch's default options: learning rate 1, rho 0.9, eps 1e-6, no weight decay. */
  public AdadeltaOptions() {
    super(Map.of("lr", 1.0, "rho", 0.9, "eps", 1e-6, "weight_decay", 0L, "maximize", false));
  }

  private AdadeltaOptions(Map<String, @Nullable Object> values) {
    super(values);
  }

  @Override
  protected AdadeltaOptions remade(Map<String, @Nullable Object> changed) {
    return new AdadeltaOptions(changed);
  }

  /**
   * {@return these options with other running means}
   *
   * @param rho what the means keep a step, from 0 to 1
   */
  public AdadeltaOptions rho(Number rho) {
    return with("rho", rho);
  }

  /**
   * {@return these options with another term under the roots}
   *
   * @param eps what is added under the roots, not negative
   */
  public AdadeltaOptions eps(Number eps) {
    return with("eps", eps);
  }

  /**
   * {@return these options with weight decay}
   *
   * @param weightDecay the factor with which a parameter is added to its gradient, not negative
   */
  public AdadeltaOptions weightDecay(Number weightDecay) {
    return with("weight_decay", weightDecay);
  }

  /**
   * {@return these options with ascent or descent}
   *
   * @param maximize whether to ascend
   */
  public AdadeltaOptions maximize(boolean maximize) {
    return with("maximize", maximize);
  }

  @Override
  protected void check() {
    super.check();
    require(number("rho") >= 0 && number("rho") <= 1, "rho value", "rho");
    requireNotNegative("epsilon value", "eps");
    requireNotNegative("weight_decay value", "weight_decay");
  }
}
