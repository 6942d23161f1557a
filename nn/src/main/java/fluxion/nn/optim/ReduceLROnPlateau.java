package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import java.util.Collection;
import java.util.List;

/** Lowers the learning rate when a metric, such as the loss on test data, no longer gets better. */
public final class ReduceLROnPlateau extends Scheduler {
  private static final String BEST = "best";
  private static final String BAD = "num_bad_epochs";
  private static final String COOLDOWN = "cooldown_counter";
  private static final String EPOCH = "last_epoch";

  /**
   * When and how the rate is lowered: immutable, each method gives a changed copy.
   *
   * @param mode {@code min} where less is better, or {@code max}
   * @param factor by what the rate is multiplied, below 1
   * @param patience how many epochs in a row without getting better are let pass
   * @param threshold by how much a metric must be better to count
   * @param thresholdMode {@code rel}, a part of the best so far, or {@code abs}
   * @param cooldown for how many epochs after a change nothing counts
   * @param minLr the least rate
   * @param eps the least change of the rate that is made
   */
  public record Settings(
      String mode,
      double factor,
      long patience,
      double threshold,
      String thresholdMode,
      long cooldown,
      double minLr,
      double eps) {

    /** Makes PyTorch's default settings: a tenth after 10 epochs without a lower metric. */
    public Settings() {
      this("min", 0.1, 10, 1e-4, "rel", 0, 0, 1e-8);
    }

    /**
     * {@return these settings in another mode}
     *
     * @param changed {@code min} where less is better, or {@code max}
     */
    public Settings mode(String changed) {
      return new Settings(
          changed, factor, patience, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /**
     * {@return these settings with another factor}
     *
     * @param changed by what the rate is multiplied, below 1
     */
    public Settings factor(double changed) {
      return new Settings(mode, changed, patience, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /**
     * {@return these settings with another patience}
     *
     * @param changed how many epochs in a row without getting better are let pass
     */
    public Settings patience(long changed) {
      return new Settings(mode, factor, changed, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /**
     * {@return these settings with another threshold}
     *
     * @param changed by how much a metric must be better to count
     * @param changedMode {@code rel}, a part of the best so far, or {@code abs}
     */
    public Settings threshold(double changed, String changedMode) {
      return new Settings(mode, factor, patience, changed, changedMode, cooldown, minLr, eps);
    }

    /**
     * {@return these settings with another rest after a change}
     *
     * @param changed for how many epochs nothing counts
     */
    public Settings cooldown(long changed) {
      return new Settings(mode, factor, patience, threshold, thresholdMode, changed, minLr, eps);
    }

    /**
     * {@return these settings with another least rate}
     *
     * @param changed the least rate
     */
    public Settings minLr(double changed) {
      return new Settings(mode, factor, patience, threshold, thresholdMode, cooldown, changed, eps);
    }
  }

  /**
   * Makes a scheduler with PyTorch's default settings.
   *
   * @param optimizer the optimiser
   */
  public ReduceLROnPlateau(Optimizer optimizer) {
    this(optimizer, new Settings());
  }

  /**
   * Makes a scheduler.
   *
   * @param optimizer the optimiser
   * @param settings when and how the rate is lowered
   * @throws ArgumentException if a setting will not do
   */
  public ReduceLROnPlateau(Optimizer optimizer, Settings settings) {
    this(optimizer, settings, settings.minLr());
  }

  /**
   * Makes a scheduler with a least rate for each group.
   *
   * @param optimizer the optimiser
   * @param settings when and how the rate is lowered
   * @param minLrs the least rates
   * @throws ArgumentException if a setting will not do, or the rates are not as many as the groups
   */
  public ReduceLROnPlateau(Optimizer optimizer, Settings settings, double... minLrs) {
    super(optimizer);
    if (!(settings.factor() < 1)) {
      throw new ArgumentException("Factor should be < 1.0.");
    }
    if (minLrs.length != 1) {
      requireEach("min_lrs", minLrs.length);
    }
    if (!settings.mode().equals("min") && !settings.mode().equals("max")) {
      throw new ArgumentException("mode " + settings.mode() + " is unknown!");
    }
    if (!settings.thresholdMode().equals("rel") && !settings.thresholdMode().equals("abs")) {
      throw new ArgumentException("threshold mode " + settings.thresholdMode() + " is unknown!");
    }
    set("mode", settings.mode());
    set("factor", settings.factor());
    set("patience", settings.patience());
    set("threshold", settings.threshold());
    set("threshold_mode", settings.thresholdMode());
    set("cooldown", settings.cooldown());
    set("min_lrs", eachGroup("min_lrs", minLrs));
    set("eps", settings.eps());
    set(BEST, worst());
    set(BAD, 0);
    set(COOLDOWN, 0);
    set(EPOCH, 0);
    noteLr();
  }

  private double worst() {
    return text("mode").equals("min") ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /**
   * Takes an epoch's metric, and lowers the rates if it is time to.
   *
   * @param metric the metric
   */
  public void step(double metric) {
    set(EPOCH, integer(EPOCH) + 1);
    if (isBetter(metric)) {
      set(BEST, metric);
      set(BAD, 0);
    } else {
      set(BAD, integer(BAD) + 1);
    }
    if (integer(COOLDOWN) > 0) {
      set(COOLDOWN, integer(COOLDOWN) - 1);
      set(BAD, 0);
    }
    if (integer(BAD) > integer("patience")) {
      lower();
      set(COOLDOWN, integer("cooldown"));
      set(BAD, 0);
    }
    noteLr();
  }

  private boolean isBetter(double metric) {
    double best = number(BEST);
    double threshold = number("threshold");
    boolean less = text("mode").equals("min");
    double bar =
        text("threshold_mode").equals("rel")
            ? best * (less ? 1 - threshold : 1 + threshold)
            : best + (less ? -threshold : threshold);
    return less ? metric < bar : metric > bar;
  }

  private void lower() {
    List<Double> least = doubles("min_lrs");
    for (int i = 0; i < least.size(); i++) {
      double before = groups().get(i).lr();
      double after = Math.max(before * number("factor"), least.get(i));
      if (before - after > number("eps")) {
        groups().get(i).put("lr", after);
      }
    }
  }

  @Override
  Collection<String> progress() {
    return List.of(BEST, BAD, COOLDOWN, EPOCH);
  }
}
