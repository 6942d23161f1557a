package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of optimisers that keep a running mean of the gradient and of its size.
 *
 * @param <O> the class of the options
 */
public abstract sealed class MomentOptions<O extends MomentOptions<O>> extends OptimizerOptions<O>
    permits AdamOptions, AdamWOptions, AdamaxOptions, NAdamOptions, RAdamOptions {

  MomentOptions(Map<String, ? extends @Nullable Object> values) {
    super(values);
  }

  /**
   * {@return these options with other running means}
   *
   * @param beta1 what the mean of the gradient keeps a step, from 0 to below 1
   * @param beta2 what the mean of its size keeps a step, from 0 to below 1
   */
  public final O betas(double beta1, double beta2) {
    return with("betas", List.of(beta1, beta2));
  }

  /**
   * {@return these options with another term in the denominator}
   *
   * @param eps what is added to the size of the gradient, not negative
   */
  public final O eps(Number eps) {
    return with("eps", eps);
  }

  /**
   * {@return these options with weight decay}
   *
   * @param weightDecay the weight decay, not negative
   */
  public final O weightDecay(Number weightDecay) {
    return with("weight_decay", weightDecay);
  }

  /**
   * {@return these options for ascent or descent}
   *
   * @param maximize whether to ascend
   */
  public final O maximize(boolean maximize) {
    return with("maximize", maximize);
  }

  @Override
  protected void check() {
    super.check();
    requireNotNegative("epsilon value", "eps");
    for (int i = 0; i < 2; i++) {
      double beta = number("betas", i);
      if (!(beta >= 0 && beta < 1)) {
        throw new ArgumentException(
            "Invalid beta parameter at index " + i + ": " + Values.text(beta));
      }
    }
    requireNotNegative("weight_decay value", "weight_decay");
  }
}
