package fluxion.tests.memory;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.MemoryException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ScopeTest {
  /** More than the smallest array that is pooled. */
  private static final int N = 5000;

  private static void assertGone(Tensor tensor) {
    MemoryException e = assertThrows(MemoryException.class, () -> tensor.add(1));
    assertTrue(
        e.getMessage()
            .endsWith(
                "is not there any more: the Memory.scope() in which it was made was closed; pass"
                    + " the tensor to the scope's keep() before, or clone() it outside"),
        e.getMessage());
    assertThrows(MemoryException.class, tensor::toFloatArray);
    assertThrows(MemoryException.class, tensor::toString);
  }

  private static float sum(Tensor tensor) {
    return tensor.sum().toFloatArray()[0];
  }

  @Test
  void what_a_scope_made_is_gone_after_it_and_used_again() {
    long before = Memory.statistics(Device.CPU).reused();
    Tensor made;
    try (var _ = Memory.scope()) {
      made = ones(N);
      assertEquals(N, sum(made));
    }
    assertGone(made);
    try (var _ = Memory.scope()) {
      assertEquals(N, sum(ones(N)));
    }
    assertTrue(Memory.statistics(Device.CPU).reused() > before);
    assertTrue(Memory.statistics(Device.CPU).cachedBytes() >= 4 * N);
  }

  @Test
  void a_tensor_that_is_gone_still_says_what_it_was() {
    Tensor made;
    try (var _ = Memory.scope()) {
      made = ones(2, 3);
    }
    assertEquals("[2, 3]", made.shape().toString());
    assertEquals(6, made.numel());
    assertEquals(
        "this tensor's memory (6 float32 elements) is not there any more: the Memory.scope() in"
            + " which it was made was closed; pass the tensor to the scope's keep() before, or"
            + " clone() it outside",
        assertThrows(MemoryException.class, () -> made.reshape(-1)).getMessage());
  }

  @Test
  void what_is_kept_outlives_the_scope() {
    Tensor kept;
    Tensor view;
    try (var scope = Memory.scope()) {
      kept = ones(N).mul(2);
      assertSame(kept, scope.keep(kept));
      Tensor base = ones(N).mul(3);
      view = scope.keep(base.slice(0, 0, 10, 1));
    }
    try (var _ = Memory.scope()) {
      ones(N).mul(7);
    }
    assertEquals(2 * N, sum(kept));
    assertEquals(30, sum(view));
  }

  @Test
  void what_an_inner_scope_keeps_belongs_to_the_outer_one() {
    Tensor inner;
    try (var _ = Memory.scope()) {
      try (var scope = Memory.scope()) {
        inner = scope.keep(ones(N));
      }
      assertEquals(N, sum(inner));
    }
    assertGone(inner);
  }

  @Test
  void an_outer_scope_keeps_for_good_what_an_inner_one_made() {
    Tensor kept;
    try (var outer = Memory.scope()) {
      try (var _ = Memory.scope()) {
        kept = outer.keep(ones(N));
      }
    }
    assertEquals(N, sum(kept));
  }

  @Test
  void an_inner_scope_leaves_what_the_outer_one_made() {
    try (var _ = Memory.scope()) {
      Tensor x = ones(N);
      try (var inner = Memory.scope()) {
        x.add_(1);
        inner.keep(x);
      }
      assertEquals(2 * N, sum(x));
    }
  }

  @Test
  void an_exception_closes_the_scope() {
    AtomicReference<Tensor> made = new AtomicReference<>();
    assertThrows(
        IllegalStateException.class,
        () -> {
          try (var _ = Memory.scope()) {
            made.set(ones(N));
            throw new IllegalStateException("stop");
          }
        });
    assertGone(made.get());
    assertEquals(N, sum(ones(N)));
  }

  @Test
  void closing_a_scope_again_does_nothing_and_an_outer_one_closes_the_inner() {
    Memory.Scope outer = Memory.scope();
    Memory.Scope inner = Memory.scope();
    Tensor made = ones(N);
    outer.close();
    assertGone(made);
    Tensor later = ones(N);
    inner.close();
    outer.close();
    assertEquals(N, sum(later));
  }

  @Test
  void another_thread_cannot_close_a_scope_and_makes_nothing_in_it() throws Exception {
    AtomicReference<Throwable> refused = new AtomicReference<>();
    AtomicReference<Tensor> made = new AtomicReference<>();
    try (var scope = Memory.scope()) {
      Runnable close = scope::close;
      Thread other =
          new Thread(
              () -> {
                made.set(ones(N));
                refused.set(assertThrows(MemoryException.class, close::run));
              },
              "other");
      other.start();
      other.join();
    }
    assertEquals(N, sum(made.get()));
    assertEquals(
        "a Memory.scope() of the thread '"
            + Thread.currentThread().getName()
            + "' is closed by 'other'; close it on the thread that opened it",
        refused.get().getMessage());
  }

  @Test
  void what_another_thread_has_used_is_left_to_the_garbage_collector() throws Exception {
    Tensor shared;
    try (var _ = Memory.scope()) {
      shared = ones(N);
      Tensor read = shared;
      Thread other = new Thread(() -> read.add(1));
      other.start();
      other.join();
    }
    try (var _ = Memory.scope()) {
      ones(N).mul(7);
    }
    assertEquals(N, sum(shared));
  }

  @Test
  void an_unscoped_tensor_may_be_changed_in_a_scope() {
    Tensor x = ones(N);
    try (var _ = Memory.scope()) {
      x.add_(ones(N)).mul_(ones(N).mul(3));
    }
    assertEquals(6 * N, sum(x));
  }

  @Test
  void what_is_unscoped_outlives_all_scopes() {
    Tensor state;
    try (var _ = Memory.scope();
        var _ = Memory.scope()) {
      state = Memory.unscoped(ones(N));
    }
    assertEquals(N, sum(state));
  }

  @Test
  void what_is_gone_cannot_be_kept() {
    Tensor made;
    try (var _ = Memory.scope()) {
      made = ones(N);
    }
    try (var scope = Memory.scope()) {
      assertThrows(MemoryException.class, () -> scope.keep(made));
      assertThrows(MemoryException.class, () -> Memory.unscoped(made));
    }
  }

  @Test
  void gradients_of_tensors_outside_are_kept() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    for (int i = 1; i <= 3; i++) {
      try (var _ = Memory.scope()) {
        x.mul(x).sum().backward();
      }
      assertEquals(2 * N * i, sum(x.grad()));
    }
  }

  @Test
  void the_gradient_of_a_leaf_inside_goes_with_it() {
    Tensor x;
    Tensor gradient;
    try (var _ = Memory.scope()) {
      x = ones(TensorOptions.withGrad(), N);
      x.mul(x).sum().backward();
      gradient = x.grad();
      assertEquals(2 * N, sum(gradient));
    }
    assertGone(gradient);
  }

  @Test
  void a_tensor_is_kept_with_its_gradient() {
    Tensor x;
    try (var scope = Memory.scope()) {
      x = ones(TensorOptions.withGrad(), N);
      x.mul(x).sum().backward();
      scope.keep(x);
    }
    try (var _ = Memory.scope()) {
      ones(N).mul(7);
    }
    assertEquals(N, sum(x));
    assertEquals(2 * N, sum(x.grad()));
  }

  @Test
  void a_gradient_that_was_seen_outside_of_scopes_is_never_freed() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    try (var _ = Memory.scope()) {
      x.mul(x).sum().backward();
    }
    Tensor seen = x.grad();
    try (var _ = Memory.scope()) {
      x.setGrad(null);
      ones(N).mul(5);
    }
    assertEquals(2 * N, sum(seen));
    assertNull(x.grad());
  }

  @Test
  void a_gradient_that_is_taken_away_inside_a_scope_goes_with_it() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor seen;
    try (var _ = Memory.scope()) {
      x.mul(x).sum().backward();
      seen = x.grad();
    }
    try (var _ = Memory.scope()) {
      x.setGrad(null);
      assertEquals(2 * N, sum(seen));
    }
    assertGone(seen);
  }

  @Test
  void a_gradient_that_is_set_inside_a_scope_outlives_it() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    try (var _ = Memory.scope()) {
      x.setGrad(ones(N).mul(4));
    }
    assertEquals(4 * N, sum(x.grad()));
  }

  @Test
  void results_of_grad_are_results_like_others() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor kept;
    Tensor gone;
    try (var scope = Memory.scope()) {
      kept = scope.keep(Autograd.grad(x.mul(x).sum(), x));
      gone = Autograd.grad(x.mul(x).sum(), x);
    }
    assertEquals(2 * N, sum(kept));
    assertGone(gone);
  }

  @Test
  void saved_values_survive_the_scope_until_the_graph_is_walked() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor loss;
    Tensor hidden;
    try (var scope = Memory.scope()) {
      hidden = x.mul(3);
      loss = scope.keep(hidden.mul(hidden).sum());
    }
    try (var _ = Memory.scope()) {
      ones(N).mul(7);
    }
    loss.backward(null, true, false);
    assertEquals(18 * N, sum(x.grad()));
    loss.backward();
    assertEquals(36 * N, sum(x.grad()));
    assertGone(hidden);
  }

  @Test
  void a_recorded_gradient_may_be_differentiated_after_the_scope() {
    Tensor x = tensor(2f, 3f).requiresGrad_();
    Tensor first;
    try (var scope = Memory.scope()) {
      first = scope.keep(Autograd.grad(x.pow(3).sum(), x, true));
    }
    first.sum().backward();
    assertEquals("tensor([12., 18.])", x.grad().toString());
  }
}
