package fluxion.nn.optim;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@link NAdam}: immutable, each method gives a changed copy. */
public final class NAdamOptions extends MomentOptions<NAdamOptions> {
  /**
   * Makes PyTorch's default options: learning rate 0.002, betas 0.9 and 0.999, eps 1e-8, momentum
   * decay 0.004, no weight decay.
   */
  public NAdamOptions() {
    super(
        Map.of(
            "betas",
            List.of(0.9, 0.999),
            "eps",
            1e-8,
            "maximize",
            false,
            "lr",
            2e-3,
            "weight_decay",
            0L,
            "momentum_decay",
            4e-3,
            "decoupled_weight_decay",
            false));
  }

  private NAdamOptions(Map<String, @Nullable Object> values) {
    super(values);
  }

  @Override
  protected NAdamOptions remade(Map<String, @Nullable Object> changed) {
    return new NAdamOptions(changed);
  }

  /**
   * {@return these options with another decay of the momentum}
   *
   * @param momentumDecay how fast the momentum comes up to beta1, not negative
   */
  public NAdamOptions momentumDecay(Number momentumDecay) {
    return with("momentum_decay", momentumDecay);
  }

  /**
   * {@return these options with decoupled or coupled weight decay}
   *
   * @param decoupledWeightDecay whether weight decay shrinks the parameter itself, as in AdamW
   */
  public NAdamOptions decoupledWeightDecay(boolean decoupledWeightDecay) {
    return with("decoupled_weight_decay", decoupledWeightDecay);
  }

  @Override
  protected void check() {
    super.check();
    requireNotNegative("momentum_decay value", "momentum_decay");
  }
}
