package fluxion.conformance.fuzz;

import fluxion.api.Device;
import fluxion.conformance.fuzz.expr.DerivativeTarget;
import fluxion.conformance.fuzz.expr.KernelTarget;
import fluxion.conformance.fuzz.program.ProgramTarget;
import fluxion.conformance.fuzz.surface.IndexingTarget;
import fluxion.conformance.fuzz.surface.PrintingTarget;
import fluxion.conformance.fuzz.surface.ProviderTarget;
import fluxion.conformance.fuzz.surface.SignatureTarget;
import fluxion.conformance.reference.ReferenceBackendProvider;
import java.util.List;

/** What can be fuzzed. */
public final class FuzzTargets {
  private FuzzTargets() {}

  /**
   * {@return what can be fuzzed of a device, and of the engine with it}
   *
   * @param device the device under test, which the engine knows
   * @param reference a device that is right, which the engine knows
   */
  public static List<FuzzTarget> of(Device device, Device reference) {
    return List.of(
        new ProgramTarget(device, reference),
        new KernelTarget(device, false),
        new DerivativeTarget(),
        new IndexingTarget(device),
        new ProviderTarget(),
        new SignatureTarget(),
        new PrintingTarget(device));
  }

  /** {@return the names of all targets, in their order} */
  public static List<String> names() {
    return of(Device.CPU, ReferenceBackendProvider.DEVICE).stream().map(FuzzTarget::name).toList();
  }

  /**
   * {@return one target by name}
   *
   * @param name its name
   * @param device the device under test, which the engine knows
   * @param reference a device that is right, which the engine knows
   * @throws IllegalArgumentException if there is none such
   */
  public static FuzzTarget named(String name, Device device, Device reference) {
    List<FuzzTarget> targets = of(device, reference);
    return targets.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no fuzz target '"
                        + name
                        + "'; there are "
                        + targets.stream().map(FuzzTarget::name).toList()));
  }
}
