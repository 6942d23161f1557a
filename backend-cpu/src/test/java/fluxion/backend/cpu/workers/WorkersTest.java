package fluxion.backend.cpu.workers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pool: every chunk once, whoever calls from wherever, and errors where they belong. */
@Timeout(60)
final class WorkersTest {
  private final int threads = Workers.threads();

  @AfterEach
  void restore() {
    Workers.threads(threads);
  }

  /** Checks that a region runs every chunk exactly once. */
  private static void checkRegion(int chunks) {
    AtomicIntegerArray runs = new AtomicIntegerArray(Math.max(chunks, 1));
    Workers.run(chunks, runs::incrementAndGet);
    for (int i = 0; i < chunks; i++) {
      assertEquals(1, runs.get(i), "chunk " + i + " of " + chunks);
    }
  }

  @Test
  void every_chunk_runs_once_for_any_number_of_threads_and_chunks() {
    for (int n : new int[] {1, 2, 3, 8, 64, 2, 5}) {
      Workers.threads(n);
      assertEquals(n, Workers.threads());
      for (int chunks : new int[] {0, 1, 2, 3, 16, 100, 10_000}) {
        checkRegion(chunks);
      }
    }
  }

  @Test
  void what_chunks_write_is_seen_by_the_caller() {
    Workers.threads(4);
    for (int round = 0; round < 2_000; round++) {
      int[] values = new int[64];
      int seed = round;
      Workers.run(64, chunk -> values[chunk] = chunk * 31 + seed);
      int[] expected = new int[64];
      Arrays.setAll(expected, chunk -> chunk * 31 + seed);
      assertArrayEquals(expected, values);
    }
  }

  @Test
  void the_caller_and_a_worker_run_chunks_at_once() {
    Workers.threads(2);
    CountDownLatch both = new CountDownLatch(2);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    Workers.run(
        2,
        chunk -> {
          seen.add(Thread.currentThread());
          both.countDown();
          await(both); // ends only if the other chunk runs meanwhile
        });
    assertTrue(seen.remove(Thread.currentThread()));
    assertEquals(1, seen.size());
    Thread worker = seen.iterator().next();
    assertTrue(worker.isDaemon());
    assertTrue(worker.getName().startsWith("fluxion-worker-"), worker.getName());
  }

  @Test
  void with_one_thread_the_caller_runs_all_chunks_in_order() {
    Workers.threads(1);
    List<Integer> order = new ArrayList<>();
    Workers.run(5, order::add);
    assertEquals(List.of(0, 1, 2, 3, 4), order);
  }

  @Test
  void a_region_within_a_chunk_runs_there() {
    Workers.threads(4);
    AtomicInteger runs = new AtomicInteger();
    Workers.run(
        16,
        outer -> {
          Thread own = Thread.currentThread();
          Workers.run(
              16,
              inner -> {
                assertSame(own, Thread.currentThread());
                runs.incrementAndGet();
              });
        });
    assertEquals(256, runs.get());
  }

  @Test
  void sixty_four_application_threads_run_regions_at_once() throws Exception {
    Workers.threads(4);
    try (ExecutorService application = Executors.newFixedThreadPool(64)) {
      hammer(application);
    }
  }

  @Test
  void virtual_threads_run_regions_too() throws Exception {
    Workers.threads(4);
    try (ExecutorService application = Executors.newVirtualThreadPerTaskExecutor()) {
      hammer(application);
    }
  }

  private static void hammer(ExecutorService application)
      throws InterruptedException, ExecutionException {
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      done.add(
          application.submit(
              () -> {
                for (int round = 0; round < 50; round++) {
                  checkRegion(40);
                }
              }));
    }
    for (Future<?> future : done) {
      future.get();
    }
  }

  @Test
  void regions_are_right_after_workers_have_parked() {
    Workers.threads(4);
    for (int round = 0; round < 50; round++) {
      checkRegion(32);
      long until = System.nanoTime() + (round % 5) * 60_000L; // around the time that they spin
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void the_first_exception_reaches_the_caller_with_the_others_suppressed() {
    Workers.threads(2);
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger ends = new AtomicInteger();
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                Workers.run(
                    2,
                    chunk -> {
                      both.countDown();
                      await(both);
                      ends.incrementAndGet();
                      throw new IllegalStateException("chunk " + chunk);
                    }));
    assertEquals(2, ends.get(), "chunks that had ended when the exception came");
    assertEquals(1, e.getSuppressed().length);
    assertEquals(
        Set.of("chunk 0", "chunk 1"), Set.of(e.getMessage(), e.getSuppressed()[0].getMessage()));
    checkRegion(100);
  }

  @Test
  void chunks_that_have_not_started_are_not_run_after_a_failure() {
    for (int n : new int[] {1, 4}) {
      Workers.threads(n);
      AtomicInteger runs = new AtomicInteger();
      AssertionError failure = new AssertionError("all the same");
      AssertionError e =
          assertThrows(
              AssertionError.class,
              () ->
                  Workers.run(
                      1_000_000,
                      chunk -> {
                        runs.incrementAndGet();
                        throw failure;
                      }));
      assertSame(failure, e);
      assertEquals(0, e.getSuppressed().length);
      assertTrue(runs.get() <= n, runs + " chunks ran on " + n + " threads");
    }
  }

  @Test
  void an_interrupt_loses_neither_work_nor_itself() {
    Workers.threads(2);
    Thread caller = Thread.currentThread();
    for (boolean before : new boolean[] {true, false}) {
      if (before) {
        caller.interrupt();
      }
      AtomicInteger runs = new AtomicInteger();
      CountDownLatch both = new CountDownLatch(2);
      Workers.run(
          2,
          chunk -> {
            both.countDown();
            while (both.getCount() > 0) {
              Thread.onSpinWait();
            }
            if (Thread.currentThread() != caller) {
              spin(1_000_000); // the caller is done by now and waits, parked
              caller.interrupt();
              spin(1_000_000);
            }
            runs.incrementAndGet();
          });
      assertEquals(2, runs.get());
      assertTrue(Thread.interrupted(), "the interrupt was lost");
    }
  }

  @Test
  void bad_numbers_of_threads_are_refused() {
    for (int n : new int[] {0, -1, Workers.MAX_THREADS + 1}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Workers.threads(n));
      assertEquals("expected a number of threads from 1 to 1024, got " + n, e.getMessage());
    }
    assertEquals(threads, Workers.threads());
  }

  /** Another JVM's program: it ends although its workers never do. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      Workers.threads(1);
      Workers.run(100, chunk -> {});
      System.out.println(workers());
      Workers.threads(3);
      Workers.run(1, chunk -> {});
      System.out.println(workers());
      Workers.run(100, chunk -> {});
      System.out.println(workers());
    }

    private static long workers() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(t -> t.getName().startsWith("fluxion-worker-"))
          .count();
    }
  }

  @Test
  void workers_start_with_the_first_divided_region_and_never_keep_the_jvm_alive()
      throws IOException, InterruptedException {
    List<String> lines = ChildJvm.run(Program.class);
    assertEquals(List.of("0", "0", "2"), lines);
  }

  private static void await(CountDownLatch latch) {
    boolean reached;
    try {
      reached = latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (!reached) {
      throw new AssertionError("the chunks do not run at once");
    }
  }

  private static void spin(long nanos) {
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }
}
