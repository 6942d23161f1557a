package fluxion.backend.cpu.workers;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task: its chunks are claimed by whoever comes, the caller among them, and the caller
 * leaves when all are done. A thread that comes late finds nothing to claim.
 *
 * <p>After a chunk failed the others are still claimed, but no longer run.
 */
final class Region {
  private final int chunks;
  private final Thread caller = Thread.currentThread();
  private final AtomicLong claimed = new AtomicLong(); // late threads count on past all chunks
  private final AtomicInteger finished = new AtomicInteger();
  private volatile boolean callerParks;
  private volatile @Nullable Throwable failure;

  /**
   * Null once all chunks are done: a worker remembers its last region, but not the arrays in it.
   */
  private Workers.@Nullable Task task;

  /** How many workers may come, those with the lowest numbers. */
  final int helpers;

  Region(int chunks, Workers.Task task, int helpers) {
    this.chunks = chunks;
    this.task = task;
    this.helpers = helpers;
  }

  /** Claims and runs chunks until none is left. */
  void work() {
    int done = 0;
    for (long chunk = claimed.getAndIncrement();
        chunk < chunks;
        chunk = claimed.getAndIncrement()) {
      run((int) chunk);
      done++;
    }
    if (done > 0 && finished.addAndGet(done) == chunks && callerParks) {
      LockSupport.unpark(caller);
    }
  }

  private void run(int chunk) {
    Workers.Task unfinished = task;
    if (failure == null && unfinished != null) {
      try {
        unfinished.run(chunk);
      } catch (Throwable e) {
        fail(e);
      }
    }
  }

  private synchronized void fail(Throwable e) {
    Throwable first = failure;
    if (first == null) {
      failure = e;
    } else if (first != e) {
      first.addSuppressed(e);
    }
  }

  /**
   * Waits, as the caller, until every chunk is done, and throws what the first failed one threw. An
   * interrupt meanwhile is kept for later.
   */
  void await() {
    if (finished.get() < chunks) {
      long deadline = System.nanoTime() + Workers.SPIN_NANOS;
      while (finished.get() < chunks && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      boolean interrupted = false;
      callerParks = true;
      while (finished.get() < chunks) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted(); // an interrupted thread would not park again
      }
      if (interrupted) {
        caller.interrupt();
      }
    }
    task = null;
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new AssertionError("a task threw a checked exception", e);
    }
  }
}
