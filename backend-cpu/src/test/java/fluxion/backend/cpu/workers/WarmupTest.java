package fluxion.backend.cpu.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Vector loops are used once they have proved to be fast. */
@Timeout(60)
final class WarmupTest {
  @Test
  void trials_begin_with_the_first_question_and_end_with_the_first_fast_one() {
    AtomicInteger trials = new AtomicInteger();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Warmup warmup =
        new Warmup(
            () -> {
              threads.add(Thread.currentThread());
              return trials.incrementAndGet() == 3;
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
            () -> {
              asked.countDown();
              return false;
            });
    assertFalse(warmup.isDone());
    asked.await();
    assertFalse(warmup.isDone());
  }
}
