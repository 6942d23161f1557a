package fluxion.nn.optim;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@link RAdam}: immutable, each method gives a changed copy. */
public final class RAdamOptions extends MomentOptions<RAdamOptions> {
  /**
   * Makes PyTorch's default options: learning rate 0.001, betas 0.9 and 0.999, eps 1e-8, no weight
   * decay.
   */
  public RAdamOptions() {
    super(
        Map.of(
            "betas",
            List.of(0.9, 0.999),
            "eps",
            1e-8,
            "maximize",
            false,
            "lr",
            1e-3,
            "weight_decay",
            0L,
            "decoupled_weight_decay",
            false));
  }

  private RAdamOptions(Map<String, @Nullable Object> values) {
    super(values);
  }

  @Override
  protected RAdamOptions remade(Map<String, @Nullable Object> changed) {
    return new RAdamOptions(changed);
  }

  /**
   * {@return these options with decoupled or coupled weight decay}
   *
   * @param decoupledWeightDecay whether weight decay shrinks the parameter itself, as in AdamW
   */
  public RAdamOptions decoupledWeightDecay(boolean decoupledWeightDecay) {
    return with("decoupled_weight_decay", decoupledWeightDecay);
  }
}
