package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import java.util.List;

/**
 * Moves the learning rate up once and then far down, and the momentum down and up (Smith and Topin,
 * <a href="https://arxiv.org/abs/1708.07120">Super-Convergence: Very Fast Training of Neural
 * Networks Using Large Learning Rates</a>). A step follows each batch.
 */
public final class OneCycleLR extends EpochScheduler {
  private static final String LINEAR = "linear";

  /**
   * How the rate goes: immutable, each method gives a changed copy.
   *
   * @param pctStart which part of the steps the rise takes, from 0 to 1
   * @param annealStrategy {@code cos} or {@code linear}
   * @param cycleMomentum whether momentum is moved, too
   * @param baseMomentum the lower bound of the momentum
   * @param maxMomentum the upper bound of the momentum
   * @param divFactor the largest rate by the first
   * @param finalDivFactor the first rate by the last
   * @param threePhase whether the fall to the first rate takes as long as the rise
   */
  public record Settings(
      double pctStart,
      String annealStrategy,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum,
      double divFactor,
      double finalDivFactor,
      boolean threePhase) {

    /**
     * Makes PyTorch's default settings: a rise in 0.3 of the steps on a cosine, momentum from 0.95
     * to 0.85, factors 25 and 10,000, two phases.
     */
    public Settings() {
      this(0.3, "cos", true, 0.85, 0.95, 25, 1e4, false);
    }

    /**
     * {@return these settings with another length of the rise}
     *
     * @param changed which part of the steps the rise takes
     */
    public Settings pctStart(double changed) {
      return new Settings(
          changed,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /**
     * {@return these settings with another curve}
     *
     * @param changed {@code cos} or {@code linear}
     */
    public Settings annealStrategy(String changed) {
      return new Settings(
          pctStart,
          changed,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /**
     * {@return these settings with momentum moved between bounds}
     *
     * @param base the lower bound
     * @param max the upper bound
     */
    public Settings momentum(double base, double max) {
      return new Settings(
          pctStart, annealStrategy, true, base, max, divFactor, finalDivFactor, threePhase);
    }

    /** {@return these settings with momentum left alone} */
    public Settings withoutMomentum() {
      return new Settings(
          pctStart,
          annealStrategy,
          false,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /**
     * {@return these settings with other ends}
     *
     * @param first the largest rate by the first
     * @param last the first rate by the last
     */
    public Settings divFactors(double first, double last) {
      return new Settings(
          pctStart,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          first,
          last,
          threePhase);
    }

    /**
     * {@return these settings with two or three phases}
     *
     * @param changed whether the fall to the first rate takes as long as the rise
     */
    public Settings threePhase(boolean changed) {
      return new Settings(
          pctStart,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          changed);
    }
  }

  /** A part of the way, to a step, between values that the groups note. */
  private record Phase(
      double end, String fromLr, String toLr, String fromMomentum, String toMomentum) {}

  /**
   * Makes a scheduler of so many steps, and sets the rates of step 0.
   *
   * @param optimizer the optimiser
   * @param maxLr the largest learning rate
   * @param totalSteps the number of steps
   * @param settings how the rate goes
   * @throws ArgumentException if a setting will not do, or momentum is to be moved and the
   *     optimiser has none
   */
  public OneCycleLR(Optimizer optimizer, double maxLr, long totalSteps, Settings settings) {
    this(optimizer, new double[] {maxLr}, totalSteps, settings);
  }

  /**
   * Makes a scheduler of so many epochs, and sets the rates of step 0.
   *
   * @param optimizer the optimiser
   * @param maxLr the largest learning rate
   * @param epochs the number of epochs
   * @param stepsPerEpoch the number of steps an epoch
   * @param settings how the rate goes
   * @throws ArgumentException if a setting will not do, or momentum is to be moved and the
   *     optimiser has none
   */
  public OneCycleLR(
      Optimizer optimizer, double maxLr, long epochs, long stepsPerEpoch, Settings settings) {
    this(
        optimizer,
        maxLr,
        positive("epochs", epochs) * positive("steps_per_epoch", stepsPerEpoch),
        settings);
  }

  /**
   * Makes a scheduler with a largest rate for each group, and sets the rates of step 0.
   *
   * @param optimizer the optimiser
   * @param maxLrs the largest learning rates
   * @param totalSteps the number of steps
   * @param settings how the rate goes
   * @throws ArgumentException if a setting will not do, momentum is to be moved and the optimiser
   *     has none, or the rates are not as many as the groups
   */
  public OneCycleLR(Optimizer optimizer, double[] maxLrs, long totalSteps, Settings settings) {
    super(optimizer);
    set("total_steps", positive("total_steps", totalSteps));
    double rise = settings.pctStart();
    if (!(rise >= 0 && rise <= 1)) {
      throw new ArgumentException(
          "Expected float between 0 and 1 pct_start, but got " + Values.text(rise));
    }
    String curve = settings.annealStrategy();
    if (!curve.equals("cos") && !curve.equals(LINEAR)) {
      throw new ArgumentException(
          "anneal_strategy must by one of 'cos' or 'linear', instead got " + curve);
    }
    List<Double> largest = eachGroup("max_lr", maxLrs);
    if (settings.cycleMomentum()) {
      Momentum.require(optimizer);
    }
    set("pct_start", rise);
    set("three_phase", settings.threePhase());
    set("anneal_strategy", curve);
    set("cycle_momentum", settings.cycleMomentum());
    for (int i = 0; i < largest.size(); i++) {
      ParameterGroup group = groups().get(i);
      double first = largest.get(i) / settings.divFactor();
      group.put("initial_lr", first);
      group.put("max_lr", largest.get(i));
      group.put("min_lr", first / settings.finalDivFactor());
      if (settings.cycleMomentum()) {
        group.put("max_momentum", settings.maxMomentum());
        group.put("base_momentum", settings.baseMomentum());
      }
    }
    begin();
  }

  private static long positive(String name, long number) {
    if (number < 1) {
      throw new ArgumentException("Expected positive integer " + name + ", but got " + number);
    }
    return number;
  }

  private List<Phase> phases() {
    double total = number("total_steps");
    double rise = number("pct_start") * total;
    Phase up = new Phase(rise - 1, "initial_lr", "max_lr", "max_momentum", "base_momentum");
    if (!flag("three_phase")) {
      return List.of(up, new Phase(total - 1, "max_lr", "min_lr", "base_momentum", "max_momentum"));
    }
    return List.of(
        up,
        new Phase(2 * rise - 2, "max_lr", "initial_lr", "base_momentum", "max_momentum"),
        new Phase(total - 1, "initial_lr", "min_lr", "max_momentum", "max_momentum"));
  }

  /** The phase of the step, and how much of it is over. */
  private record Place(Phase phase, double part) {}

  private Place place() {
    long step = lastEpoch();
    if (step > integer("total_steps")) {
      throw new ArgumentException(
          "Tried to step "
              + step
              + " times. The specified number of total steps is "
              + integer("total_steps"));
    }
    List<Phase> phases = phases();
    double start = 0;
    for (Phase phase : phases.subList(0, phases.size() - 1)) {
      if (step <= phase.end()) {
        return new Place(phase, (step - start) / (phase.end() - start));
      }
      start = phase.end();
    }
    Phase last = phases.getLast();
    return new Place(last, (step - start) / (last.end() - start));
  }

  private double between(double from, double to, double part) {
    return text("anneal_strategy").equals(LINEAR)
        ? (to - from) * part + from
        : to + (from - to) / 2 * (StrictMath.cos(Math.PI * part) + 1);
  }

  @Override
  double rate(int group, double lr, double base) {
    Place place = place();
    ParameterGroup options = groups().get(group);
    return between(
        options.number(place.phase().fromLr()), options.number(place.phase().toLr()), place.part());
  }

  @Override
  void setMore(int group) {
    if (flag("cycle_momentum")) {
      Place place = place();
      ParameterGroup options = groups().get(group);
      Momentum.set(
          options,
          between(
              options.number(place.phase().fromMomentum()),
              options.number(place.phase().toMomentum()),
              place.part()));
    }
  }
}
