package fluxion.conformance.faulty;

import java.util.ArrayList;
import java.util.List;

/** All wrong implementations. */
public final class Gallery {
  private Gallery() {}

  /** {@return the faults, in the order in which the kill matrix lists them} */
  public static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(BackendFaults.all());
    faults.addAll(FunctionFaults.all());
    faults.addAll(PluginFaults.all());
    return List.copyOf(faults);
  }
}
