package fluxion.conformance.faulty;

import java.util.List;

/** The wrong providers of operators and devices of the gallery. */
final class PluginFaults {
  private PluginFaults() {}

  static List<Fault> all() {
    return List.of();
  }
}
