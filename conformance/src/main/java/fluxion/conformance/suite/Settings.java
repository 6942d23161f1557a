package fluxion.conformance.suite;

import fluxion.conformance.Profile;
import fluxion.conformance.Verdict;
import java.time.Duration;
import java.util.Map;

/**
 * How a suite is run.
 *
 * @param profile the error bounds that are asked for
 * @param effort how many cases are tried
 * @param seed decides all random values
 * @param rules which rules are run: an id, or a pattern with {@code *} and {@code ?}
 * @param limit how long one check may take
 * @param expectedFailures patterns of the ids of checks that are known to fail, with the reason
 */
public record Settings(
    Profile profile,
    Effort effort,
    long seed,
    String rules,
    Duration limit,
    Map<String, String> expectedFailures) {

  /** How many cases are tried. */
  public enum Effort {
    /** Enough for each build. */
    QUICK,
    /** All. */
    FULL
  }

  /** The defaults: profile tight, all cases of all rules, seed 0, a minute a check. */
  public static final Settings DEFAULT =
      new Settings(Profile.TIGHT, Effort.FULL, 0, "*", Duration.ofMinutes(1), Map.of());

  /** Copies the map. */
  public Settings {
    expectedFailures = Map.copyOf(expectedFailures);
  }

  /**
   * {@return these with another profile}
   *
   * @param changed the profile
   */
  public Settings withProfile(Profile changed) {
    return new Settings(changed, effort, seed, rules, limit, expectedFailures);
  }

  /**
   * {@return these with another effort}
   *
   * @param changed the effort
   */
  public Settings withEffort(Effort changed) {
    return new Settings(profile, changed, seed, rules, limit, expectedFailures);
  }

  /**
   * {@return these with another seed}
   *
   * @param changed the seed
   */
  public Settings withSeed(long changed) {
    return new Settings(profile, effort, changed, rules, limit, expectedFailures);
  }

  /**
   * {@return these for some rules only}
   *
   * @param glob an id, or a pattern with {@code *} and {@code ?}
   */
  public Settings withRules(String glob) {
    return new Settings(profile, effort, seed, glob, limit, expectedFailures);
  }

  /**
   * {@return these with another time limit}
   *
   * @param changed how long one check may take
   */
  public Settings withLimit(Duration changed) {
    return new Settings(profile, effort, seed, rules, changed, expectedFailures);
  }

  /**
   * {@return these with what is known to fail}
   *
   * @param changed patterns of the ids of checks, with the reason
   */
  public Settings withExpectedFailures(Map<String, String> changed) {
    return new Settings(profile, effort, seed, rules, limit, changed);
  }

  /**
   * {@return whether a rule is run}
   *
   * @param rule the rule
   */
  public boolean includes(Rule rule) {
    return Glob.matches(rules, rule.id());
  }

  /**
   * {@return the verdict on a check in the light of what is known to fail: such a failure is
   * expected, and a pass is a failure}
   *
   * @param id the check's id
   * @param found what came of it
   */
  public Verdict judge(String id, Verdict found) {
    for (Map.Entry<String, String> known : expectedFailures.entrySet()) {
      if (Glob.matches(known.getKey(), id)) {
        String reason = known.getValue();
        return switch (found.kind()) {
          case FAIL -> Verdict.expectedFailure(reason + " (" + found.reason() + ")");
          case PASS ->
              Verdict.fail(
                  "it passes, but is listed as an expected failure ("
                      + reason
                      + "); take it off the list");
          default -> found;
        };
      }
    }
    return found;
  }

  /** {@return whether only the quick cases are tried} */
  public boolean isQuick() {
    return effort == Effort.QUICK;
  }
}
