package fluxion.conformance.suite;

import fluxion.api.Autograd;
import fluxion.conformance.Verdict;
import java.io.Serial;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs checks on threads that are given up when a check's time is over. */
public final class Runner {
  private static final int FRAMES = 12;

  /**
   * Threads on which checks have passed, for others: to start one takes longer than most checks. On
   * some systems that is a millisecond.
   */
  private static final Executor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task ->
              Thread.ofPlatform()
                  .daemon()
                  .inheritInheritableThreadLocals(false)
                  .uncaughtExceptionHandler((_, _) -> {})
                  .unstarted(task));

  private static final StackTraceElement[] NOWHERE = {};

  private final Settings settings;

  /**
   * Makes a runner.
   *
   * @param settings how the suite is run
   */
  public Runner(Settings settings) {
    this.settings = settings;
  }

  /**
   * {@return what comes of a check; whatever it throws is a verdict, and so is too long a time}
   *
   * @param check the check
   */
  public Result run(Check check) {
    Trial trial = new Trial(check, settings);
    Attempt attempt = new Attempt(check, trial);
    long begin = System.nanoTime();
    THREADS.execute(attempt);
    boolean ended;
    try {
      ended = attempt.done.await(settings.limit().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = false;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    if (!ended) {
      Verdict verdict = Verdict.fail(attempt.giveUp(settings.limit()));
      return new Result(
          check, settings.judge(check.id(), verdict), took, List.of(), trial.reproducer());
    }
    Verdict verdict = settings.judge(check.id(), verdict(attempt.thrown, trial));
    boolean failed = verdict.kind() == Verdict.Kind.FAIL;
    return new Result(check, verdict, took, trial.errors(), failed ? trial.reproducer() : "");
  }

  private static Verdict verdict(@Nullable Throwable thrown, Trial trial) {
    return switch (thrown) {
      case null ->
          trial.remark().isEmpty() ? Verdict.PASS : new Verdict(Verdict.Kind.PASS, trial.remark());
      case NotRun notRun -> notRun.verdict();
      case AssertionError wrong when wrong.getMessage() != null -> Verdict.fail(wrong.getMessage());
      default -> Verdict.fail("it threw " + described(thrown));
    };
  }

  private static String described(Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    return thrown + (stack.length == 0 ? "" : " at " + stack[0]);
  }

  /** A check that is run. */
  private static final class Attempt implements Runnable {
    private final Check check;
    private final Trial trial;
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable Throwable thrown;
    private @Nullable Thread thread;
    private boolean abandoned;

    Attempt(Check check, Trial trial) {
      this.check = check;
      this.trial = trial;
    }

    @Override
    public void run() {
      begin(Thread.currentThread());
      boolean reusable = false;
      try {
        check.body().run(trial);
        reusable = Autograd.isGradEnabled();
      } catch (Throwable e) {
        thrown = e;
      }
      reusable &= end();
      done.countDown();
      if (!reusable) {
        throw new Unusable();
      }
    }

    private synchronized void begin(Thread current) {
      thread = current;
      current.setName("check " + check.id());
    }

    /** Whether the thread is still what it was before; from here on it is not interrupted. */
    private synchronized boolean end() {
      thread = null;
      return !Thread.interrupted() && !abandoned;
    }

    /** Interrupts the thread and says where it was. */
    synchronized String giveUp(Duration limit) {
      abandoned = true;
      Thread running = thread;
      StackTraceElement[] stack = running == null ? NOWHERE : running.getStackTrace();
      if (running != null) {
        running.interrupt();
      }
      return "it did not end within "
          + seconds(limit)
          + " s; it was"
          + (stack.length == 0 ? " about to end" : where(stack));
    }

    private static String where(StackTraceElement[] stack) {
      return Arrays.stream(stack)
          .limit(FRAMES)
          .map(frame -> "\n  at " + frame)
          .collect(Collectors.joining());
    }

    private static String seconds(Duration limit) {
      return limit.toMillis() % 1000 == 0
          ? String.valueOf(limit.toSeconds())
          : String.valueOf(limit.toMillis() / 1000.0);
    }
  }

  /** Ends a thread that a check may have left in any state. */
  private static final class Unusable extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Unusable() {
      super(null, null, false, false);
    }
  }
}
