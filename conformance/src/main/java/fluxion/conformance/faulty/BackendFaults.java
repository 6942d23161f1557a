package fluxion.conformance.faulty;

import java.util.ArrayList;
import java.util.List;

/** The wrong devices of the gallery. */
final class BackendFaults {
  private BackendFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(StorageFaults.all());
    faults.addAll(LaunchFaults.all());
    faults.addAll(KernelFaults.all());
    faults.addAll(ReductionFaults.all());
    faults.addAll(ProductFaults.all());
    faults.addAll(IndexFaults.all());
    faults.addAll(OrderFaults.all());
    faults.addAll(ConvolutionFaults.all());
    faults.addAll(AttentionFaults.all());
    faults.addAll(StandardizationFaults.all());
    faults.addAll(AvgPoolFaults.all());
    faults.addAll(LifeFaults.all());
    return faults;
  }
}
