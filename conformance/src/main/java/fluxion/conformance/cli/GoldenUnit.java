package fluxion.conformance.cli;

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

  GoldenUnit(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "recorded cases";
  }

  @Override
  public List<Check> checks() {
    return GoldenData.in(folder).stream().map(GoldenUnit::check).toList();
  }

  private static Check check(GoldenCase one) {
    return new Check(OwnRules.of(one.kind()), one.operator(), one.id(), trial -> judge(one.run()));
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
