package fluxion.tests.autograd;

import static fluxion.api.Tensors.ones;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final int THREADS = 8;

  private static void inParallel(Callable<Void> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Void>> results = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        results.add(
            pool.submit(
                () -> {
                  start.await();
                  return work.call();
                }));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    }
  }

  @Test
  void threads_that_run_backward_into_one_leaf_lose_no_update() throws Exception {
    Tensor x = ones(TensorOptions.withGrad(), 16);
    inParallel(
        () -> {
          for (int i = 0; i < 200; i++) {
            x.mul(2).sum().backward();
          }
          return null;
        });
    float[] expected = new float[16];
    java.util.Arrays.fill(expected, THREADS * 200 * 2f);
    assertArrayEquals(expected, x.grad().toFloatArray());
  }

  @Test
  void threads_may_run_backward_through_one_retained_graph() throws Exception {
    Tensor x = ones(TensorOptions.withGrad(), 4);
    Tensor y = x.mul(x).exp().sum();
    inParallel(
        () -> {
          for (int i = 0; i < 100; i++) {
            y.backward(null, true, false);
          }
          return null;
        });
    double one = 2 * (float) Math.E;
    for (double g : x.grad().toDoubleArray()) {
      assertEquals(THREADS * 100 * one, g, 0.2);
    }
  }

  @Test
  void of_threads_that_free_one_graph_each_succeeds_or_says_so() throws Exception {
    for (int round = 0; round < 50; round++) {
      Tensor x = ones(TensorOptions.withGrad(), 4);
      Tensor y = x.mul(x).exp().sum();
      AtomicInteger succeeded = new AtomicInteger();
      inParallel(
          () -> {
            try {
              y.backward();
              succeeded.incrementAndGet();
            } catch (AutogradException e) {
              assertTrue(e.getMessage().contains("a second time"), e.getMessage());
            }
            return null;
          });
      assertTrue(succeeded.get() >= 1);
      double one = 2 * (float) Math.E;
      assertEquals(succeeded.get() * one, x.grad().toDoubleArray()[0], 1e-3);
    }
  }

  @Test
  void each_thread_has_its_own_grad_mode() throws Exception {
    Tensor x = ones(TensorOptions.withGrad(), 2);
    AtomicInteger turn = new AtomicInteger();
    inParallel(
        () -> {
          boolean off = turn.getAndIncrement() % 2 == 0;
          for (int i = 0; i < 1000; i++) {
            try (var _ = Autograd.setGradEnabled(!off)) {
              assertEquals(!off, x.mul(2).requiresGrad());
            }
          }
          return null;
        });
  }

  @Test
  void threads_that_first_use_a_leaf_at_once_agree_on_its_accumulator() throws Exception {
    for (int round = 0; round < 200; round++) {
      Tensor x = ones(TensorOptions.withGrad(), 2);
      inParallel(
          () -> {
            x.mul(3).sum().backward();
            return null;
          });
      assertArrayEquals(new float[] {24, 24}, x.grad().toFloatArray());
    }
  }
}
