package fluxion.backend.cpu;

import fluxion.backend.cpu.KernelLoops.LayoutClass;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.backend.cpu.kernel.LoopCompiler;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Profiling;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
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

  /** Code that has not become fast in so many turns is given up: nothing compiles it. */
  private static final int TURNS = 200;

  /** One turn takes so long at most, as long as no other compilation waits. */
  private static final long TURN_NANOS = 200_000_000;

  private static final String FAILED = "a kernel could not be compiled and stays interpreted: ";

  private static final AtomicBoolean REPORTED = new AtomicBoolean();

  private final LoopCompiler compiler;
  private final Kernel kernel;
  private final ColumnStep[] steps;
  private final KernelLoop interpreter;
  private final LayoutClass target;
  private @Nullable WarmUp warmUp;
  private int turns;

  Compilation(
      LoopCompiler compiler,
      Kernel kernel,
      ColumnStep[] steps,
      KernelLoop interpreter,
      LayoutClass target) {
    this.interpreter = interpreter;
    this.compiler = compiler;
    this.kernel = kernel;
    this.steps = steps;
    this.target = target;
  }

  /** Has it done by the compiling thread, which lives while there is work. */
  void submit() {
    try {
      Compilers.POOL.execute(this);
    } catch (RejectedExecutionException e) {
      report("too many kernels wait to be compiled", e);
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
      if (warmUp == null) {
        warmUp = new WarmUp(kernel, steps, compiler.compile(kernel, steps), interpreter);
      }
      if (warmUp.isFaster(Compilers.POOL.getQueue().isEmpty() ? TURN_NANOS : 0)) {
        target.loop = warmUp.loop();
      } else if (++turns < TURNS) {
        submit();
      } else {
        report("the code of a kernel stays slow, and it interpreted: " + kernel, null);
      }
    } catch (RuntimeException | Error e) { // whatever goes wrong, there is the interpreter
      report(FAILED + kernel, e);
    }
  }

  private static void report(String what, @Nullable Throwable cause) {
    if (REPORTED.compareAndSet(false, true)) {
      System.getLogger("fluxion.backend.cpu").log(System.Logger.Level.DEBUG, what, cause);
    }
  }

  /** Made when a compilation is first asked for. */
  private static final class Compilers implements ThreadFactory {
    static final ThreadPoolExecutor POOL = pool();

    private static ThreadPoolExecutor pool() {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              1, 1, 5, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), new Compilers());
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
