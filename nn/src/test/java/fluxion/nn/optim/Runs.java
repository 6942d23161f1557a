package fluxion.nn.optim;

import fluxion.api.Tensor;
import fluxion.nn.optim.Recorded.Line;
import fluxion.nn.optim.Recorded.Settings;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes optimisers and schedulers by PyTorch's names and keyword arguments. */
final class Runs {
  private static final Map<String, OptimizerOptions<?>> DEFAULTS =
      Map.ofEntries(
          Map.entry("SGD", new SGDOptions(0.1)),
          Map.entry("Adam", new AdamOptions()),
          Map.entry("AdamW", new AdamWOptions()),
          Map.entry("RMSprop", new RMSpropOptions()),
          Map.entry("Adagrad", new AdagradOptions()),
          Map.entry("Adadelta", new AdadeltaOptions()),
          Map.entry("Adamax", new AdamaxOptions()),
          Map.entry("NAdam", new NAdamOptions()),
          Map.entry("RAdam", new RAdamOptions()),
          Map.entry("ASGD", new ASGDOptions()),
          Map.entry("Rprop", new RpropOptions()));

  private Runs() {}

  static Optimizer optimizer(Line line, Tensor parameter) {
    OptimizerOptions<?> options = options(line.name(), line.settings());
    return optimizer(line.name(), new ParameterGroup(List.of(parameter), options));
  }

  /**
   * Options from keyword arguments: with their names and kinds, whatever the setters are called.
   */
  static OptimizerOptions<?> options(String name, Settings settings) {
    OptimizerOptions<?> defaults = DEFAULTS.get(name);
    Map<String, @Nullable Object> values = new TreeMap<>(defaults.values());
    settings
        .texts()
        .forEach(
            (key, text) -> {
              if (!values.containsKey(key)) {
                throw new AssertionError(name + " has no option " + key);
              }
              Object value =
                  text.equals("True") || text.equals("False")
                      ? (Object) text.equals("True")
                      : text.contains(",")
                          ? Arrays.stream(settings.numbers(key)).boxed().toList()
                          : (Object) settings.number(key);
              values.put(key, value);
            });
    return defaults.remade(values);
  }

  static Optimizer optimizer(String name, ParameterGroup... groups) {
    return switch (name) {
      case "SGD" -> new SGD(groups);
      case "Adam" -> new Adam(groups);
      case "AdamW" -> new AdamW(groups);
      case "RMSprop" -> new RMSprop(groups);
      case "Adagrad" -> new Adagrad(groups);
      case "Adadelta" -> new Adadelta(groups);
      case "Adamax" -> new Adamax(groups);
      case "NAdam" -> new NAdam(groups);
      case "RAdam" -> new RAdam(groups);
      case "ASGD" -> new ASGD(groups);
      case "Rprop" -> new Rprop(groups);
      default -> throw new AssertionError(name);
    };
  }

  static LRScheduler scheduler(Line line, Optimizer optimizer) {
    Settings s = line.settings();
    return switch (line.name()) {
      case "StepLR" -> new StepLR(optimizer, (long) s.number("step_size"), s.number("gamma", 0.1));
      case "MultiStepLR" ->
          new MultiStepLR(
              optimizer,
              Arrays.stream(s.numbers("milestones")).mapToObj(x -> (long) x).toList(),
              s.number("gamma", 0.1));
      case "ExponentialLR" -> new ExponentialLR(optimizer, s.number("gamma"));
      case "ConstantLR" ->
          new ConstantLR(optimizer, s.number("factor"), (long) s.number("total_iters"));
      case "LinearLR" ->
          new LinearLR(
              optimizer,
              s.number("start_factor"),
              s.number("end_factor"),
              (long) s.number("total_iters"));
      case "PolynomialLR" ->
          new PolynomialLR(optimizer, (long) s.number("total_iters"), s.number("power"));
      case "CosineAnnealingLR" ->
          new CosineAnnealingLR(optimizer, (long) s.number("T_max"), s.number("eta_min", 0));
      case "CosineAnnealingWarmRestarts" ->
          new CosineAnnealingWarmRestarts(
              optimizer, (long) s.number("T_0"), (long) s.number("T_mult"), s.number("eta_min"));
      case "CyclicLR" -> cyclic(s, optimizer);
      case "OneCycleLR" -> oneCycle(s, optimizer);
      default -> throw new AssertionError(line.name());
    };
  }

  private static LRScheduler cyclic(Settings s, Optimizer optimizer) {
    double up = s.number("step_size_up");
    CyclicLR.Settings settings =
        new CyclicLR.Settings().stepSizes(up, s.number("step_size_down", up));
    if (s.has("mode")) {
      settings = settings.mode(CyclicLR.Mode.valueOf(s.text("mode").toUpperCase(Locale.ROOT)), 1);
    }
    return new CyclicLR(optimizer, s.number("base_lr"), s.number("max_lr"), settings);
  }

  private static LRScheduler oneCycle(Settings s, Optimizer optimizer) {
    OneCycleLR.Settings settings =
        new OneCycleLR.Settings()
            .pctStart(s.number("pct_start", 0.3))
            .momentum(s.number("base_momentum", 0.85), s.number("max_momentum", 0.95))
            .divFactors(s.number("div_factor", 25), s.number("final_div_factor", 1e4))
            .threePhase(s.has("three_phase"));
    if (s.has("anneal_strategy")) {
      settings = settings.annealStrategy(s.text("anneal_strategy"));
    }
    if (s.has("cycle_momentum")) {
      settings = settings.withoutMomentum();
    }
    return s.has("total_steps")
        ? new OneCycleLR(optimizer, s.number("max_lr"), (long) s.number("total_steps"), settings)
        : new OneCycleLR(
            optimizer,
            s.number("max_lr"),
            (long) s.number("epochs"),
            (long) s.number("steps_per_epoch"),
            settings);
  }

  /** One step on the recorded loss. */
  static void step(Optimizer optimizer, Tensor p) {
    optimizer.zeroGrad();
    Recorded.loss(p).backward();
    optimizer.step();
  }

  static List<String> optimizers() {
    return DEFAULTS.keySet().stream().sorted().toList();
  }

  static Settings noSettings() {
    return new Settings(Collections.emptyMap());
  }
}
