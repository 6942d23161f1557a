package fluxion.conformance.faulty;

import java.util.List;

/** The wrong operators of the gallery. */
final class FunctionFaults {
  private FunctionFaults() {}

  static List<Fault> all() {
    return List.of();
  }
}
