package fluxion.nn.optim;

import static fluxion.api.Tensors.ones;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.nn.optim.Recorded.Line;
import fluxion.nn.optim.Recorded.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Schedules that are worked out by hand, and what is refused, with PyTorch's messages. */
final class SchedulersTest {
  private static SGD optimizer(double... rates) {
    ParameterGroup[] groups = new ParameterGroup[rates.length];
    for (int i = 0; i < rates.length; i++) {
      groups[i] =
          new ParameterGroup(
              List.of(ones(1).requiresGrad_()), new SGDOptions(rates[i]).momentum(0.9));
    }
    return new SGD(groups);
  }

  /** The rates of the first group before each step. */
  private static double[] rates(LRScheduler scheduler, int steps) {
    double[] rates = new double[steps];
    for (int i = 0; i < steps; i++) {
      rates[i] = scheduler.lastLr().getFirst();
      scheduler.step();
    }
    return rates;
  }

  private static void assertRates(LRScheduler scheduler, double... expected) {
    assertArrayEquals(expected, rates(scheduler, expected.length), 1e-12);
  }

  private static void assertRefused(String message, Executable making) {
    assertEquals(message, assertThrows(ArgumentException.class, making).getMessage());
  }

  @Test
  void a_lambda_multiplies_the_rate_that_each_group_started_from() {
    SGD optimizer = optimizer(1, 10);
    LambdaLR scheduler = new LambdaLR(optimizer, List.of(epoch -> 1.0 / (1 + epoch), _ -> 0.5));
    assertEquals(List.of(1.0, 5.0), scheduler.lastLr());
    scheduler.step();
    scheduler.step();
    assertEquals(List.of(1.0 / 3, 5.0), scheduler.lastLr());
    assertEquals(2, scheduler.lastEpoch());
    assertRates(new LambdaLR(optimizer(2), epoch -> epoch), 0, 2, 4);
    assertRefused(
        "Expected 2 lr_lambdas, but got 1",
        () -> new LambdaLR(optimizer(1, 2), List.<LongToDoubleFunction>of(_ -> 1)));
  }

  @Test
  void a_multiplicative_schedule_multiplies_the_last_rate() {
    assertRates(new MultiplicativeLR(optimizer(1), epoch -> epoch), 1, 1, 2, 6, 24);
  }

  @Test
  void the_plateau_recorded_from_pytorch_is_met() {
    List<List<Line>> runs = Recorded.sections("plateau"::equals);
    assertEquals(5, runs.size());
    for (List<Line> run : runs) {
      Settings s = run.getFirst().settings();
      ReduceLROnPlateau.Settings settings =
          new ReduceLROnPlateau.Settings()
              .mode(s.has("mode") ? s.text("mode") : "min")
              .factor(s.number("factor", 0.1))
              .patience((long) s.number("patience", 10))
              .cooldown((long) s.number("cooldown", 0))
              .threshold(
                  s.number("threshold", 1e-4),
                  s.has("threshold_mode") ? s.text("threshold_mode") : "rel")
              .minLr(s.number("min_lr", 0));
      SGD optimizer = optimizer(s.number("lr"));
      ReduceLROnPlateau scheduler = new ReduceLROnPlateau(optimizer, settings);
      double[] metrics = run.get(1).numbers();
      double[] rates = run.get(2).numbers();
      for (int i = 0; i < metrics.length; i++) {
        if (i == 7) {
          // goes on in another scheduler
          Map<?, ?> saved = scheduler.stateDict();
          scheduler = new ReduceLROnPlateau(optimizer);
          scheduler.loadStateDict(saved);
        }
        scheduler.step(metrics[i]);
        assertEquals(rates[i], optimizer.lr(), 1e-15, run.getFirst().rest() + ", " + i);
        assertEquals(optimizer.lr(), scheduler.lastLr().getFirst());
      }
    }
  }

  @Test
  void schedulers_take_turns() {
    SGD optimizer = optimizer(1);
    LRScheduler warmUp = new ConstantLR(optimizer, 0.1, 2);
    LRScheduler fall = new ExponentialLR(optimizer, 0.9);
    // PyTorch's documentation of SequentialLR
    SequentialLR scheduler = new SequentialLR(optimizer, List.of(warmUp, fall), List.of(2L));
    assertRates(scheduler, 0.1, 0.1, 1, 0.9, 0.81, 0.729);
  }

  @Test
  void the_turns_of_every_schedule_begin_at_the_rate_of_the_start() {
    SGD optimizer = optimizer(1);
    List<LRScheduler> inner =
        List.of(
            new ConstantLR(optimizer, 0.5, 2),
            new StepLR(optimizer, 1, 0.5),
            new MultiStepLR(optimizer, List.of(1), 0.5),
            new LinearLR(optimizer, 0.5, 1, 2),
            new PolynomialLR(optimizer, 2, 1),
            new CosineAnnealingLR(optimizer, 2, 0),
            new CosineAnnealingWarmRestarts(optimizer, 2),
            new ConstantLR(optimizer, 0.25, 2),
            new LambdaLR(optimizer, epoch -> epoch + 1));
    SequentialLR scheduler =
        new SequentialLR(optimizer, inner, List.of(2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L));
    assertRates(
        scheduler, 0.5, 0.5, 1, 0.5, 1, 0.5, 0.5, 0.75, 1, 0.5, 1, 0.5, 1, 0.5, 0.25, 0.25, 1, 2);
  }

  @Test
  void schedulers_step_together() {
    SGD optimizer = optimizer(1);
    LRScheduler warmUp = new ConstantLR(optimizer, 0.1, 2);
    LRScheduler fall = new ExponentialLR(optimizer, 0.9);
    // PyTorch's documentation of ChainedScheduler
    assertRates(new ChainedScheduler(List.of(warmUp, fall)), 0.1, 0.09, 0.81, 0.729, 0.6561);
  }

  @Test
  void schedulers_in_schedulers_are_resumed() {
    SGD optimizer = optimizer(1);
    LRScheduler scheduler = nested(optimizer);
    rates(scheduler, 4);
    SGD resumed = optimizer(1);
    LRScheduler other = nested(resumed);
    other.loadStateDict(scheduler.stateDict());
    resumed.loadStateDict(optimizer.stateDict());
    assertArrayEquals(rates(scheduler, 6), rates(other, 6));
    String message =
        assertThrows(ArgumentException.class, () -> other.loadStateDict(Map.of())).getMessage();
    assertEquals(
        "loaded state dict does not fit SequentialLR:\n\t_schedulers: expected a list of 2 maps",
        message);
  }

  private static LRScheduler nested(Optimizer optimizer) {
    ChainedScheduler both =
        new ChainedScheduler(
            List.of(new LinearLR(optimizer, 0.5, 1, 3), new ExponentialLR(optimizer, 0.9)));
    return new SequentialLR(
        optimizer, List.of(both, new CosineAnnealingWarmRestarts(optimizer, 3)), List.of(5L));
  }

  @Test
  void restarts_can_be_set_to_a_part_of_an_epoch() {
    SGD optimizer = optimizer(1);
    CosineAnnealingWarmRestarts scheduler = new CosineAnnealingWarmRestarts(optimizer, 2, 2, 0);
    // Cycles of 2, 4 and 8 epochs begin at 0, 2 and 6.
    double[] epochs = {0.5, 1, 2, 3, 5, 6, 8};
    double[] parts = {0.25, 0.5, 0, 0.25, 0.75, 0, 0.25};
    for (int i = 0; i < epochs.length; i++) {
      scheduler.step(epochs[i]);
      assertEquals((1 + Math.cos(Math.PI * parts[i])) / 2, optimizer.lr(), 1e-12);
    }
    assertEquals(8, scheduler.lastEpoch());
    assertRefused("Expected non-negative epoch, but got -0.5", () -> scheduler.step(-0.5));
  }

  @Test
  void a_cycle_can_be_scaled() {
    CyclicLR.Settings settings = new CyclicLR.Settings().stepSizes(1, 1).withoutMomentum();
    assertRates(
        new CyclicLR(optimizer(1), 0, 8, settings.mode(CyclicLR.Mode.EXP_RANGE, 0.5)),
        0,
        4,
        0,
        1,
        0);
    assertRates(
        new CyclicLR(optimizer(1), 0, 8, settings.scale(cycle -> 1 / cycle, true)), 0, 8, 0, 4);
    assertRates(new CyclicLR(optimizer(1), 0, 8, settings.scale(step -> step, false)), 0, 8, 0, 24);
    SGD two = optimizer(1, 2);
    CyclicLR scheduler = new CyclicLR(two, new double[] {0, 1}, new double[] {1, 3}, settings);
    scheduler.step();
    assertEquals(List.of(1.0, 3.0), scheduler.lastLr());
  }

  @Test
  void adams_first_beta_goes_in_a_cycle_too() {
    Adam adam = new Adam(List.of(ones(1).requiresGrad_()));
    CyclicLR scheduler =
        new CyclicLR(adam, 0, 1, new CyclicLR.Settings().stepSizes(2, 2).momentum(0.5, 0.75));
    assertEquals(0.75, adam.groups().getFirst().options().number("betas", 0));
    rates(scheduler, 2);
    assertEquals(0.5, adam.groups().getFirst().options().number("betas", 0));
    assertEquals(0.999, adam.groups().getFirst().options().number("betas", 1));
  }

  @Test
  void settings_that_will_not_do_are_refused() {
    SGD one = optimizer(1);
    assertRefused(
        "Constant multiplicative factor expected to be between 0 and 1.",
        () -> new ConstantLR(one, 1.5, 5));
    assertRefused(
        "Starting multiplicative factor expected to be greater than 0 and less or equal to 1.",
        () -> new LinearLR(one, 0, 1, 5));
    assertRefused(
        "Ending multiplicative factor expected to be between 0 and 1.",
        () -> new LinearLR(one, 0.5, 1.5, 5));
    assertRefused("Expected positive integer step_size, but got 0", () -> new StepLR(one, 0));
    assertRefused(
        "Expected positive integer T_max, but got 0", () -> new CosineAnnealingLR(one, 0));
    assertRefused(
        "Expected positive integer T_0, but got 0", () -> new CosineAnnealingWarmRestarts(one, 0));
    assertRefused(
        "Expected integer T_mult >= 1, but got 0",
        () -> new CosineAnnealingWarmRestarts(one, 1, 0, 0));
    ReduceLROnPlateau.Settings plateau = new ReduceLROnPlateau.Settings();
    assertRefused("Factor should be < 1.0.", () -> new ReduceLROnPlateau(one, plateau.factor(1)));
    assertRefused("mode mean is unknown!", () -> new ReduceLROnPlateau(one, plateau.mode("mean")));
    assertRefused(
        "threshold mode log is unknown!",
        () -> new ReduceLROnPlateau(one, plateau.threshold(1, "log")));
    assertRefused("Expected 1 min_lrs, but got 2", () -> new ReduceLROnPlateau(one, plateau, 0, 1));
  }

  @Test
  void cycles_that_will_not_do_are_refused() {
    SGD one = optimizer(1);
    OneCycleLR.Settings settings = new OneCycleLR.Settings();
    assertRefused(
        "Expected positive integer total_steps, but got 0",
        () -> new OneCycleLR(one, 1, 0, settings));
    assertRefused(
        "Expected positive integer steps_per_epoch, but got -1",
        () -> new OneCycleLR(one, 1, 2, -1, settings));
    assertRefused(
        "Expected float between 0 and 1 pct_start, but got 1.5",
        () -> new OneCycleLR(one, 1, 2, settings.pctStart(1.5)));
    assertRefused(
        "anneal_strategy must by one of 'cos' or 'linear', instead got log",
        () -> new OneCycleLR(one, 1, 2, settings.annealStrategy("log")));
    assertRefused(
        "expected 1 values for max_lr, got 2",
        () -> new OneCycleLR(one, new double[] {1, 2}, 2, settings));
    String momentum =
        "optimizer must support momentum or beta1 with `cycle_momentum` option enabled";
    Adagrad adagrad = new Adagrad(List.of(ones(1).requiresGrad_()));
    assertRefused(momentum, () -> new OneCycleLR(adagrad, 1, 2, settings));
    assertRefused(momentum, () -> new CyclicLR(adagrad, 0, 1, new CyclicLR.Settings()));
    assertRefused(
        "Expected positive step sizes, but got 0.0 and 1.0",
        () -> new CyclicLR(one, 0, 1, new CyclicLR.Settings().stepSizes(0, 1)));
    OneCycleLR short2 = new OneCycleLR(one, 1, 2, settings);
    short2.step();
    short2.step();
    assertRefused("Tried to step 3 times. The specified number of total steps is 2", short2::step);
  }

  @Test
  void schedulers_of_other_optimizers_are_refused() {
    SGD one = optimizer(1);
    LRScheduler first = new ExponentialLR(one, 0.5);
    LRScheduler second = new ExponentialLR(optimizer(1), 0.5);
    assertRefused(
        "Sequential Schedulers expects all schedulers to belong to the same optimizer, but got"
            + " schedulers at index 0 and 1 to be different",
        () -> new SequentialLR(one, List.of(first, second), List.of(1L)));
    assertRefused(
        "Sequential Schedulers expects number of schedulers provided to be one more than the"
            + " number of milestone points, but got number of schedulers 1 and the number of"
            + " milestones to be equal to 1",
        () -> new SequentialLR(one, List.of(first), List.of(1L)));
    assertRefused(
        "ChainedScheduler expects all schedulers to belong to the same optimizer, but got"
            + " schedulers at index 0 and 1 to be different",
        () -> new ChainedScheduler(List.of(first, second)));
    assertRefused(
        "ChainedScheduler expects at least one scheduler to be chained, but got no scheduler.",
        () -> new ChainedScheduler(List.of()));
  }

  @Test
  void a_dict_of_another_scheduler_is_refused() {
    StepLR scheduler = new StepLR(optimizer(1), 2);
    String before = scheduler.stateDict().toString();
    String message =
        assertThrows(
                ArgumentException.class,
                () ->
                    scheduler.loadStateDict(
                        Map.of("step_size", "two", "base_lrs", List.of(1.0, 2.0))))
            .getMessage();
    assertTrue(message.startsWith("loaded state dict does not fit StepLR:"), message);
    assertTrue(message.contains("step_size: expected a number, found a text"), message);
    assertTrue(message.contains("base_lrs: expected 1 numbers, found 2"), message);
    assertTrue(message.contains("last_epoch: missing"), message);
    assertEquals(before, scheduler.stateDict().toString());
  }
}
