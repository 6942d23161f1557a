package fluxion.nn.optim;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@link Adagrad}: immutable, each method gives a changed copy. */
public final class AdagradOptions extends OptimizerOptions<AdagradOptions> {
  /** Makes PyTorch's default options: learning rate 0.01, eps 1e-10, nothing else. */
  public AdagradOptions() {
    super(
        Map.of(
            "lr",
            1e-2,
            "lr_decay",
            0L,
            "eps",
            1e-10,
            "weight_decay",
            0L,
            "initial_accumulator_value",
            0L,
            "maximize",
            false));
  }

  private AdagradOptions(Map<String, @Nullable Object> values) {
    super(values);
  }

  @Override
  protected AdagradOptions remade(Map<String, @Nullable Object> changed) {
    return new AdagradOptions(changed);
  }

  /**
   * {@return these options with a falling learning rate}
   *
   * @param lrDecay how fast the learning rate falls, not negative
   */
  public AdagradOptions lrDecay(Number lrDecay) {
    return with("lr_decay", lrDecay);
  }

  /**
   * {@return these options with another term in the denominator}
   *
   * @param eps what is added to the size of the gradient, not negative
   */
  public AdagradOptions eps(Number eps) {
    return with("eps", eps);
  }

  /**
   * {@return these options with weight decay}
   *
   * @param weightDecay the factor with which a parameter is added to its gradient, not negative
   */
  public AdagradOptions weightDecay(Number weightDecay) {
    return with("weight_decay", weightDecay);
  }

  /**
   * {@return these options with another start of the sum}
   *
   * @param initialAccumulatorValue what the sum of squares starts from, not negative
   */
  public AdagradOptions initialAccumulatorValue(Number initialAccumulatorValue) {
    return with("initial_accumulator_value", initialAccumulatorValue);
  }

  /**
   * {@return these options with ascent or descent}
   *
   * @param maximize whether to ascend
   */
  public AdagradOptions maximize(boolean maximize) {
    return with("maximize", maximize);
  }

  @Override
  protected void check() {
    super.check();
    requireNotNegative("lr_decay value", "lr_decay");
    requireNotNegative("weight_decay value", "weight_decay");
    requireNotNegative("initial_accumulator_value value", "initial_accumulator_value");
    requireNotNegative("epsilon value", "eps");
  }
}
