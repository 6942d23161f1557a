package fluxion.conformance.faulty;

import java.util.ArrayList;
import java.util.List;

/** The wrong operators of the gallery. */
final class FunctionFaults {
  private FunctionFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(GradientFaults.all());
    faults.addAll(MemoryFaults.all());
    faults.addAll(ValueFaults.all());
    faults.addAll(CallFaults.all());
    return faults;
  }
}
