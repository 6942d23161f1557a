package fluxion.conformance.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that rules give their tests. */
final class RuleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          B-101 | Fresh memory is zero        | b101_fresh_memory_is_zero
          F-007 | −0 is no 0                  | f007_minus_0_is_no_0
          B-207 | A device’s -1 is kept       | b207_a_devices_minus_1_is_kept
          P-301 | `name()` throws nothing     | p301_name_throws_nothing
          P-302 | "Yes" is no number          | p302_yes_is_no_number
          B-501 | 64-bit sums (of n > 2^16)   | b501_64_bit_sums_of_n_2_16
          B-502 | NaN, ±∞ meet themselves!    | b502_nan_meet_themselves
          """)
  void a_test_is_named_after_its_rule(String id, String title, String name) {
    assertEquals(name, new Rule(id, title, "text", "intent", "", "no").testName());
  }
}
