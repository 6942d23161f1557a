package fluxion.backend.cpu.workers;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A daemon thread that helps with region after region: it looks for the next one for a while, then
 * parks until it is woken.
 */
final class Worker implements Runnable {
  private final int number;
  private final Thread thread;
  private volatile boolean parked;

  /** A worker that has not started, with a number from 0 on. */
  Worker(int number) {
    this.number = number;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("fluxion-worker-" + number)
            .inheritInheritableThreadLocals(false)
            .unstarted(this);
    thread.setContextClassLoader(null); // else it would keep that of whoever came first
  }

  void start() {
    thread.start();
  }

  /** Makes sure that this worker sees a region published before. */
  void wake() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    @Nullable Region last = null;
    while (true) {
      Region region = next(last);
      last = region;
      if (number < region.helpers) {
        region.work();
      }
    }
  }

  /** Waits for a region other than the last one. */
  private Region next(@Nullable Region last) {
    long deadline = System.nanoTime() + Workers.SPIN_NANOS;
    while (true) {
      Region region = Workers.current();
      if (region != null && region != last) {
        return region;
      }
      if (System.nanoTime() < deadline) {
        Thread.onSpinWait();
      } else {
        park(last);
        deadline = System.nanoTime() + Workers.SPIN_NANOS;
      }
    }
  }

  private void park(@Nullable Region last) {
    parked = true; // before the look: a caller publishes first and asks this afterwards
    Region region = Workers.current();
    if (region == null || region == last) {
      LockSupport.park(this);
    }
    parked = false;
  }
}
