package fluxion.tests.memory;

import static fluxion.api.Tensors.ones;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.MemoryException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.UnaryFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A backward pass gives its temporaries back, and nothing that the program may still hold. */
class BackwardMemoryTest {
  private static final int N = 5000;

  private static float sum(Tensor tensor) {
    return tensor.sum().toFloatArray()[0];
  }

  private static void reuseEverything() {
    try (var _ = Memory.scope()) {
      for (int i = 0; i < 20; i++) {
        ones(N).mul(1000 + i);
      }
    }
  }

  @Test
  void gradients_on_their_way_are_given_back_without_any_scope() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor y = x;
    for (int i = 0; i < 10; i++) {
      y = y.mul(y).sin();
    }
    Tensor loss = y.sum();
    long before = Memory.statistics(Device.CPU).reused();
    loss.backward();
    assertTrue(Memory.statistics(Device.CPU).reused() >= before + 10);
  }

  @Test
  void a_hook_may_hold_the_gradients_that_it_sees() {
    List<Tensor> held = new ArrayList<>();
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor a = x.mul(2);
    Tensor b = a.mul(3);
    a.registerHook(
        gradient -> {
          held.add(gradient);
          return null;
        });
    b.gradFn()
        .registerHook(
            (results, gradients) -> {
              held.add(results.get(0));
              held.addAll(gradients);
              return null;
            });
    b.mul(5).sum().backward();
    reuseEverything();
    assertEquals(
        List.of(15f * N, 5f * N, 15f * N), held.stream().map(BackwardMemoryTest::sum).toList());
  }

  @Test
  void retained_gradients_and_captured_ones_stay() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor a = x.mul(2);
    Tensor b = a.mul(3);
    a.retainGrad();
    Tensor loss = b.mul(b).sum();
    List<Tensor> found = Autograd.grad(List.of(loss), List.of(a, b, x), null, true, false, false);
    loss.backward();
    reuseEverything();
    assertEquals(2 * 36 * N, sum(a.grad()));
    assertEquals(72 * N, sum(x.grad()));
    assertEquals(36 * N, sum(found.get(0)));
    assertEquals(12 * N, sum(found.get(1)));
    assertEquals(72 * N, sum(found.get(2)));
  }

  private static final List<Tensor> SEEN = new ArrayList<>();

  /** Leaves all that its backward sees and makes where the program finds it. */
  record Leaky() implements UnaryFunction {
    @Override
    public Tensor forward(Context ctx, Tensor input) {
      ctx.saveInput(0);
      return input.mul(2);
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      Tensor made = gradOutput.mul(10);
      Tensor result = gradOutput.mul(2);
      SEEN.addAll(List.of(gradOutput, made, result, ctx.input(0)));
      return result;
    }
  }

  @Test
  void a_function_may_hold_what_its_backward_sees_and_makes() {
    SEEN.clear();
    Tensor x = ones(TensorOptions.withGrad(), N);
    Functions.apply(new Leaky(), x.mul(3)).mul(5).sum().backward();
    reuseEverything();
    assertEquals(
        List.of(5f * N, 50f * N, 10f * N, 3f * N),
        SEEN.stream().map(BackwardMemoryTest::sum).toList());
    SEEN.clear();
    try (var _ = Memory.scope()) {
      Functions.apply(new Leaky(), x.mul(3)).mul(5).sum().backward();
      reuseEverything();
      assertEquals(
          List.of(5f * N, 50f * N, 10f * N, 3f * N),
          SEEN.stream().map(BackwardMemoryTest::sum).toList());
    }
    assertThrows(MemoryException.class, () -> SEEN.get(0).add(1));
    SEEN.clear();
    assertEquals(60 * N, sum(x.grad()));
  }

  @Test
  void the_cotangent_stays_the_callers() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor cotangent = ones(N).mul(3);
    x.add(x).backward(cotangent);
    x.mul(1).backward(cotangent);
    reuseEverything();
    assertEquals(3 * N, sum(cotangent));
    assertEquals(9 * N, sum(x.grad()));
  }

  @Test
  void gradients_that_meet_are_right() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor y = x.mul(2);
    Tensor sum = y.add(y).add(y.mul(y)).add(y.reshape(50, 100).transpose(0, 1).reshape(-1));
    sum.add(y.sum()).sum().backward();
    assertEquals((2 * 2 + 8 + 2 + 2f * N) * N, sum(x.grad()), 64);
  }

  @Test
  void a_pass_that_fails_leaves_everything_usable() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    List<Tensor> held = new ArrayList<>();
    Tensor y = x.mul(2);
    y.registerHook(
        gradient -> {
          held.add(gradient);
          throw new IllegalStateException("stop");
        });
    Tensor loss = y.mul(3).mul(4).sum();
    assertThrows(IllegalStateException.class, loss::backward);
    reuseEverything();
    assertEquals(12 * N, sum(held.get(0)));
    try (var _ = Memory.scope()) {
      assertEquals(N, sum(ones(N)));
    }
  }

  @Test
  void a_pass_inside_a_pass_keeps_to_itself() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Tensor w = ones(TensorOptions.withGrad(), N);
    Tensor y = x.mul(2);
    y.registerHook(
        gradient -> {
          try (var _ = Autograd.enableGrad()) {
            w.mul(w).mul(gradient).sum().backward();
          }
          return null;
        });
    try (var _ = Memory.scope()) {
      y.mul(3).mul(4).sum().backward();
    }
    assertEquals(24 * N, sum(x.grad()));
    assertEquals(24 * N, sum(w.grad()));
  }

  @Test
  void a_scope_may_be_used_in_a_hook_but_not_closed_around_the_pass() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    Memory.Scope outer = Memory.scope();
    Tensor y = x.mul(2);
    y.registerHook(
        gradient -> {
          MemoryException e = assertThrows(MemoryException.class, outer::close);
          assertEquals(
              "a Memory.scope() is closed inside a backward pass that started in it; close it after"
                  + " backward() has returned",
              e.getMessage());
          try (var scope = Memory.scope()) {
            return scope.keep(gradient.mul(2));
          }
        });
    y.mul(3).sum().backward();
    outer.close();
    assertEquals(12 * N, sum(x.grad()));
  }

  @Test
  void a_scope_that_a_hook_leaves_open_ends_with_the_pass() {
    Tensor x = ones(TensorOptions.withGrad(), N);
    List<Memory.Scope> opened = new ArrayList<>();
    Tensor y = x.mul(2);
    y.registerHook(
        gradient -> {
          opened.add(Memory.scope());
          return null;
        });
    y.mul(3).sum().backward();
    opened.get(0).close();
    Tensor later = ones(N);
    assertEquals(N, sum(later));
    assertEquals(6 * N, sum(x.grad()));
  }

  @Test
  void two_threads_may_walk_a_graph_that_a_scope_made() throws Exception {
    for (int round = 0; round < 20; round++) {
      Tensor x = ones(TensorOptions.withGrad(), N);
      Tensor loss;
      try (var scope = Memory.scope()) {
        Tensor y = x.mul(3);
        loss = scope.keep(y.mul(y).exp().mul(y).sum());
      }
      try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
        List<Future<Tensor>> results = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
          results.add(
              pool.submit(
                  () -> {
                    try (var scope = Memory.scope()) {
                      List<Tensor> found =
                          Autograd.grad(List.of(loss), List.of(x), null, true, false, false);
                      return scope.keep(found.get(0));
                    }
                  }));
        }
        float expected = sum(results.get(0).get());
        assertEquals(expected, sum(results.get(1).get()));
        assertTrue(Float.isFinite(expected));
      }
    }
  }
}
