package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Device;
import fluxion.api.FluxionException;
import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.conformance.reference.ReferenceBackendProvider;
import fluxion.conformance.suite.NotRun;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The time in which tensors can be made on a device that is judged, and on the reference. What the
 * engine has found by itself is used as it is; the rest is handed over, and withdrawn at the end.
 */
final class EngineDevice implements AutoCloseable {
  private final Device device;
  private final Set<DType> dtypes;
  private final List<Registration> registrations = new ArrayList<>();

  private EngineDevice(BackendSubject subject) {
    this.device = subject.device();
    this.dtypes = subject.backend().properties().storageTypes();
  }

  /** Makes a device known to the engine. */
  static EngineDevice of(BackendSubject subject) {
    EngineDevice known = new EngineDevice(subject);
    try {
      known.offer(subject.provider(), subject.device());
      known.offer(new ReferenceBackendProvider(), ReferenceBackendProvider.DEVICE);
    } catch (RuntimeException | AssertionError e) {
      known.close();
      throw e;
    }
    return known;
  }

  private void offer(BackendProvider provider, Device wanted) {
    String module = place(provider.getClass());
    List<Plugin> offering =
        Plugins.list().stream()
            .filter(plugin -> plugin.kind() == Plugin.Kind.BACKEND)
            .filter(plugin -> plugin.offers().contains(wanted.toString()))
            .toList();
    if (offering.stream().anyMatch(plugin -> plugin.module().equals(module))) {
      return;
    }
    if (!offering.isEmpty()) {
      throw NotRun.because(
          "the engine has a device '"
              + wanted
              + "' already, of "
              + offering.getFirst().module()
              + "; take that plugin off the path");
    }
    Registration registration = Registration.of(provider);
    registrations.add(registration);
    if (!registration.refusal().isEmpty()) {
      throw new AssertionError("the engine refuses the provider: " + registration.refusal());
    }
  }

  private static String place(Class<?> type) {
    return type.getModule().isNamed() ? type.getModule().getName() : type.getName();
  }

  /** The device that is judged. */
  Device device() {
    return device;
  }

  /** The device that is right. */
  Device reference() {
    return ReferenceBackendProvider.DEVICE;
  }

  /** Ends the case as unsupported unless the device stores a dtype. */
  void require(DType dtype) {
    if (!dtypes.contains(dtype)) {
      throw NotRun.unsupported("the device '" + device + "' does not store " + dtype.shortName());
    }
  }

  /**
   * Ends the case as unsupported if a refusal names a dtype that the device does not store: the
   * operator needs it for a result, or on the way.
   */
  void requireTypesOf(FluxionException refusal) {
    if (refusal instanceof DTypeException) {
      String message = String.valueOf(refusal.getMessage());
      for (DType dtype : DType.values()) {
        if (message.contains(dtype.toString())) {
          require(dtype);
        }
      }
    }
  }

  /** Ends the case unless there is a CPU, on which samples are made. */
  static void requireCpu() {
    if (Plugins.list().stream()
        .noneMatch(
            plugin ->
                plugin.kind() == Plugin.Kind.BACKEND
                    && plugin.offers().contains(Device.CPU.toString()))) {
      throw NotRun.because(
          "samples are made on the device 'cpu', which no plugin offers; put fluxion.backend.cpu"
              + " on the test's path");
    }
  }

  @Override
  public void close() {
    registrations.forEach(Registration::close);
  }
}
