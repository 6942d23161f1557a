package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.GradFn;
import fluxion.api.Hook;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hooks of tensors and of nodes, and gradients that are retained. */
class HooksTest {
  private static Tensor leaf(float... values) {
    return tensor(values).requiresGrad_();
  }

  private static void assertGrad(Tensor tensor, double... expected) {
    assertArrayEquals(expected, tensor.grad().toDoubleArray());
  }

  @Test
  void what_a_hook_returns_is_brought_to_shape_and_dtype() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(3);
    y.registerHook(g -> tensor(new double[][] {{1, 2}, {3, 4}}));
    Tensor[] seen = new Tensor[1];
    y.registerHook(
        g -> {
          seen[0] = g;
          return null;
        });
    y.sum().backward();
    assertEquals(DType.FLOAT32, seen[0].dtype());
    assertArrayEquals(new float[] {4, 6}, seen[0].toFloatArray());
    assertGrad(x, 12, 18);
  }

  @Test
  void a_hook_that_returns_what_does_not_fit_is_an_error() {
    Tensor y = leaf(1, 2).mul(3);
    y.registerHook(g -> ones(3));
    Tensor loss = y.sum();
    assertEquals(
        "Function a hook returned an invalid gradient at index 0 - got [3] but expected shape"
            + " compatible with [2]",
        assertThrows(AutogradException.class, loss::backward).getMessage());
  }

  @Test
  void a_hook_belongs_to_one_output_and_runs_only_if_a_gradient_arrives_there() {
    Tensor x = leaf(1, 2, 3);
    Tensor[] parts = x.mul(2).unbind(0);
    List<String> ran = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int part = i;
      parts[i].registerHook(
          g -> {
            ran.add(part + " " + g.item());
            return g.mul(10);
          });
    }
    parts[1].mul(3).add(parts[2]).backward();
    assertEquals(List.of("1 3.0", "2 1.0"), ran);
    assertGrad(x, 0, 60, 20);
  }

  @Test
  void a_hook_is_removed_without_the_others() {
    Tensor x = leaf(1);
    Tensor y = x.mul(1);
    y.registerHook(g -> g.mul(2));
    Hook removed = y.registerHook(g -> g.mul(5));
    y.registerHook(g -> g.mul(3));
    removed.remove();
    y.backward();
    assertGrad(x, 6);
    GradFn node = x.mul(1).gradFn();
    List<Integer> ran = new ArrayList<>();
    Hook[] hooks = new Hook[3];
    Tensor z = x.mul(1);
    for (int i = 0; i < 3; i++) {
      int number = i;
      hooks[i] =
          z.gradFn()
              .registerHook(
                  (results, gradients) -> {
                    ran.add(number);
                    return null;
                  });
    }
    hooks[1].remove();
    z.backward();
    assertEquals(List.of(0, 2), ran);
    assertEquals("MulBackward0", node.name());
  }

  @Test
  void a_node_hook_may_neither_change_the_lists_that_it_sees_nor_return_too_few() {
    Tensor y = leaf(1).mul(leaf(2));
    y.gradFn()
        .registerHook(
            (results, gradients) -> {
              assertThrows(UnsupportedOperationException.class, () -> results.set(0, ones(1)));
              assertThrows(UnsupportedOperationException.class, () -> gradients.set(0, ones(1)));
              return results.subList(0, 1);
            });
    assertEquals(
        "a node hook returned 1 gradients where there are 2 inputs",
        assertThrows(AutogradException.class, y::backward).getMessage());
  }

  @Test
  void node_hooks_see_what_those_before_them_returned() {
    Tensor x = leaf(1);
    Tensor w = leaf(4);
    Tensor y = x.mul(w);
    y.gradFn().registerHook((results, gradients) -> Arrays.asList(results.get(0).mul(2), null));
    List<Tensor> seen = new ArrayList<>();
    y.gradFn()
        .registerHook(
            (results, gradients) -> {
              seen.addAll(results);
              return null;
            });
    y.backward();
    assertEquals(8, seen.get(0).item());
    assertNull(seen.get(1));
    assertGrad(x, 8);
    assertNull(w.grad());
  }

  @Test
  void the_node_of_a_leaf_takes_hooks_that_run_after_the_gradient_was_added() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(3);
    List<Object> seen = new ArrayList<>();
    y.gradFn()
        .nextFunctions()
        .get(0)
        .function()
        .registerHook(
            (results, gradients) -> {
              seen.add(results.size());
              seen.add(gradients.get(0).toFloatArray()[1]);
              seen.add(x.grad().toFloatArray()[1]);
              return null;
            });
    y.sum().backward();
    assertEquals(List.of(0, 3f, 3f), seen);
    Autograd.grad(x.mul(3).sum(), x);
    assertEquals(3, seen.size());
  }

  @Test
  void the_hook_of_a_leaf_changes_what_is_added() {
    Tensor x = leaf(1, 2);
    x.registerHook(g -> g.mul(10));
    x.mul(3).sum().backward();
    assertGrad(x, 30, 30);
    assertArrayEquals(new float[] {30, 30}, Autograd.grad(x.mul(3).sum(), x).toFloatArray());
  }

  @Test
  void a_hook_may_hold_the_gradient_of_a_leaf_apart_from_grad() {
    Tensor x = leaf(1, 2);
    Tensor[] held = new Tensor[1];
    x.registerHook(
        g -> {
          held[0] = g;
          return null;
        });
    x.mul(3).sum().backward();
    x.grad().zero_();
    assertArrayEquals(new float[] {3, 3}, held[0].toFloatArray());
  }

  @Test
  void a_retained_gradient_is_kept_once_and_added_to_in_later_passes() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(2);
    y.retainGrad();
    y.retainGrad();
    Tensor z = y.mul(3).sum();
    z.backward(null, true, false);
    assertGrad(y, 3, 3);
    z.backward();
    assertGrad(y, 6, 6);
    assertGrad(x, 12, 12);
  }

  @Test
  void retained_gradients_of_several_outputs_and_of_views_are_kept_apart() {
    Tensor x = leaf(1, 2, 3);
    Tensor[] parts = x.mul(2).unbind(0);
    parts[0].retainGrad();
    parts[2].retainGrad();
    parts[0].mul(3).backward();
    assertEquals(3, parts[0].grad().item());
    assertNull(parts[2].grad());
  }

  @Test
  void two_tensors_of_one_node_retain_their_gradients() {
    Tensor x = leaf(1);
    Tensor y = x.mul(2);
    y.retainGrad();
    Tensor same = y.view(1);
    same.retainGrad();
    same.mul(5).backward();
    assertGrad(y, 5);
    assertGrad(same, 5);
  }

  @Test
  void a_leaf_retains_its_gradient_anyhow_and_what_needs_none_cannot() {
    Tensor x = leaf(1);
    x.retainGrad();
    x.mul(2).backward();
    assertGrad(x, 2);
    assertEquals(
        "can't retain_grad on Tensor that has requires_grad=False",
        assertThrows(AutogradException.class, () -> ones(1).retainGrad()).getMessage());
    assertEquals(
        "cannot register a hook on a tensor that doesn't require gradient",
        assertThrows(AutogradException.class, () -> ones(1).registerHook(g -> g)).getMessage());
  }

  @Test
  void the_retained_gradient_of_a_recorded_pass_can_be_differentiated() {
    Tensor x = leaf(3);
    Tensor y = x.mul(1);
    y.retainGrad();
    y.pow(3).backward(null, true, true);
    assertTrue(y.grad().requiresGrad());
    assertEquals(18, Autograd.grad(y.grad().sum(), y).item());
  }
}
