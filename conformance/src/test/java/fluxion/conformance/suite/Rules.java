package fluxion.conformance.suite;

/** Rules and checks made up for tests. */
final class Rules {
  static final Rule FRESH =
      new Rule(
          "B-101",
          "Fresh memory is zero",
          "`allocate` MUST return zeros.",
          "nothing shows what another tensor held",
          "b101_fresh_memory_is_zero",
          "");

  private Rules() {}

  /** A check of that rule for a device. */
  static Check check(Body body) {
    return new Check(FRESH, "cpu", "float32", body);
  }

  /** A page with one rule of this title. */
  static String page(String id, String title) {
    return """
    ### %s %s

    A thing MUST be so.

    *Intent:* because.
    *Test:* `test`
    """
        .formatted(id, title);
  }
}
