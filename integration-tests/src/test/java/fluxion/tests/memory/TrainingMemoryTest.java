package fluxion.tests.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.MemoryStatistics;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import fluxion.nn.Linear;
import fluxion.nn.ReLU;
import fluxion.nn.Sequential;
import fluxion.nn.optim.SGD;
import fluxion.nn.optim.SGDOptions;
import fluxion.ops.nn.Functional;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A training loop computes the same, and needs the same memory at each step, in and out of scopes.
 */
class TrainingMemoryTest {
  private static final int BATCH = 32;

  private static final class Training {
    final Layer model;
    final SGD optimizer;
    final Tensor inputs = pattern(BATCH, 64);
    final Tensor labels = classes();
    final boolean nullGradients;

    Training(boolean nullGradients) {
      this.nullGradients = nullGradients;
      model = new Sequential(new Linear(64, 48), new ReLU(), new Linear(48, 10));
      try (var _ = fluxion.api.Autograd.noGrad()) {
        for (Tensor parameter : model.parameters()) {
          parameter.copy_(pattern(parameter.shape().toArray()));
        }
      }
      optimizer =
          new SGD(model.parameters(), new SGDOptions(0.05).momentum(0.9).weightDecay(0.001));
    }

    private static Tensor classes() {
      long[] classes = new long[BATCH];
      java.util.Arrays.setAll(classes, i -> i % 10);
      return Tensors.tensor(classes);
    }

    static Tensor pattern(long... sizes) {
      Tensor flat = Tensors.arange(java.util.Arrays.stream(sizes).reduce(1, (a, b) -> a * b));
      return flat.toFloat().mul(0.37).sin().mul(0.2).reshape(sizes);
    }

    Tensor step() {
      if (nullGradients) {
        for (Tensor parameter : model.parameters()) {
          parameter.setGrad(null);
        }
      } else {
        optimizer.zeroGrad();
      }
      Tensor loss = Functional.crossEntropy(model.forward(inputs), labels);
      loss.backward();
      optimizer.step();
      return loss;
    }

    List<float[]> run(int steps, boolean scoped) {
      List<float[]> results = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        if (scoped) {
          try (var _ = Memory.scope()) {
            results.add(step().toFloatArray());
          }
        } else {
          results.add(step().toFloatArray());
        }
      }
      for (Tensor parameter : model.parameters()) {
        results.add(parameter.toFloatArray());
        results.add(parameter.grad().toFloatArray());
      }
      return results;
    }
  }

  private static void assertSame(List<float[]> expected, List<float[]> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "result " + i);
    }
  }

  @Test
  void scopes_change_no_bit() {
    for (boolean nullGradients : new boolean[] {false, true}) {
      List<float[]> expected = new Training(nullGradients).run(60, false);
      assertSame(expected, new Training(nullGradients).run(60, true));
      assertTrue(expected.get(59)[0] < expected.get(0)[0], "the loss falls");
    }
  }

  @Test
  void threads_train_in_scopes_of_their_own() throws Exception {
    List<float[]> expected = new Training(true).run(30, false);
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<List<float[]>>> results = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        results.add(pool.submit(() -> new Training(true).run(30, true)));
      }
      for (Future<List<float[]>> result : results) {
        assertSame(expected, result.get());
      }
    }
  }

  @Test
  void in_scopes_no_step_makes_a_new_large_array() {
    for (boolean nullGradients : new boolean[] {false, true}) {
      Training training = new Training(nullGradients);
      training.run(20, true);
      MemoryStatistics before = Memory.statistics(Device.CPU);
      training.run(300, true);
      MemoryStatistics after = Memory.statistics(Device.CPU);
      long handedOut = after.allocatedBytes() - before.allocatedBytes();
      long reused = after.reusedBytes() - before.reusedBytes();
      // What is too small for the pool, a few KB a step, is not reused.
      assertTrue(handedOut - reused < 300L * 32_768, handedOut + " bytes, reused " + reused);
      assertTrue(reused > handedOut / 2, handedOut + " bytes, reused " + reused);
      assertTrue(
          Math.abs(after.cachedBytes() - before.cachedBytes()) < 1 << 20,
          before.cachedBytes() + " bytes waited, then " + after.cachedBytes());
    }
  }

  @Test
  void a_step_allocates_the_same_from_the_hundredth_to_the_three_hundredth() {
    for (boolean scoped : new boolean[] {false, true}) {
      Training training = new Training(true);
      training.run(100, scoped);
      MemoryStatistics start = Memory.statistics(Device.CPU);
      training.run(100, scoped);
      MemoryStatistics middle = Memory.statistics(Device.CPU);
      training.run(100, scoped);
      MemoryStatistics end = Memory.statistics(Device.CPU);
      assertEquals(
          middle.allocatedBytes() - start.allocatedBytes(),
          end.allocatedBytes() - middle.allocatedBytes());
      assertEquals(
          middle.allocations() - start.allocations(), end.allocations() - middle.allocations());
      assertEquals(middle.cachedBytes(), end.cachedBytes());
    }
  }

  @Test
  @Tag("full")
  void a_step_allocates_the_same_over_ten_thousand_steps() {
    for (boolean scoped : new boolean[] {false, true}) {
      Training training = new Training(true);
      training.run(100, scoped);
      long expected = allocatedBy(training, scoped);
      for (int thousand = 1; thousand < 10; thousand++) {
        assertEquals(expected, allocatedBy(training, scoped), "thousand " + thousand);
      }
    }
  }

  private static long allocatedBy(Training training, boolean scoped) {
    long before = Memory.statistics(Device.CPU).allocatedBytes();
    training.run(1000, scoped);
    return Memory.statistics(Device.CPU).allocatedBytes() - before;
  }
}
