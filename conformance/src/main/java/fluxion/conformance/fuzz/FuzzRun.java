package fluxion.conformance.fuzz;

import fluxion.api.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fuzzes a device without a fuzzer: random inputs from a seed, for so long. The time is shared out
 * evenly among the targets, and a target stops at its first finding.
 */
public final class FuzzRun {
  private static final int LENGTH = 1500;
  private static final int TRIES = 2000;
  private static final Duration MINIMISING = Duration.ofSeconds(30);
  private static final long PROGRESS_NANOS = 1_000_000_000;

  private final Device device;
  private final long seed;
  private final Duration time;

  private FuzzRun(Device device, long seed, Duration time) {
    this.device = device;
    this.seed = seed;
    this.time = time;
  }

  /**
   * {@return a run that has not begun}
   *
   * @param device the device under test, which the engine knows
   * @param seed decides the inputs
   * @param time how long it lasts
   */
  public static FuzzRun of(Device device, long seed, Duration time) {
    return new FuzzRun(device, seed, time);
  }

  /** {@return what was found} */
  public FuzzReport run() {
    return run(progress -> {});
  }

  /**
   * {@return what was found}
   *
   * @param progress is told about once a second how far it is
   */
  public FuzzReport run(Consumer<Progress> progress) {
    try (Oracle oracle = Oracle.open()) {
      return run(FuzzTargets.of(device, oracle.device()), progress);
    }
  }

  /**
   * {@return what was found by one target, which has all the time; its inputs are those that it has
   * in a run of all targets}
   *
   * @param target its name
   * @param progress is told about once a second how far it is
   * @throws IllegalArgumentException if there is none such
   */
  public FuzzReport.Tried run(String target, Consumer<Progress> progress) {
    try (Oracle oracle = Oracle.open()) {
      FuzzTarget one = FuzzTargets.named(target, device, oracle.device());
      List<String> names = FuzzTargets.names();
      return tried(one, new Share(names.indexOf(target), 0, 1), progress);
    }
  }

  /**
   * How far a run is.
   *
   * @param target the target that is being tried
   * @param inputs how many inputs it was tried with
   * @param done how much of the run's time is over, from 0 to 1
   */
  public record Progress(String target, long inputs, double done) {}

  FuzzReport run(List<FuzzTarget> targets, Consumer<Progress> progress) {
    List<FuzzReport.Tried> tried = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      tried.add(tried(targets.get(i), new Share(i, i, targets.size()), progress));
    }
    return new FuzzReport(seed, tried);
  }

  /**
   * A target's part of a run.
   *
   * @param number decides its inputs, together with the seed
   * @param before how many targets had their time before
   * @param count how many targets share the time
   */
  private record Share(int number, int before, int count) {}

  private FuzzReport.Tried tried(FuzzTarget target, Share share, Consumer<Progress> progress) {
    SplittableRandom random = new SplittableRandom(seed + share.number());
    List<FuzzReport.Found> findings = new ArrayList<>();
    long begin = System.nanoTime();
    long limit = time.toNanos() / share.count();
    long told = 0;
    long inputs = 0;
    long elapsed = 0;
    while (findings.isEmpty() && elapsed < limit) {
      byte[] input = new byte[LENGTH];
      random.nextBytes(input);
      inputs++;
      Throwable failure = failure(target, input);
      if (failure != null) {
        findings.add(found(target, input, failure));
      }
      elapsed = System.nanoTime() - begin;
      if (elapsed - told > PROGRESS_NANOS) {
        told = elapsed;
        double done = (share.before() + Math.min(1, (double) elapsed / limit)) / share.count();
        progress.accept(new Progress(target.name(), inputs, done));
      }
    }
    return new FuzzReport.Tried(target.name(), target.covers(), inputs, elapsed / 1e9, findings);
  }

  private static @Nullable Throwable failure(FuzzTarget target, byte[] input) {
    try {
      target.run(ByteSource.of(input));
      return null;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return e;
    }
  }

  private FuzzReport.Found found(FuzzTarget target, byte[] input, Throwable failure) {
    // a target that shows what it found in Java has made it small itself
    if (failure instanceof Finding finding && !finding.reproducer().isEmpty()) {
      return new FuzzReport.Found(message(finding), finding.reproducer());
    }
    long begin = System.nanoTime();
    byte[] small =
        new Minimiser(
                candidate ->
                    System.nanoTime() - begin < MINIMISING.toNanos()
                        && failure(target, candidate) != null,
                TRIES)
            .minimise(input);
    Throwable again = failure(target, small);
    return again == null
        ? new FuzzReport.Found(
            message(failure)
                + "\nIt failed once on these bytes, and not again: "
                + Arrays.toString(input),
            replay(target, input))
        : new FuzzReport.Found(message(again), replay(target, small));
  }

  private static String message(Throwable failure) {
    return failure instanceof Finding
        ? String.valueOf(failure.getMessage())
        : "it threw " + failure + at(failure.getStackTrace());
  }

  private static String at(StackTraceElement[] stack) {
    return stack.length == 0 ? "" : " at " + stack[0];
  }

  private String replay(FuzzTarget target, byte[] input) {
    return """
    import fluxion.api.*;
    import fluxion.conformance.fuzz.*;
    import java.util.*;

    void main() {
      byte[] input = HexFormat.of().parseHex("%s");
      try (Oracle oracle = Oracle.open()) {
        FuzzTargets.named("%s", Device.of("%s"), oracle.device()).run(ByteSource.of(input));
      }
    }
    """
        .formatted(HexFormat.of().formatHex(input), target.name(), device);
  }
}
