package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@link Rprop}: immutable, each method gives a changed copy. */
public final class RpropOptions extends OptimizerOptions<RpropOptions> {
  /**
   * Makes PyTorch's default options: learning rate 0.01, etas 0.5 and 1.2, steps from 1e-6 to 50.
   */
  public RpropOptions() {
    super(
        Map.of(
            "lr",
            1e-2,
            "etas",
            List.of(0.5, 1.2),
            "step_sizes",
            List.of(1e-6, 50.0),
            "maximize",
            false));
  }

  private RpropOptions(Map<String, @Nullable Object> values) {
    super(values);
  }

  @Override
  protected RpropOptions remade(Map<String, @Nullable Object> changed) {
    return new RpropOptions(changed);
  }

  /**
   * {@return these options with other factors of the steps}
   *
   * @param etaminus the factor of a step that shrinks, between 0 and 1
   * @param etaplus the factor of a step that grows, above 1
   */
  public RpropOptions etas(double etaminus, double etaplus) {
    return with("etas", List.of(etaminus, etaplus));
  }

  /**
   * {@return these options with other bounds of the steps}
   *
   * @param least the least step
   * @param largest the largest step
   */
  public RpropOptions stepSizes(double least, double largest) {
    return with("step_sizes", List.of(least, largest));
  }

  /**
   * {@return these options with ascent or descent}
   *
   * @param maximize whether to ascend
   */
  public RpropOptions maximize(boolean maximize) {
    return with("maximize", maximize);
  }

  @Override
  protected void check() {
    super.check();
    double etaminus = number("etas", 0);
    double etaplus = number("etas", 1);
    if (!(etaminus > 0 && etaminus < 1 && etaplus > 1)) {
      throw new ArgumentException(
          "Invalid eta values: " + Values.text(etaminus) + ", " + Values.text(etaplus));
    }
  }
}
