package fluxion.nn.optim;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@link Adam}: immutable, each method gives a changed copy. */
public final class AdamOptions extends MomentOptions<AdamOptions> {
  /**
   * Makes PyTorch's default options: learning rate 0.001, betas 0.9 and 0.999, eps 1e-8, no weight
   * decay.
   */
  public AdamOptions() {
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
            "amsgrad",
            false));
  }

  private AdamOptions(Map<String, @Nullable Object> values) {
    super(values);
  }

  @Override
  protected AdamOptions remade(Map<String, @Nullable Object> changed) {
    return new AdamOptions(changed);
  }

  /**
   * {@return these options with or without AMSGrad}
   *
   * @param amsgrad whether the largest size of the gradient so far counts
   */
  public AdamOptions amsgrad(boolean amsgrad) {
    return with("amsgrad", amsgrad);
  }
}
