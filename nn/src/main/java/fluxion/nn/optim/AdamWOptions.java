package fluxion.nn.optim;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@link AdamW}: immutable, each method gives a changed copy. */
public final class AdamWOptions extends MomentOptions<AdamWOptions> {
  /**
   * Makes PyTorch's default options: learning rate 0.001, betas 0.9 and 0.999, eps 1e-8, weight
   * decay 0.01.
   */
  public AdamWOptions() {
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
            1e-2,
            "amsgrad",
            false));
  }

  private AdamWOptions(Map<String, @Nullable Object> values) {
    super(values);
  }

  @Override
  protected AdamWOptions remade(Map<String, @Nullable Object> changed) {
    return new AdamWOptions(changed);
  }

  /**
   * {@return these options with or without AMSGrad}
   *
   * @param amsgrad whether the largest size of the gradient so far counts
   */
  public AdamWOptions amsgrad(boolean amsgrad) {
    return with("amsgrad", amsgrad);
  }
}
