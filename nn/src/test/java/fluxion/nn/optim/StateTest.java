package fluxion.nn.optim;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.nn.optim.Recorded.Run;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What optimisers and schedulers remember is saved and restored. */
final class StateTest {
  static Stream<Run> runs() {
    return Stream.concat(Recorded.runs(false).stream(), Recorded.runs(true).stream());
  }

  /** A deep copy, as a file would make it. */
  private static Object copy(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<Object, Object> copied = new LinkedHashMap<>();
        map.forEach((key, entry) -> copied.put(key, entry == null ? null : copy(entry)));
        yield copied;
      }
      case List<?> list -> list.stream().map(StateTest::copy).toList();
      case Tensor tensor -> tensor.clone();
      default -> value;
    };
  }

  private static Map<?, ?> copied(Map<?, ?> dict) {
    return (Map<?, ?>) copy(dict);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void a_resumed_run_goes_on_bit_for_bit(Run run) {
    Tensor p = tensor(Recorded.START).requiresGrad_();
    Optimizer optimizer = Runs.optimizer(run.optimizer(), p);
    LRScheduler scheduler =
        run.scheduler() == null ? null : Runs.scheduler(run.scheduler(), optimizer);
    for (int step = 0; step < 7; step++) {
      step(optimizer, scheduler, p);
    }
    Tensor q = tensor(p.toDoubleArray()).requiresGrad_();
    Map<?, ?> saved = copied(optimizer.stateDict());
    Optimizer resumed = Runs.optimizer(run.optimizer(), q);
    LRScheduler resumedScheduler = null;
    if (scheduler != null) {
      resumedScheduler = Runs.scheduler(run.scheduler(), resumed);
      resumedScheduler.loadStateDict(copied(scheduler.stateDict()));
    }
    resumed.loadStateDict(saved);
    for (int step = 0; step < 7; step++) {
      step(optimizer, scheduler, p);
      step(resumed, resumedScheduler, q);
      assertArrayEquals(p.toDoubleArray(), q.toDoubleArray(), "step " + step);
      assertEquals(optimizer.toString(), resumed.toString());
    }
  }

  private static void step(Optimizer optimizer, LRScheduler scheduler, Tensor p) {
    Runs.step(optimizer, p);
    if (scheduler != null) {
      scheduler.step();
    }
  }

  @Test
  void a_state_dict_has_the_shape_of_pytorchs() {
    Tensor p = ones(2).requiresGrad_();
    Tensor unused = ones(3).requiresGrad_();
    Tensor q = ones(1).requiresGrad_();
    AdamOptions options = new AdamOptions();
    Adam optimizer =
        new Adam(
            new ParameterGroup(List.of(p, unused), options),
            new ParameterGroup(List.of(q), options.lr(0.5)));
    p.sum().add(q.sum()).backward();
    optimizer.step();
    assertEquals(
        "{state={0={step=tensor(1.), exp_avg=tensor([0.1000, 0.1000]),"
            + " exp_avg_sq=tensor([0.0010, 0.0010])}, 2={step=tensor(1.),"
            + " exp_avg=tensor([0.1000]), exp_avg_sq=tensor([0.0010])}},"
            + " param_groups=[{amsgrad=false, betas=[0.9, 0.999], eps=1.0E-8, lr=0.001,"
            + " maximize=false, weight_decay=0, params=[0, 1]}, {amsgrad=false, betas=[0.9,"
            + " 0.999], eps=1.0E-8, lr=0.5, maximize=false, weight_decay=0, params=[2]}]}",
        optimizer.stateDict().toString());
  }

  /** As PyTorch 1.13 saves it: with options that say how to compute, and a count that is an int. */
  @Test
  void pytorchs_state_dicts_are_taken() {
    Tensor p = ones(2).requiresGrad_();
    RMSprop optimizer = new RMSprop(List.of(p));
    Map<String, Object> group = new HashMap<>();
    group.put("lr", 0.5);
    group.put("momentum", 0L);
    group.put("alpha", 0.75);
    group.put("eps", 0.0);
    group.put("centered", false);
    group.put("weight_decay", 0L);
    group.put("foreach", null);
    group.put("maximize", false);
    group.put("differentiable", false);
    group.put("initial_lr", 0.5);
    group.put("params", List.of(0L));
    Tensor average = tensor(1.0, 4.0);
    optimizer.loadStateDict(
        Map.of(
            "state",
            Map.of(0, new TreeMap<>(Map.of("step", 3, "square_avg", average))),
            "param_groups",
            List.of(group)));
    p.sum().backward();
    optimizer.step();
    // square_avg = 0.75 · (1, 4) + 0.25, in the parameter's dtype
    assertEquals(
        "{square_avg=tensor([1.0000, 3.2500]), step=tensor(4.)}",
        ((Map<?, ?>) optimizer.stateDict().get("state")).get(0L).toString());
    assertArrayEquals(new float[] {0.5f, 0.7226499f}, p.toFloatArray(), 1e-6f);
    assertArrayEquals(new double[] {1, 4}, average.toDoubleArray(), "it was copied");
  }

  private static String refusal(Optimizer optimizer, Map<?, ?> dict) {
    String before = optimizer.stateDict().toString();
    String message =
        assertThrows(ArgumentException.class, () -> optimizer.loadStateDict(dict)).getMessage();
    assertEquals(before, optimizer.stateDict().toString(), "nothing is changed");
    return message;
  }

  @Test
  void a_dict_that_does_not_fit_is_refused_with_all_that_is_wrong() {
    Adam optimizer = new Adam(List.of(ones(2).requiresGrad_(), ones(3).requiresGrad_()));
    Map<?, ?> dict =
        Map.of(
            "state",
            new LinkedHashMap<>(
                Map.of(
                    0L,
                    Map.of("step", "one", "exp_avg", ones(4), "momentum_buffer", ones(2)),
                    7L,
                    Map.of())),
            "param_groups",
            List.of(Map.of("lr", -1.0, "betas", 0.5, "params", List.of(0L, 1L))));
    String message = refusal(optimizer, dict);
    for (String part :
        List.of(
            "loaded state dict does not fit Adam:",
            "param_groups[0]: Invalid learning rate: -1.0",
            "param_groups[0].betas: expected a list, found a number",
            "state[0].step: expected a number, found a text",
            "state[0].exp_avg: expected a tensor of the parameter's shape [2], found a tensor of"
                + " shape [4]",
            "state[0].exp_avg_sq: missing",
            "state[0].momentum_buffer: unexpected",
            "state[7]: no group has this parameter")) {
      assertTrue(message.contains(part), part + " in: " + message);
    }
  }

  @Test
  void other_groups_are_refused() {
    SGD optimizer = new SGD(List.of(ones(2).requiresGrad_()), 0.1);
    SGDOptions options = new SGDOptions(0.1);
    SGD two =
        new SGD(
            new ParameterGroup(List.of(ones(2).requiresGrad_()), options),
            new ParameterGroup(List.of(ones(2).requiresGrad_()), options));
    SGD larger = new SGD(List.of(ones(2).requiresGrad_(), ones(2).requiresGrad_()), 0.1);
    assertEquals(
        "loaded state dict has a different number of parameter groups",
        refusal(optimizer, two.stateDict()));
    assertEquals(
        "loaded state dict contains a parameter group that doesn't match the size of optimizer's"
            + " group",
        refusal(optimizer, larger.stateDict()));
    assertEquals("param_groups: expected a list, found None", refusal(optimizer, Map.of()));
    assertTrue(
        refusal(optimizer, Map.of("param_groups", optimizer.stateDict().get("param_groups")))
            .contains("state: expected a map, found None"));
  }

  @Test
  void sixteen_bit_parameters_keep_state_of_their_dtype() {
    for (DType dtype : List.of(DType.FLOAT16, DType.BFLOAT16)) {
      for (String name : Runs.optimizers()) {
        Tensor p = tensor(1f, -2f, 0.5f).to(dtype).requiresGrad_();
        p.setGrad(tensor(0.5f, -1f, 2f).to(dtype));
        double[] before = p.toFloat().toDouble().toDoubleArray();
        // Adadelta's first steps are a thousandth of the gradient.
        double lr = name.equals("Adadelta") ? 50 : 0.1;
        OptimizerOptions<?> options = Runs.options(name, Runs.noSettings()).lr(lr);
        Optimizer optimizer = Runs.optimizer(name, new ParameterGroup(List.of(p), options));
        for (int step = 0; step < 3; step++) {
          optimizer.step();
        }
        double[] after = p.toFloat().toDouble().toDoubleArray();
        assertTrue(after[0] < before[0] && after[1] > before[1] && after[2] < before[2], name);
        assertEquals(dtype, p.dtype());
        Map<?, ?> states = (Map<?, ?>) optimizer.stateDict().get("state");
        if (states.get(0L) instanceof Map<?, ?> state) {
          state.forEach(
              (key, value) -> {
                Tensor tensor = (Tensor) value;
                assertEquals(tensor.dim() == 0 ? DType.FLOAT32 : dtype, tensor.dtype(), name + key);
              });
        }
      }
    }
  }
}
