package fluxion.backend.cpu;

import fluxion.backend.cpu.KernelLoops.LayoutClass;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.backend.cpu.kernel.LoopCompiler;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Profiling;
import java.util.Queue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One compilation of a kernel for a layout class, and the {@link WarmUp} of the code. A failure
 * leaves the class without a loop, so that the kernel stays interpreted; the first one is reported
 * to the logger {@code fluxion.backend.cpu} at level {@code DEBUG}.
 */
final class Compilation implements Runnable {
  /** More requests than these are dropped: a flood of kernels is interpreted. */
  private static final int WAITING = 1024;

  /**
   * Code that has not become fast in so many turns, and in so long a time, is given up: nothing
   * compiles it. Turns alone say little: where several kernels wait on a busy machine, hundreds of
   * them pass before the virtual machine's compiler has come to any.
   */
  private static final int TURNS = 200;

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** The rest after the first turn, its growth from turn to turn, and the longest. */
  private static final long REST_NANOS = 1_000_000;

  private static final long GROWTH_NANOS = 100_000;
  private static final long LONGEST_REST_NANOS = 50_000_000;

  /**
   * One of the first turns takes so long at most, as long as no other compilation waits for its
   * own. Later ones are short: what is not fast by then may never be, and would keep a processor.
   */
  private static final long TURN_NANOS = 200_000_000;

  private static final int LONG_TURNS = 10;

  private static final String FAILED = "a kernel could not be compiled and stays interpreted: ";

  private static final AtomicBoolean REPORTED = new AtomicBoolean();

  private final LoopCompiler compiler;
  private final Kernel kernel;
  private final ColumnStep[] steps;
  private final KernelLoop interpreter;
  private final LayoutClass target;
  private final boolean few;
  private @Nullable WarmUp warmUp;
  private int turns;
  private long begin;

  /**
   * What is to be done.
   *
   * @param few whether the code is for few elements, which is used as it is: it needs no vectors,
   *     and the callers' many calls have it compiled at once
   */
  Compilation(
      LoopCompiler compiler,
      Kernel kernel,
      ColumnStep[] steps,
      KernelLoop interpreter,
      LayoutClass target,
      boolean few) {
    this.few = few;
    this.interpreter = interpreter;
    this.compiler = compiler;
    this.kernel = kernel;
    this.steps = steps;
    this.target = target;
  }

  /** Has it done by the compiling thread, which lives while there is work. */
  void submit() {
    try {
      if (Compilers.POOL.getQueue().size() >= WAITING) {
        report("too many kernels wait to be compiled", null);
        return;
      }
      long rest = turns == 0 ? 0 : rest(turns);
      Future<?> _ =
          Compilers.POOL.schedule(this, rest, TimeUnit.NANOSECONDS); // nobody waits for it
    } catch (RejectedExecutionException e) {
      report("the thread that compiles kernels is gone", e);
    }
  }

  /** Has it done by the caller, and the code used as it is. */
  void now() {
    try {
      target.loop = compiler.compile(kernel, steps);
    } catch (RuntimeException | Error e) {
      report(FAILED + kernel, e);
    }
  }

  /** Compiles, then warms up in turns with the other compilations that wait. */
  @Override
  public void run() {
    if (!Profiling.isOn()) {
      turn();
      return;
    }
    KernelEvent event = KernelEvent.start();
    turn();
    event.finish(kernel, target.loop != null);
  }

  private void turn() {
    try {
      if (few) {
        target.loop = compiler.compileForFew(kernel, steps);
        return;
      }
      if (warmUp == null) {
        warmUp = new WarmUp(kernel, steps, compiler.compile(kernel, steps), interpreter);
        begin = System.nanoTime();
      }
      long end = System.nanoTime() + length(turns);
      if (warmUp.isFaster(() -> System.nanoTime() < end && isAlone(Compilers.POOL.getQueue()))) {
        target.loop = warmUp.loop();
      } else if (!isHopeless(++turns, System.nanoTime() - begin)) {
        submit();
      } else {
        report("the code of a kernel stays slow, and it is interpreted: " + kernel, null);
      }
    } catch (RuntimeException | Error e) { // whatever goes wrong, there is the interpreter
      report(FAILED + kernel, e);
    }
  }

  /** {@return for how long a kernel is tried at most after so many turns} */
  static long length(int turns) {
    return turns < LONG_TURNS ? TURN_NANOS : 0;
  }

  /** {@return whether nothing in a queue is due, though it may rest there} */
  static boolean isAlone(Queue<? extends @Nullable Object> queue) {
    return !(queue.peek() instanceof Delayed first) || first.getDelay(TimeUnit.NANOSECONDS) > 0;
  }

  /** {@return for how long other kernels, and the compilers, have their turn} */
  static long rest(int turns) {
    return Math.min(REST_NANOS + turns * GROWTH_NANOS, LONGEST_REST_NANOS);
  }

  /** {@return whether code that has not become fast after so many turns and so long never will} */
  static boolean isHopeless(int turns, long nanos) {
    return turns >= TURNS && nanos >= PATIENCE_NANOS;
  }

  private static void report(String what, @Nullable Throwable cause) {
    if (REPORTED.compareAndSet(false, true)) {
      System.getLogger("fluxion.backend.cpu").log(System.Logger.Level.DEBUG, what, cause);
    }
  }

  /** Made when a compilation is first asked for. */
  private static final class Compilers implements ThreadFactory {
    static final ScheduledThreadPoolExecutor POOL = pool();

    private static ScheduledThreadPoolExecutor pool() {
      ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, new Compilers());
      pool.setKeepAliveTime(5, TimeUnit.SECONDS);
      pool.allowCoreThreadTimeOut(true);
      return pool;
    }

    @Override
    public Thread newThread(Runnable work) {
      Thread thread = new Thread(work, "fluxion-cpu-compiler");
      thread.setDaemon(true);
      return thread;
    }
  }
}
