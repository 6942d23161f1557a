package fluxion.conformance.faulty;

import java.util.List;

/** The wrong devices of the gallery. */
final class BackendFaults {
  private BackendFaults() {}

  static List<Fault> all() {
    return List.of();
  }
}
