package fluxion.conformance.cli;

import fluxion.api.Device;
import fluxion.api.Plugin;
import fluxion.conformance.fuzz.FuzzReport;
import fluxion.conformance.fuzz.FuzzRun;
import fluxion.conformance.fuzz.FuzzTargets;
import fluxion.conformance.report.Judged;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Devices that are tried with random inputs: of each device a check a fuzz target. */
final class FuzzUnit implements Unit {
  /** A finding is made small, which takes its time. */
  private static final Duration MINIMISING = Duration.ofMinutes(1);

  private final Fuzzed fuzzed;
  private final Duration time;
  private final Consumer<Event> progress;

  /**
   * Takes what is fuzzed.
   *
   * @param fuzzed says which devices
   * @param time how long, shared evenly among devices and targets
   * @param progress is told how far a check is
   */
  FuzzUnit(Fuzzed fuzzed, Duration time, Consumer<Event> progress) {
    this.fuzzed = fuzzed;
    this.time = time;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "fuzzing";
  }

  @Override
  public List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    for (Plugin plugin : fuzzed.withoutDevices()) {
      checks.add(notFuzzed(plugin));
    }
    List<Device> devices = fuzzed.devices();
    List<String> targets = FuzzTargets.names();
    for (Device device : devices) {
      Duration share = time.dividedBy((long) devices.size() * targets.size());
      for (String target : targets) {
        checks.add(
            new Check(
                OwnRules.fuzzed(target),
                device.toString(),
                target,
                trial -> fuzz(device, target, share, trial)));
      }
    }
    return checks;
  }

  private static Check notFuzzed(Plugin plugin) {
    String reason = plugin.refusal().isEmpty() ? "" : ": " + plugin.refusal();
    return new Check(
        OwnRules.LOADED,
        plugin.module(),
        "fuzzing",
        trial -> {
          throw NotRun.because("it has no device here" + reason);
        });
  }

  private void fuzz(Device device, String target, Duration share, Trial trial) {
    FuzzReport.Tried tried =
        FuzzRun.of(device, trial.settings().seed(), share)
            .run(
                target,
                far -> progress.accept(new Event.Trying(far.inputs(), (long) (100 * far.done()))));
    for (FuzzReport.Found found : tried.findings()) {
      trial.reproducer(found.java());
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%s%nIt was found with input %,d from the seed %d.",
              found.message(),
              tried.inputs(),
              trial.settings().seed()));
    }
    trial.remark(
        String.format(
            Locale.ROOT,
            "%,d inputs in %.0f s, and nothing was found",
            tried.inputs(),
            tried.seconds()));
  }

  @Override
  public Duration limit(Duration usual) {
    return time.dividedBy(FuzzTargets.names().size()).plus(MINIMISING).plus(usual);
  }

  @Override
  public Optional<Judged> judged() {
    return Optional.empty();
  }
}
