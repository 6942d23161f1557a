package fluxion.backend.cpu.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs the chunks of a task on the calling thread and on a pool of daemon threads.
 *
 * <p>A partition into chunks follows from shapes alone, so that results do not depend on the number
 * of threads; a few times as many chunks as threads even out their speeds. A hand-off to a worker
 * that still looks for work takes under a microsecond, to one that parks some tens: work of less
 * than about 20 µs is not worth a region.
 *
 * <p>One region runs at a time. Whoever calls while one does, from another thread or from within a
 * chunk, runs all its chunks itself, in order.
 */
public final class Workers {
  /** The most threads that can be asked for. */
  public static final int MAX_THREADS = 1024;

  /** How long a thread looks for work, or for the end of work, before it parks. */
  static final long SPIN_NANOS = 50_000;

  private static final AtomicBoolean running = new AtomicBoolean();

  /** The workers that have started; only changed by the thread that holds {@link #running}. */
  private static final List<Worker> pool = new ArrayList<>();

  private static volatile int threads =
      Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);

  private static volatile @Nullable Region current;

  private Workers() {}

  /** What is done for each chunk. Chunks run in any order and at once. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does one chunk.
     *
     * @param chunk its number, from 0
     */
    void run(int chunk);
  }

  /** {@return how many threads work at most, the calling one among them} */
  public static int threads() {
    return threads;
  }

  /**
   * Sets how many threads work at most; at first as many as there are processors. Regions that run
   * keep the number that they started with.
   *
   * @param n the number, the calling thread among them
   * @throws IllegalArgumentException if it is less than 1 or more than {@link #MAX_THREADS}
   */
  public static void threads(int n) {
    if (n < 1 || n > MAX_THREADS) {
      throw new IllegalArgumentException(
          "expected a number of threads from 1 to " + MAX_THREADS + ", got " + n);
    }
    threads = n;
  }

  /**
   * Runs a task for every chunk and returns when all are done.
   *
   * <p>If chunks fail, chunks that have not started are not run any more, and once those that have
   * are done the first exception is thrown, with the others as suppressed ones. An interrupt of the
   * caller stops nothing and stays set.
   *
   * @param chunks how many there are
   * @param task does one chunk
   */
  public static void run(int chunks, Task task) {
    int helpers = Math.min(threads, chunks) - 1;
    if (helpers <= 0 || !running.compareAndSet(false, true)) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        task.run(chunk);
      }
      return;
    }
    try {
      Region region = new Region(chunks, task, helpers);
      start(helpers);
      current = region;
      for (int i = 0; i < Math.min(helpers, pool.size()); i++) {
        pool.get(i).wake();
      }
      region.work();
      region.await();
    } finally {
      current = null; // the task may hold large arrays
      running.set(false);
    }
  }

  /** Starts workers until there are enough, or as many as the system allows. */
  private static void start(int helpers) {
    while (pool.size() < helpers) {
      Worker worker = new Worker(pool.size());
      try {
        worker.start();
      } catch (OutOfMemoryError e) {
        return; // those that there are share the work
      }
      pool.add(worker);
    }
  }

  /** {@return the region that runs, if one does} */
  static @Nullable Region current() {
    return current;
  }
}
