package fluxion.nn.optim;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@link Adamax}: immutable, each method gives a changed copy. */
public final class AdamaxOptions extends MomentOptions<AdamaxOptions> {
  /**
   * Makes PyTorch's default options: learning rate 0.002, betas 0.9 and 0.999, eps 1e-8, no weight
   * decay.
   */
  public AdamaxOptions() {
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
            0L));
  }

  private AdamaxOptions(Map<String, @Nullable Object> values) {
    super(values);
  }

  @Override
  protected AdamaxOptions remade(Map<String, @Nullable Object> changed) {
    return new AdamaxOptions(changed);
  }
}
