package fluxion.nn.optim;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.Autograd;
import fluxion.api.Tensor;
import fluxion.nn.optim.Recorded.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimisers and schedulers go where PyTorch's go. */
final class TrajectoriesTest {
  private static final double TOLERANCE = 1e-12;

  static List<Run> optimizers() {
    return Recorded.runs(false);
  }

  static List<Run> schedulers() {
    return Recorded.runs(true);
  }

  @Test
  void every_optimizer_and_scheduler_has_been_recorded() {
    assertEquals(45, optimizers().size());
    assertEquals(20, schedulers().size());
    assertEquals(
        Runs.optimizers(),
        optimizers().stream().map(run -> run.optimizer().name()).distinct().sorted().toList());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void an_optimizer_goes_as_in_pytorch(Run run) {
    List<double[]> expected = run.all("params");
    Tensor p = tensor(expected.getFirst()).requiresGrad_();
    Optimizer optimizer = Runs.optimizer(run.optimizer(), p);
    for (int step = 1; step < expected.size(); step++) {
      Runs.step(optimizer, p);
      assertArrayEquals(expected.get(step), p.toDoubleArray(), TOLERANCE, "step " + step);
    }
    assertState(run, optimizer);
  }

  private static void assertState(Run run, Optimizer optimizer) {
    Map<?, ?> states = (Map<?, ?>) optimizer.stateDict().get("state");
    Map<?, ?> state = states.get(0L) instanceof Map<?, ?> map ? map : Map.of();
    assertEquals(run.state().keySet(), state.keySet());
    run.state()
        .forEach(
            (name, expected) ->
                assertArrayEquals(
                    expected,
                    ((Tensor) state.get(name)).toDouble().reshape(-1).toDoubleArray(),
                    TOLERANCE,
                    name));
  }

  /**
   * Where the recorded steps are so large that they magnify roundings, each step starts from where
   * PyTorch's did.
   */
  @ParameterizedTest
  @MethodSource("schedulers")
  void a_scheduler_goes_as_in_pytorch(Run run) {
    List<double[]> expected = run.all("params");
    double[] rates = run.all("rates").getFirst();
    double[] momenta = run.all("momenta").stream().findFirst().orElse(null);
    Tensor p = tensor(expected.getFirst()).requiresGrad_();
    Optimizer optimizer = Runs.optimizer(run.optimizer(), p);
    LRScheduler scheduler = Runs.scheduler(run.scheduler(), optimizer);
    for (int step = 1; step < expected.size(); step++) {
      assertEquals(rates[step - 1], optimizer.lr(), 1e-15, "rate before step " + step);
      assertEquals(List.of(optimizer.lr()), scheduler.lastLr());
      if (momenta != null) {
        OptimizerOptions<?> options = optimizer.groups().getFirst().options();
        double momentum =
            options.values().containsKey("betas")
                ? options.number("betas", 0)
                : options.number("momentum");
        assertEquals(momenta[step - 1], momentum, 1e-15, "momentum before step " + step);
      }
      Runs.step(optimizer, p);
      scheduler.step();
      assertArrayEquals(expected.get(step), p.toDoubleArray(), TOLERANCE, "step " + step);
      try (var _ = Autograd.noGrad()) {
        p.copy_(tensor(expected.get(step)));
      }
    }
    assertEquals(rates[rates.length - 1], optimizer.lr(), 1e-15);
    assertState(run, optimizer);
  }

  /** Parameters 0 to 2; 3 and 4 with a smaller rate and decay; and one that is not used. */
  @Test
  void groups_have_options_of_their_own() {
    List<double[]> expected =
        Recorded.sections("groups"::equals).getFirst().stream()
            .skip(1)
            .map(Recorded.Line::numbers)
            .toList();
    double[] start = expected.getFirst();
    Tensor p = tensor(Arrays.copyOf(start, 3)).requiresGrad_();
    Tensor q = tensor(Arrays.copyOfRange(start, 3, 5)).requiresGrad_();
    Tensor unused = ones(2).toDouble().requiresGrad_();
    SGDOptions options = new SGDOptions(0.1).momentum(0.9);
    SGD optimizer =
        new SGD(
            new ParameterGroup(List.of(p), options),
            new ParameterGroup(List.of(q, unused), options.lr(0.01).weightDecay(0.1)));
    for (int step = 1; step < expected.size(); step++) {
      optimizer.zeroGrad();
      Recorded.loss(p, 0, 3).add(Recorded.loss(q, 3, 5)).backward();
      optimizer.step();
      double[] all =
          Stream.of(p, q, unused)
              .flatMapToDouble(tensor -> Arrays.stream(tensor.toDoubleArray()))
              .toArray();
      assertArrayEquals(expected.get(step), all, TOLERANCE, "step " + step);
    }
    assertEquals(
        "0, 1",
        ((Map<?, ?>) optimizer.stateDict().get("state"))
            .keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }
}
