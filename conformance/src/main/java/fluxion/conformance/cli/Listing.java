package fluxion.conformance.cli;

import fluxion.conformance.suite.Check;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a unit, or why there are none.
 *
 * @param checks the checks
 * @param failure why they could not be listed, or the empty text
 * @param isSpoilt whether the JVM is left with a thread that does not end or memory that is full
 */
record Listing(List<Check> checks, String failure, boolean isSpoilt) {
  private static final int FRAMES = 12;

  /** Lists, on a thread of its own that is given up when its time is over. */
  static Listing of(Unit unit, Duration limit) {
    AtomicReference<List<Check>> checks = new AtomicReference<>(List.of());
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("listing")
            .start(
                () -> {
                  try {
                    checks.set(List.copyOf(unit.checks()));
                  } catch (Throwable e) {
                    thrown.set(e);
                  }
                });
    boolean ended = false;
    try {
      ended = thread.join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      return new Listing(List.of(), late(thread, limit), true);
    }
    Throwable failure = thrown.get();
    return failure == null
        ? new Listing(checks.get(), "", false)
        : new Listing(List.of(), described(failure), failure instanceof VirtualMachineError);
  }

  private static String late(Thread thread, Duration limit) {
    return "it did not list what it offers within "
        + limit.toSeconds()
        + " s; it was"
        + Arrays.stream(thread.getStackTrace())
            .limit(FRAMES)
            .map(frame -> "\n  at " + frame)
            .collect(Collectors.joining());
  }

  private static String described(Throwable failure) {
    StringBuilder text = new StringBuilder("listing what it offers threw " + failure);
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      text.append("\n  caused by ").append(cause);
    }
    StackTraceElement[] stack = failure.getStackTrace();
    return text.append(stack.length == 0 ? "" : "\n  at " + stack[0]).toString();
  }
}
