package fluxion.tests.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LedgerTest {
  @Test
  void a_line_is_about_all_mutants_whose_names_begin_so() {
    Ledger ledger = Ledger.parse("# heading\n\nequivalent | exp, result | it is the same\n");
    assertEquals("it is the same", ledger.about("exp, result of floats").orElseThrow().reason());
    assertTrue(ledger.about("exp2, result of floats").isEmpty());
  }

  @Test
  void a_line_without_a_reason_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> Ledger.parse("equivalent | exp"));
  }
}
