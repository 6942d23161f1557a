package fluxion.nn.optim;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@link ASGD}: immutable, each method gives a changed copy. */
public final class ASGDOptions extends OptimizerOptions<ASGDOptions> {
  /**
   * Makes PyTorch's default options: learning rate 0.01, lambd 1e-4, alpha 0.75, t0 1e6, no weight
   * decay.
   */
  public ASGDOptions() {
    super(
        Map.of(
            "lr",
            1e-2,
            "lambd",
            1e-4,
            "alpha",
            0.75,
            "t0",
            1e6,
            "weight_decay",
            0L,
            "maximize",
            false));
  }

  private ASGDOptions(Map<String, @Nullable Object> values) {
    super(values);
  }

  @Override
  protected ASGDOptions remade(Map<String, @Nullable Object> changed) {
    return new ASGDOptions(changed);
  }

  /**
   * {@return these options with another decay}
   *
   * @param lambd how fast a parameter decays
   */
  public ASGDOptions lambd(Number lambd) {
    return with("lambd", lambd);
  }

  /**
   * {@return these options with another fall of the learning rate}
   *
   * @param alpha the power with which the learning rate falls
   */
  public ASGDOptions alpha(Number alpha) {
    return with("alpha", alpha);
  }

  /**
   * {@return these options with another start of averaging}
   *
   * @param t0 the step from which on parameters are averaged
   */
  public ASGDOptions t0(Number t0) {
    return with("t0", t0);
  }

  /**
   * {@return these options with weight decay}
   *
   * @param weightDecay the factor with which a parameter is added to its gradient, not negative
   */
  public ASGDOptions weightDecay(Number weightDecay) {
    return with("weight_decay", weightDecay);
  }

  /**
   * {@return these options with ascent or descent}
   *
   * @param maximize whether to ascend
   */
  public ASGDOptions maximize(boolean maximize) {
    return with("maximize", maximize);
  }

  @Override
  protected void check() {
    super.check();
    requireNotNegative("weight_decay value", "weight_decay");
  }
}
