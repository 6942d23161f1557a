package fluxion.backend.cpu.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Vector loops are used once they have proved to be fast. */
@Timeout(60)
final class WarmupTest {
  private static final int RUNS = 8;
  private static final long LIMIT = 8000;

  @Test
  void trials_begin_with_the_first_question_and_end_with_the_first_fast_one() {
    AtomicInteger trials = new AtomicInteger();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Warmup warmup =
        new Warmup(
            RUNS,
            LIMIT,
            runs -> {
              threads.add(Thread.currentThread());
              return trials.incrementAndGet() == 3 ? LIMIT - 1 : LIMIT;
            });
    assertEquals(0, trials.get());
    while (!warmup.isDone()) {
      Thread.onSpinWait();
    }
    assertEquals(3, trials.get());
    assertEquals(1, threads.size());
    assertTrue(threads.iterator().next().isDaemon());
  }

  @Test
  void until_then_the_vector_loops_are_not_used() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(2);
    Warmup warmup =
        new Warmup(
            RUNS,
            LIMIT,
            runs -> {
              asked.countDown();
              return LIMIT;
            });
    assertFalse(warmup.isDone());
    asked.await();
    assertFalse(warmup.isDone());
  }

  @Test
  void later_trials_are_one_run_unless_that_is_promising() {
    Queue<Integer> trials = new ConcurrentLinkedQueue<>();
    AtomicInteger brief = new AtomicInteger();
    Warmup warmup =
        new Warmup(
            RUNS,
            LIMIT,
            runs -> {
              trials.add(runs);
              // the third brief trial promises much, and the thorough one after it keeps that
              int number = runs == 1 ? brief.incrementAndGet() : brief.get();
              return number < 3 ? 100 * LIMIT : LIMIT / 4;
            });
    while (!warmup.isDone()) {
      Thread.onSpinWait();
    }
    List<Integer> all = List.copyOf(trials);
    int first = all.indexOf(1);
    assertTrue(first > 100, "thorough trials first: " + first);
    assertEquals(List.of(1, 1, 1, RUNS), all.subList(first, all.size()));
  }
}
