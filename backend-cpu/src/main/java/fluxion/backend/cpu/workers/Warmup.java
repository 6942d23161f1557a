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

  /** So many trials are thorough, which is what the compiler asks for. */
  private static final int THOROUGH = 128;

  /**
   * Of the later ones, which wait for the compiler, one of so many is: each makes a heap of garbage
   * and takes a processor.
   */
  private static final int SELDOM = 8;

  /** The others are one run. If that takes less than so many times the limit, all are run. */
  private static final int PROMISING = 4;

  /** The rest after the first trial; the program and the compiler get on meanwhile. */
  private static final double REST_NANOS = 200_000;

  /** How much longer the rest is from trial to trial. */
  private static final double GROWTH = 1.01;

  private final int runs;
  private final long limit;
  private final Trial trial;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean done;

  /** Runs the vector loops on little data. */
  @FunctionalInterface
  public interface Trial {
    /**
     * {@return how many nanoseconds the loops took}
     *
     * @param runs how often they are run
     */
    long run(int runs);
  }

  /**
   * Nothing is run yet.
   *
   * @param runs how often a thorough trial runs the loops
   * @param limit the nanoseconds that compiled loops take for that at most; where each vector is an
   *     object, they take ten times as long
   * @param trial runs the loops
   */
  public Warmup(int runs, long limit, Trial trial) {
    this.runs = runs;
    this.limit = limit;
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
      boolean thorough = i < THOROUGH || i % SELDOM == 0;
      if ((thorough || trial.run(1) * runs < PROMISING * limit) && trial.run(runs) < limit) {
        done = true;
        return;
      }
      LockSupport.parkNanos((long) rest);
      rest *= GROWTH;
    }
  }
}
