package fluxion.conformance.faulty;

import java.util.ArrayList;
import java.util.List;

/** The wrong providers of operators and devices of the gallery. */
final class PluginFaults {
  private PluginFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(MakingFaults.all());
    faults.addAll(NamingFaults.all());
    faults.addAll(AnsweringFaults.all());
    return faults;
  }
}
