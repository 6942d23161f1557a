package fluxion.conformance.fuzz;

import fluxion.api.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Fuzzes a device without a fuzzer: random inputs from a seed, for so long. The time is shared out
 * evenly among the targets, and a target stops at its first finding.
 */
public final class FuzzRun {
  private static final int LENGTH = 1500;
  private static final int TRIES = 2000;
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
      tried.add(tried(targets.get(i), i, targets.size(), progress));
    }
    return new FuzzReport(seed, tried);
  }

  private FuzzReport.Tried tried(
      FuzzTarget target, int position, int count, Consumer<Progress> progress) {
    SplittableRandom random = new SplittableRandom(seed + position);
    List<FuzzReport.Found> findings = new ArrayList<>();
    long begin = System.nanoTime();
    long limit = time.toNanos() / count;
    long told = 0;
    long inputs = 0;
    long elapsed = 0;
    while (findings.isEmpty() && elapsed < limit) {
      byte[] input = new byte[LENGTH];
      random.nextBytes(input);
      inputs++;
      if (fails(target, input)) {
        findings.add(found(target, input));
      }
      elapsed = System.nanoTime() - begin;
      if (elapsed - told > PROGRESS_NANOS) {
        told = elapsed;
        double done = (position + Math.min(1, (double) elapsed / limit)) / count;
        progress.accept(new Progress(target.name(), inputs, done));
      }
    }
    return new FuzzReport.Tried(target.name(), target.covers(), inputs, elapsed / 1e9, findings);
  }

  private static boolean fails(FuzzTarget target, byte[] input) {
    try {
      target.run(ByteSource.of(input));
      return false;
    } catch (RuntimeException | StackOverflowError | AssertionError _) {
      return true;
    }
  }

  private FuzzReport.Found found(FuzzTarget target, byte[] input) {
    byte[] small = new Minimiser(candidate -> fails(target, candidate), TRIES).minimise(input);
    try {
      target.run(ByteSource.of(small));
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      boolean shown = e instanceof Finding finding && !finding.reproducer().isEmpty();
      String java = shown ? ((Finding) e).reproducer() : replay(target, small);
      String message = e instanceof Finding ? e.getMessage() : e.toString();
      return new FuzzReport.Found(String.valueOf(message), java);
    }
    return new FuzzReport.Found(
        "it failed once on these bytes, and not again: " + Arrays.toString(input),
        replay(target, input));
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
