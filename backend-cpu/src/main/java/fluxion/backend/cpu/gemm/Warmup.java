package fluxion.backend.cpu.gemm;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Says when the vector loops of an element type are worth calling. Before the JVM has compiled them
 * each vector is an object on the heap, and they take hundreds of times longer than scalar loops
 * with the same results: so a thread of their own runs them on little data until they are fast.
 * Where they never are, because nothing is compiled or the processor lacks an instruction, they are
 * never used.
 */
final class Warmup {
  /** How long it is tried. */
  private static final long NANOS = 20_000_000_000L;

  /** The shortest rest between trials, so that the program and the compiler get on. */
  private static final long REST_NANOS = 200_000;

  private final Trial trial;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean done;

  /** Runs the vector loops on little data. */
  interface Trial {
    /** {@return whether the loops ran as fast as compiled ones do} */
    boolean run();
  }

  Warmup(Trial trial) {
    this.trial = trial;
  }

  /** {@return whether the vector loops are fast; the first call starts what makes them so} */
  boolean isDone() {
    if (!done && !started.get() && started.compareAndSet(false, true)) {
      Thread thread =
          Thread.ofPlatform()
              .daemon()
              .name("fluxion-warmup")
              .inheritInheritableThreadLocals(false)
              .unstarted(this::run);
      thread.setContextClassLoader(null);
      thread.start();
    }
    return done;
  }

  private void run() {
    long begin = System.nanoTime();
    for (long start = begin; start - begin < NANOS; start = System.nanoTime()) {
      if (trial.run()) {
        done = true;
        return;
      }
      LockSupport.parkNanos(Math.max(REST_NANOS, System.nanoTime() - start));
    }
  }
}
