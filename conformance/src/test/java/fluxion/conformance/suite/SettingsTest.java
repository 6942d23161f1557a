package fluxion.conformance.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.conformance.Profile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rules are run, and how. */
final class SettingsTest {
  @ParameterizedTest
  @CsvSource({
    "*, true",
    "B-101, true",
    "B-1*, true",
    "B-10?, true",
    "?-*01, true",
    "B-10, false",
    "B-1011, false",
    "P-*, false",
    "B.101, false",
    "b-101, false",
    "B-10[1], false",
    "'', false"
  })
  void a_pattern_chooses_rules(String glob, boolean chosen) {
    assertEquals(chosen, Settings.DEFAULT.withRules(glob).includes(Rules.FRESH));
  }

  @Test
  void a_star_stands_for_line_ends_too() {
    assertTrue(Glob.matches("a*c", "a\nb\nc"));
    assertFalse(Glob.matches("a?c", "abbc"));
  }

  @Test
  void each_setting_is_changed_alone() {
    Settings changed =
        Settings.DEFAULT
            .withProfile(Profile.BASIC)
            .withEffort(Settings.Effort.QUICK)
            .withSeed(7)
            .withRules("F-*")
            .withLimit(Duration.ofSeconds(3))
            .withExpectedFailures(Map.of("F-101*", "known"));
    assertEquals(
        new Settings(
            Profile.BASIC,
            Settings.Effort.QUICK,
            7,
            "F-*",
            Duration.ofSeconds(3),
            Map.of("F-101*", "known")),
        changed);
    assertTrue(changed.isQuick());
    assertFalse(Settings.DEFAULT.isQuick());
  }
}
