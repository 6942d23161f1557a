package fluxion.nn;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Hook;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HooksTest {
  private static final Tensor X = tensor(-1.0, 2.0);

  @Test
  void hooks_run_before_and_after_in_their_order_and_may_replace() {
    ReLU layer = new ReLU();
    layer.registerForwardPreHook((_, input) -> input.neg());
    layer.registerForwardPreHook((_, input) -> input.mul(2.0));
    layer.registerForwardHook((_, input, output) -> output.add(input));
    layer.registerForwardHook((_, _, _) -> null);
    // [1, −2], [2, −4], [2, 0], [4, −4]
    assertArrayEquals(new double[] {4, -4}, layer.call(X).toDoubleArray());
    assertArrayEquals(new double[] {0, 2}, layer.forward(X).toDoubleArray());
  }

  @Test
  void a_removed_hook_runs_no_more_and_its_twin_does() {
    ReLU layer = new ReLU();
    ForwardHook hook = (_, _, output) -> output.add(1.0);
    Hook first = layer.registerForwardHook(hook);
    layer.registerForwardHook(hook);
    assertArrayEquals(new double[] {2, 4}, layer.call(X).toDoubleArray());
    first.remove();
    first.remove();
    assertArrayEquals(new double[] {1, 3}, layer.call(X).toDoubleArray());
  }

  @Test
  void hooks_of_layers_inside_run_in_a_chain() {
    Sequential model = new Sequential(new ReLU(), new Identity());
    List<Layer> called = new ArrayList<>();
    model.apply(
        layer ->
            layer.registerForwardHook(
                (which, _, _) -> {
                  called.add(which);
                  return null;
                }));
    model.call(X);
    assertEquals(List.of(model.get(0), model.get(1), model), called);
  }

  @Test
  void a_summary_shows_shapes_and_counts_and_leaves_the_model_as_it_was() {
    Linear shared = new Linear(4, 4);
    Layer inner = new Sequential(shared, new ReLU()).eval();
    Sequential model = new Sequential(new Linear(1024, 4), inner, shared);
    model.train();
    inner.eval();
    assertEquals(
        """
        Layer                 Output shape  Parameters
        Sequential            [2, 4]                 -
          0: Linear           [2, 4]             4,100
          1: Sequential       [2, 4]                 -
            0: Linear         [2, 4]                20
            1: ReLU           [2, 4]                 -
          2: Linear (shared)  [2, 4]                 -
        Parameters: 4,120, trained: 4,120, buffers: 0
        """,
        model.summary(Tensors.ones(2, 1024)));
    assertTrue(model.isTraining());
    assertFalse(inner.isTraining());
    shared.requiresGrad_(false);
    assertEquals(
        """
        Layer   Parameters
        Linear          20
        Parameters: 20, trained: 0, buffers: 0
        """,
        shared.summary());
  }
}
