package fluxion.tests.autograd;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.GradFn;
import fluxion.api.Hook;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BackwardTest {
  private static Tensor leaf(float... values) {
    return tensor(values).requiresGrad_();
  }

  private static void assertGrad(Tensor tensor, double... expected) {
    assertArrayEquals(expected, tensor.grad().toDoubleArray(), 1e-6);
  }

  @Test
  void a_gradient_shared_by_two_leaves_is_copied_so_that_zeroing_one_leaves_the_other() {
    Tensor x = ones(TensorOptions.withGrad(), 2, 2);
    Tensor y = zeros(TensorOptions.withGrad(), 2, 2);
    x.add(y).sum().backward();
    x.grad().zero_();
    assertGrad(x, 0, 0, 0, 0);
    assertGrad(y, 1, 1, 1, 1);
  }

  @Test
  void a_given_gradient_never_becomes_the_leafs_own() {
    Tensor x = leaf(1, 2);
    Tensor given = ones(2);
    x.view(2).backward(given);
    x.grad().fill_(7);
    assertArrayEquals(new float[] {1, 1}, given.toFloatArray());
  }

  @Test
  @Tag("long")
  void a_chain_of_a_million_nodes_runs_backward_without_recursion() {
    Tensor x = leaf(1);
    Tensor y = x;
    for (int i = 0; i < 1_000_000; i++) {
      y = y.add(1);
    }
    y.backward();
    assertGrad(x, 1);
  }

  @Test
  @Tag("long")
  void a_chain_ten_times_as_long_takes_about_ten_times_as_long() {
    double small = fastestBackward(20_000);
    double large = fastestBackward(200_000);
    // Quadratic time would be a factor of 100.
    assertTrue(large / small < 50, "10 times the nodes took " + large / small + " times as long");
  }

  private static double fastestBackward(int nodes) {
    double fastest = backwardNanos(nodes);
    for (int i = 0; i < 5; i++) {
      fastest = Math.min(fastest, backwardNanos(nodes));
    }
    return fastest;
  }

  private static double backwardNanos(int nodes) {
    Tensor x = leaf(1);
    Tensor y = x;
    for (int i = 0; i < nodes; i++) {
      y = y.add(1);
    }
    // of this thread alone: other programs and the garbage collector do not count
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    y.backward();
    return threads.getCurrentThreadCpuTime() - start;
  }

  @Test
  void a_deep_diamond_visits_each_node_once() {
    Tensor x = leaf(1);
    Tensor y = x;
    for (int i = 0; i < 60; i++) {
      y = y.add(y).mul(0.5);
    }
    int[] visits = {0};
    Tensor counted = x.mul(1);
    counted.registerHook(
        g -> {
          visits[0]++;
          return null;
        });
    Tensor z = counted;
    for (int i = 0; i < 60; i++) {
      z = z.add(z).mul(0.5);
    }
    z.backward();
    y.backward();
    assertEquals(1, visits[0]);
    assertGrad(x, 2);
  }

  @Test
  void gradients_accumulate_until_they_are_cleared() {
    Tensor x = leaf(1, 2);
    x.mul(3).sum().backward();
    x.mul(3).sum().backward();
    assertGrad(x, 6, 6);
    x.setGrad(null);
    x.mul(3).sum().backward();
    assertGrad(x, 3, 3);
  }

  @Test
  void gradients_of_broadcast_inputs_are_summed_and_cast_by_the_engine() {
    Tensor x = tensor(new float[][] {{1}, {2}}).requiresGrad_();
    Tensor w = tensor(1.0, 2.0, 3.0).requiresGrad_();
    x.mul(w).sum().backward();
    assertEquals(DType.FLOAT32, x.grad().dtype());
    assertEquals(DType.FLOAT64, w.grad().dtype());
    assertGrad(x, 6, 6);
    assertGrad(w, 3, 3, 3);
  }

  @Test
  void grad_leaves_the_leaves_alone_and_runs_only_what_it_needs() {
    Tensor x = leaf(2);
    Tensor y = leaf(3);
    Tensor product = x.mul(y);
    boolean[] ran = {false};
    Tensor other = y.exp();
    other.registerHook(
        g -> {
          ran[0] = true;
          return null;
        });
    Tensor g = Autograd.grad(product.add(other), x);
    assertArrayEquals(new float[] {3}, g.toFloatArray());
    assertNull(x.grad());
    assertNull(y.grad());
    assertFalse(ran[0]);
  }

  @Test
  void grad_is_asked_for_tensors_in_the_middle_of_a_graph() {
    Tensor x = leaf(2);
    Tensor y = x.mul(x);
    Tensor z = y.mul(3);
    List<Tensor> grads = Autograd.grad(List.of(z), List.of(y, x), null, false, false, false);
    assertEquals(3, grads.get(0).item());
    assertEquals(12, grads.get(1).item());
  }

  @Test
  void the_gradient_of_an_output_with_respect_to_itself_is_its_cotangent() {
    Tensor x = leaf(2);
    Tensor y = x.mul(x);
    assertEquals(1, Autograd.grad(y, y).item());
  }

  @Test
  void second_and_third_derivatives_follow_from_a_recorded_pass() {
    Tensor x = tensor(2.0).requiresGrad_();
    Tensor first = Autograd.grad(x.pow(4), x, true);
    Tensor second = Autograd.grad(first, x, true);
    Tensor third = Autograd.grad(second, x);
    assertEquals(32, first.item(), 1e-12);
    assertEquals(48, second.item(), 1e-12);
    assertEquals(48, third.item(), 1e-12);
    assertFalse(third.requiresGrad());
  }

  @Test
  void saved_tensors_are_freed_node_by_node() {
    Tensor x = leaf(1, 2);
    Tensor y = x.exp();
    Tensor z = y.mul(2).sum();
    z.backward();
    AutogradException e = assertThrows(AutogradException.class, () -> y.sum().backward());
    assertTrue(e.getMessage().startsWith("Trying to backward through the graph a second time"));
    assertGrad(x, 2 * Math.E, 2 * Math.E * Math.E);
  }

  @Test
  void a_pass_that_fails_changes_no_gradient() {
    Tensor x = leaf(1, 2);
    Tensor w = leaf(3, 4);
    Tensor good = w.mul(2);
    Tensor y = x.exp();
    Tensor bad = y.mul(1);
    y.add_(1);
    assertThrows(AutogradException.class, () -> good.add(bad).sum().backward());
    assertNull(w.grad());
    assertNull(x.grad());
  }

  @Test
  void hooks_run_in_order_on_the_complete_gradient_before_it_is_kept() {
    Tensor x = leaf(1);
    Tensor y = x.mul(2);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    y.registerHook(
        g -> {
          order.add("first " + g.item());
          return g.mul(10);
        });
    y.registerHook(
        g -> {
          order.add("second " + g.item());
          return null;
        });
    y.retainGrad();
    y.add(y).sum().backward();
    assertEquals(List.of("first 2.0", "second 20.0"), order);
    assertGrad(y, 20);
    assertGrad(x, 40);
  }

  @Test
  void a_removed_hook_no_longer_runs() {
    Tensor x = leaf(1);
    Hook hook = x.registerHook(g -> g.mul(10));
    x.mul(2).backward();
    hook.remove();
    hook.remove();
    x.setGrad(null);
    x.mul(2).backward();
    assertGrad(x, 2);
  }

  @Test
  void a_node_hook_sees_results_and_may_replace_them() {
    Tensor x = leaf(1);
    Tensor y = x.mul(2);
    GradFn node = y.gradFn();
    List<Tensor> seen = new ArrayList<>();
    Hook hook =
        node.registerHook(
            (results, cotangents) -> {
              seen.addAll(cotangents);
              return List.of(results.get(0).mul(5), tensor(0f));
            });
    y.backward(null, true, false);
    assertEquals(1, seen.get(0).item());
    assertGrad(x, 10);
    hook.remove();
  }

  @Test
  void the_graph_can_be_walked_from_an_output_to_the_leaf() {
    Tensor x = ones(TensorOptions.withGrad(), 2);
    GradFn sum = x.mul(2).add(1).sum().gradFn();
    assertEquals("SumBackward0", sum.name());
    GradFn add = sum.nextFunctions().get(0).function();
    assertEquals("<AddBackward0>", add.toString());
    assertNull(add.nextFunctions().get(1).function());
    GradFn mul = add.nextFunctions().get(0).function();
    GradFn leaf = mul.nextFunctions().get(0).function();
    assertEquals("torch::autograd::AccumulateGrad", leaf.name());
    assertSame(x, leaf.variable().orElseThrow());
  }

  @Test
  void grad_mode_lasts_as_long_as_its_block_and_belongs_to_the_thread() throws Exception {
    Tensor x = leaf(1);
    try (var _ = Autograd.noGrad()) {
      assertFalse(Autograd.isGradEnabled());
      assertFalse(x.mul(2).requiresGrad());
      try (var _ = Autograd.enableGrad()) {
        assertTrue(x.mul(2).requiresGrad());
      }
      assertFalse(Autograd.isGradEnabled());
      boolean[] elsewhere = {false};
      Thread thread = new Thread(() -> elsewhere[0] = Autograd.isGradEnabled());
      thread.start();
      thread.join();
      assertTrue(elsewhere[0]);
    }
    assertTrue(Autograd.isGradEnabled());
  }

  @Test
  void unused_outputs_of_a_function_arrive_as_absent_cotangents() {
    Tensor x = leaf(1, 2, 3);
    Tensor[] parts = x.mul(2).unbind(0);
    parts[1].backward();
    assertGrad(x, 0, 2, 0);
  }

  @Test
  void backward_of_several_tensors_shares_one_pass() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(x);
    Tensor a = y.sum();
    Tensor b = y.mul(3).sum();
    List<Tensor> ones = new ArrayList<>();
    ones.add(null);
    ones.add(tensor(2f));
    Autograd.backward(List.of(a, b), ones, false, false);
    assertGrad(x, 14, 28);
  }
}
