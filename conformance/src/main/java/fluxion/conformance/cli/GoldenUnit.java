package fluxion.conformance.cli;

import fluxion.api.Device;
import fluxion.conformance.GoldenCase;
import fluxion.conformance.GoldenData;
import fluxion.conformance.Verdict;
import fluxion.conformance.report.Judged;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.NotRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The recorded cases in a folder, a check each. */
final class GoldenUnit implements Unit {
  private final Path folder;
  private final Device device;

  /**
   * Takes a folder.
   *
   * @param folder the folder
   * @param device where the cases run
   */
  GoldenUnit(Path folder, Device device) {
    this.folder = folder;
    this.device = device;
  }

  @Override
  public String name() {
    return "recorded cases";
  }

  @Override
  public List<Check> checks() {
    return GoldenData.in(folder).stream().map(this::check).toList();
  }

  private Check check(GoldenCase one) {
    return new Check(
        OwnRules.of(one.kind()), one.operator(), one.id(), trial -> judge(one.run(device)));
  }

  private static void judge(Verdict verdict) {
    switch (verdict.kind()) {
      case PASS -> {}
      case FAIL, EXPECTED_FAILURE -> throw new AssertionError(verdict.reason());
      case UNSUPPORTED -> throw NotRun.unsupported(verdict.reason());
      case NOT_RUN -> throw NotRun.because(verdict.reason());
    }
  }

  @Override
  public Optional<Judged> judged() {
    return Optional.empty();
  }
}
