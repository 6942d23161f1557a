package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Moves the learning rate up and down between two bounds, on lines, and the momentum down and up
 * (Smith, <a href="https://arxiv.org/abs/1506.01186">Cyclical Learning Rates for Training Neural
 * Networks</a>). A step follows each batch.
 */
public final class CyclicLR extends EpochScheduler {
  /** How the upper bound changes. */
  public enum Mode {
    /** It stays. */
    TRIANGULAR,
    /** Its height above the lower bound halves from cycle to cycle. */
    TRIANGULAR2,
    /** Its height is multiplied by gamma from step to step. */
    EXP_RANGE
  }

  /**
   * How the rate goes: immutable, each method gives a changed copy.
   *
   * @param stepSizeUp how many steps a rise takes
   * @param stepSizeDown how many steps a fall takes
   * @param mode how the upper bound changes
   * @param gamma the factor of {@link Mode#EXP_RANGE}
   * @param scale by what the height is multiplied, of the cycle from 1 or of the step, instead of a
   *     mode; it is not saved
   * @param scaleByCycle whether that is of the cycle
   * @param cycleMomentum whether momentum is moved, too
   * @param baseMomentum the lower bound of the momentum
   * @param maxMomentum the upper bound of the momentum
   */
  public record Settings(
      double stepSizeUp,
      double stepSizeDown,
      Mode mode,
      double gamma,
      @Nullable DoubleUnaryOperator scale,
      boolean scaleByCycle,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum) {

    /** Makes PyTorch's default settings: 2000 steps up, 2000 down, momentum from 0.8 to 0.9. */
    public Settings() {
      this(2000, 2000, Mode.TRIANGULAR, 1, null, true, true, 0.8, 0.9);
    }

    /**
     * {@return these settings with other lengths}
     *
     * @param up how many steps a rise takes
     * @param down how many steps a fall takes
     */
    public Settings stepSizes(double up, double down) {
      return new Settings(
          up, down, mode, gamma, scale, scaleByCycle, cycleMomentum, baseMomentum, maxMomentum);
    }

    /**
     * {@return these settings in another mode}
     *
     * @param changed how the upper bound changes
     * @param factor the factor of {@link Mode#EXP_RANGE}
     */
    public Settings mode(Mode changed, double factor) {
      return new Settings(
          stepSizeUp,
          stepSizeDown,
          changed,
          factor,
          null,
          changed != Mode.EXP_RANGE,
          cycleMomentum,
          baseMomentum,
          maxMomentum);
    }

    /**
     * {@return these settings with a function that scales the height}
     *
     * @param function the function
     * @param byCycle whether it is of the cycle, from 1, and not of the step
     */
    public Settings scale(DoubleUnaryOperator function, boolean byCycle) {
      return new Settings(
          stepSizeUp,
          stepSizeDown,
          mode,
          gamma,
          function,
          byCycle,
          cycleMomentum,
          baseMomentum,
          maxMomentum);
    }

    /**
     * {@return these settings with momentum moved between bounds}
     *
     * @param base the lower bound
     * @param max the upper bound
     */
    public Settings momentum(double base, double max) {
      return new Settings(
          stepSizeUp, stepSizeDown, mode, gamma, scale, scaleByCycle, true, base, max);
    }

    /** {@return these settings with momentum left alone} */
    public Settings withoutMomentum() {
      return new Settings(
          stepSizeUp,
          stepSizeDown,
          mode,
          gamma,
          scale,
          scaleByCycle,
          false,
          baseMomentum,
          maxMomentum);
    }
  }

  private final @Nullable DoubleUnaryOperator scale;

  /**
   * Makes a scheduler, and sets the rates of step 0.
   *
   * @param optimizer the optimiser
   * @param baseLr the lower bound
   * @param maxLr the upper bound
   * @param settings how the rate goes
   * @throws ArgumentException if momentum is to be moved and the optimiser has none
   */
  public CyclicLR(Optimizer optimizer, double baseLr, double maxLr, Settings settings) {
    this(optimizer, new double[] {baseLr}, new double[] {maxLr}, settings);
  }

  /**
   * Makes a scheduler with bounds for each group, and sets the rates of step 0.
   *
   * @param optimizer the optimiser
   * @param baseLrs the lower bounds
   * @param maxLrs the upper bounds
   * @param settings how the rate goes
   * @throws ArgumentException if momentum is to be moved and the optimiser has none, or the bounds
   *     are not as many as the groups
   */
  public CyclicLR(Optimizer optimizer, double[] baseLrs, double[] maxLrs, Settings settings) {
    super(optimizer);
    List<Double> base = eachGroup("base_lr", baseLrs);
    set("max_lrs", eachGroup("max_lr", maxLrs));
    double total = settings.stepSizeUp() + settings.stepSizeDown();
    if (!(settings.stepSizeUp() > 0 && settings.stepSizeDown() > 0)) {
      throw new ArgumentException(
          "Expected positive step sizes, but got "
              + Values.text(settings.stepSizeUp())
              + " and "
              + Values.text(settings.stepSizeDown()));
    }
    if (settings.cycleMomentum()) {
      Momentum.require(optimizer);
    }
    set("total_size", total);
    set("step_ratio", settings.stepSizeUp() / total);
    set("mode", settings.mode().name().toLowerCase(Locale.ROOT));
    set("gamma", settings.gamma());
    set("scale_mode", settings.scaleByCycle() ? "cycle" : "iterations");
    set("cycle_momentum", settings.cycleMomentum());
    set("base_momentum", settings.baseMomentum());
    set("max_momentum", settings.maxMomentum());
    scale = settings.scale();
    for (int i = 0; i < base.size(); i++) {
      groups().get(i).put("lr", base.get(i));
      groups().get(i).put("initial_lr", base.get(i));
    }
    begin();
  }

  @Override
  double rate(int group, double lr, double base) {
    return base + (doubles("max_lrs").get(group) - base) * height();
  }

  @Override
  void setMore(int group) {
    if (flag("cycle_momentum")) {
      double most = number("max_momentum");
      Momentum.set(groups().get(group), most - (most - number("base_momentum")) * height());
    }
  }

  /** How high the rate is between its bounds. */
  private double height() {
    double cycles = lastEpoch() / number("total_size");
    double cycle = Math.floor(1 + cycles);
    double x = 1 + cycles - cycle;
    double ratio = number("step_ratio");
    double height = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
    return height * scaled(text("scale_mode").equals("cycle") ? cycle : (double) lastEpoch());
  }

  private double scaled(double x) {
    if (scale != null) {
      return scale.applyAsDouble(x);
    }
    return switch (text("mode")) {
      case "triangular2" -> 1 / StrictMath.pow(2, x - 1);
      case "exp_range" -> StrictMath.pow(number("gamma"), x);
      default -> 1;
    };
  }
}
