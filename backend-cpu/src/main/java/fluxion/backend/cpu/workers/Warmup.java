package fluxion.backend.cpu.workers;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Says when the vector loops of an element type are worth calling. Before the JVM has compiled them
 * each vector is an object on the heap, and they take hundreds of times longer than scalar loops
 * with the same results: so a thread of their own runs them on little data until they are fast.
 * Where they never are, because nothing is compiled or the processor lacks an instruction, they are
 * never used.
 */
public final class Warmup {
  /** How often it is tried: for about a minute, most often in the first seconds. */
  private static final int TRIALS = 800;

  /** The rest after the first trial; the program and the compiler get on meanwhile. */
  private static final double REST_NANOS = 200_000;

  /** How much longer the rest is from trial to trial. */
  private static final double GROWTH = 1.01;

  private final Trial trial;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean done;

  /** Runs the vector loops on little data. */
  @FunctionalInterface
  public interface Trial {
    /** {@return whether the loops ran as fast as compiled ones do} */
    boolean run();
  }

  /**
   * Nothing is run yet.
   *
   * @param trial runs the loops
   */
  public Warmup(Trial trial) {
    this.trial = trial;
  }

  /** {@return whether the vector loops are fast; the first call starts what makes them so} */
  public boolean isDone() {
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

  /** {@return whether the vector loops are fast, without starting anything} */
  public boolean wasDone() {
    return done;
  }

  private void run() {
    double rest = REST_NANOS;
    for (int i = 0; i < TRIALS; i++) {
      if (trial.run()) {
        done = true;
        return;
      }
      LockSupport.parkNanos((long) rest);
      rest *= GROWTH;
    }
  }
}
