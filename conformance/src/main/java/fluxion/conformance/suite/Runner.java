package fluxion.conformance.suite;

import fluxion.conformance.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs checks, each on a thread of its own that is given up when its time is over. */
public final class Runner {
  private static final int FRAMES = 12;

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
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("check " + check.id())
            .unstarted(
                () -> {
                  try {
                    check.body().run(trial);
                  } catch (Throwable e) {
                    thrown.set(e);
                  }
                });
    long begin = System.nanoTime();
    thread.start();
    boolean ended;
    try {
      ended = thread.join(settings.limit());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = false;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    if (!ended) {
      Verdict verdict = Verdict.fail(late(thread));
      thread.interrupt();
      return new Result(
          check, settings.judge(check.id(), verdict), took, List.of(), trial.reproducer());
    }
    Verdict verdict = settings.judge(check.id(), verdict(thrown.get(), trial));
    boolean failed = verdict.kind() == Verdict.Kind.FAIL;
    return new Result(check, verdict, took, trial.errors(), failed ? trial.reproducer() : "");
  }

  private String late(Thread thread) {
    String stack =
        Arrays.stream(thread.getStackTrace())
            .limit(FRAMES)
            .map(frame -> "\n  at " + frame)
            .collect(Collectors.joining());
    return "it did not end within "
        + seconds(settings.limit())
        + " s; it was"
        + (stack.isEmpty() ? " about to end" : stack);
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() % 1000 == 0
        ? String.valueOf(limit.toSeconds())
        : String.valueOf(limit.toMillis() / 1000.0);
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
}
