package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.MemoryException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who owns a piece of memory, and that it is freed when the last one lets go and not before. */
class OwnershipTest {
  private static final int N = 5000;

  private static double sum(Tensor tensor) {
    return tensor.sum().item();
  }

  private static boolean isGone(Tensor tensor) {
    try {
      tensor.sum();
      return false;
    } catch (MemoryException e) {
      return true;
    }
  }

  private static void reuseEverything() {
    try (var _ = Memory.scope()) {
      for (int i = 0; i < 20; i++) {
        ones(N).mul(1000 + i);
      }
    }
  }

  @Test
  void a_scope_of_many_tensors_frees_all_but_those_that_were_kept_or_closed() {
    List<Tensor> made = new ArrayList<>();
    List<Tensor> forOuter = new ArrayList<>();
    List<Tensor> forGood = new ArrayList<>();
    try (var outer = Memory.scope()) {
      try (var inner = Memory.scope()) {
        for (int i = 0; i < 400; i++) {
          Tensor tensor = ones(16).mul(i);
          switch (i % 8) {
            case 0 -> tensor.close();
            case 1 -> forOuter.add(inner.keep(tensor));
            case 2 -> forGood.add(outer.keep(tensor));
            case 3 -> forGood.add(Memory.unscoped(tensor));
            default -> made.add(tensor);
          }
        }
        for (int i = 0; i < made.size(); i++) {
          assertFalse(isGone(made.get(i)));
        }
      }
      assertTrue(made.stream().allMatch(OwnershipTest::isGone));
      assertTrue(forOuter.stream().noneMatch(OwnershipTest::isGone));
    }
    assertTrue(forOuter.stream().allMatch(OwnershipTest::isGone));
    assertEquals(100, forGood.size());
    for (int i = 0; i < forGood.size(); i++) {
      assertEquals(16 * (i / 2 * 8 + i % 2 + 2), sum(forGood.get(i)));
    }
  }

  @Test
  void memory_that_two_graphs_have_saved_is_freed_after_both() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor hidden;
    Tensor first;
    Tensor second;
    try (var scope = Memory.scope()) {
      hidden = x.mul(3);
      first = scope.keep(hidden.mul(hidden).sum());
      second = scope.keep(hidden.exp().mul(hidden).sum());
    }
    assertEquals(3 * N, sum(hidden));
    first.backward();
    assertEquals(3 * N, sum(hidden));
    second.backward();
    assertTrue(isGone(hidden));
  }

  @Test
  void what_was_kept_for_good_stays_when_its_graph_is_freed() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor hidden;
    Tensor loss;
    try (var scope = Memory.scope()) {
      hidden = scope.keep(x.mul(3));
      loss = scope.keep(hidden.mul(hidden).sum());
    }
    loss.backward();
    reuseEverything();
    assertEquals(3 * N, sum(hidden));
  }

  @Test
  void what_only_a_graph_still_owns_can_be_kept() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor hidden;
    Tensor loss;
    try (var scope = Memory.scope()) {
      hidden = x.mul(3);
      loss = scope.keep(hidden.mul(hidden).sum());
    }
    try (var _ = Memory.scope()) {
      try (var inner = Memory.scope()) {
        inner.keep(hidden);
      }
      loss.backward();
      reuseEverything();
      assertEquals(3 * N, sum(hidden));
    }
    assertTrue(isGone(hidden));
  }

  @Test
  void a_graph_that_is_walked_in_its_scope_leaves_the_scope_its_tensors() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor hidden;
    try (var _ = Memory.scope()) {
      hidden = x.mul(3);
      hidden.mul(hidden).sum().backward();
      reuseEverything();
      assertEquals(3 * N, sum(hidden));
    }
    assertTrue(isGone(hidden));
  }

  @Test
  void the_gradient_of_a_tensor_of_an_outer_scope_outlives_the_inner_one() {
    Tensor x;
    Tensor gradient;
    try (var _ = Memory.scope()) {
      x = ones(TensorOptions.withGrad(), N);
      try (var _ = Memory.scope()) {
        x.mul(2).sum().backward();
      }
      reuseEverything();
      gradient = x.grad();
      assertEquals(2 * N, sum(gradient));
      try (var _ = Memory.scope()) {
        x.mul(2).sum().backward();
      }
      assertSame(gradient, x.grad());
      assertEquals(4 * N, sum(gradient));
    }
    assertTrue(isGone(gradient));
  }

  @Test
  void a_gradient_of_an_outer_scope_stays_there_when_it_is_set_inside() {
    try (var _ = Memory.scope()) {
      Tensor gradient = ones(N).mul(4);
      try (var _ = Memory.scope()) {
        Tensor x = ones(N);
        x.setGrad(gradient);
        x.setGrad(gradient);
      }
      reuseEverything();
      assertEquals(4 * N, sum(gradient));
    }
  }

  @Test
  void a_gradient_that_is_set_again_is_owned_as_before() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    try (var _ = Memory.scope()) {
      x.mul(2).sum().backward();
      Tensor gradient = x.grad();
      x.setGrad(gradient);
      x.setGrad(gradient);
    }
    reuseEverything();
    Tensor gradient;
    try (var _ = Memory.scope()) {
      gradient = x.grad();
      assertEquals(2 * N, sum(gradient));
      x.setGrad(null);
      assertEquals(2 * N, sum(gradient));
    }
    assertTrue(isGone(gradient));
  }

  @Test
  void a_gradient_that_is_replaced_without_a_scope_is_the_garbage_collectors() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    try (var _ = Memory.scope()) {
      x.mul(2).sum().backward();
    }
    Memory.trim();
    x.setGrad(null);
    assertEquals(0, Memory.statistics(Device.CPU).cachedBytes());
    Tensor y = ones(TensorOptions.withGrad(), N);
    Tensor seen;
    try (var _ = Memory.scope()) {
      y.mul(2).sum().backward();
      seen = y.grad();
    }
    y.setGrad(null);
    reuseEverything();
    assertEquals(2 * N, sum(seen));
  }

  @Test
  void memory_that_another_thread_has_read_is_not_freed_by_its_graph() throws Exception {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor hidden;
    Tensor loss;
    try (var scope = Memory.scope()) {
      hidden = x.mul(3);
      loss = scope.keep(hidden.mul(hidden).sum());
    }
    double[] read = new double[1];
    Tensor shared = hidden;
    Thread other = new Thread(() -> read[0] = sum(shared));
    other.start();
    other.join();
    loss.backward();
    reuseEverything();
    assertEquals(3 * N, read[0]);
    assertEquals(3 * N, sum(hidden));
  }

  @Test
  void a_graph_that_another_thread_walks_frees_nothing() throws Exception {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor hidden;
    Tensor loss;
    try (var scope = Memory.scope()) {
      hidden = x.mul(3);
      loss = scope.keep(hidden.mul(hidden).sum());
    }
    Thread other = new Thread(loss::backward);
    other.start();
    other.join();
    reuseEverything();
    assertEquals(3 * N, sum(hidden));
    assertEquals(18 * N, sum(x.grad()));
  }

  @Test
  void a_closed_tensor_gives_its_memory_back_once_nothing_else_refers_to_it() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Memory.trim();
    Tensor saved = ones(N).mul(3);
    Tensor loss = x.mul(saved).sum();
    Memory.trim();
    saved.close();
    assertEquals(0, Memory.statistics(Device.CPU).cachedBytes());
    loss.backward();
    assertEquals(3 * N, sum(x.grad()));
    Memory.trim();
    ones(N).close();
    assertEquals(4 * N, Memory.statistics(Device.CPU).cachedBytes());
  }

  @Test
  void what_is_closed_in_a_scope_that_a_graph_needs_is_freed_with_the_graph() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    try (var _ = Memory.scope()) {
      Tensor hidden = x.mul(3);
      Tensor loss = hidden.mul(hidden).sum();
      Tensor view = hidden.detach();
      hidden.close();
      loss.backward();
      reuseEverything();
      // a view is another tensor that may be in use
      assertEquals(3 * N, sum(view));
    }
    assertEquals(18 * N, sum(x.grad()));
  }

  @Test
  void results_of_grad_belong_to_the_scope_around_and_to_nobody_without_one() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor outside = Autograd.grad(x.mul(x).sum(), x);
    reuseEverything();
    assertEquals(2 * N, sum(outside));
    Tensor inside;
    try (var _ = Memory.scope()) {
      inside = Autograd.grad(x.mul(x).sum(), x);
      reuseEverything();
      assertEquals(2 * N, sum(inside));
    }
    assertTrue(isGone(inside));
  }
}
