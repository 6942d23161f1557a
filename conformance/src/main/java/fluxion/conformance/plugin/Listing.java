package fluxion.conformance.plugin;

import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import fluxion.conformance.suite.Specification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a provider lists, for the rules about each thing on offer. A provider that does not answer,
 * or fails to, offers nothing, which is a check that fails, whatever rules were chosen.
 *
 * @param <T> what is listed
 * @param offers what was listed
 * @param failures why nothing was; empty if something was
 */
public record Listing<T>(List<T> offers, List<Check> failures) {
  /** Copies the lists. */
  public Listing {
    offers = List.copyOf(offers);
    failures = List.copyOf(failures);
  }

  /**
   * {@return what a plugin lists}
   *
   * @param <T> what it lists
   * @param subject the plugin
   * @param type the type of what it lists; all else is left out
   * @param settings how long it may take
   */
  public static <T> Listing<T> of(PluginSubject subject, Class<T> type, Settings settings) {
    Candidate candidate = subject.candidate();
    List<T> offers = new ArrayList<>();
    Check asking =
        new Check(
            Specification.load().rule("P-301"),
            subject.name(),
            candidate.listing() + ", before anything on offer is tried",
            trial -> {
              for (Object offer : Objects.requireNonNullElse(candidate.list(), List.of())) {
                if (type.isInstance(offer)) {
                  offers.add(type.cast(offer));
                }
              }
            });
    Verdict verdict = new Runner(settings.withExpectedFailures(Map.of())).run(asking).verdict();
    if (verdict.kind() == Verdict.Kind.PASS) {
      return new Listing<>(offers, List.of());
    }
    String reason = verdict.reason();
    Check failing =
        new Check(
            asking.rule(),
            asking.subject(),
            asking.name(),
            trial -> {
              throw new AssertionError(reason);
            });
    return new Listing<>(List.of(), List.of(failing));
  }
}
