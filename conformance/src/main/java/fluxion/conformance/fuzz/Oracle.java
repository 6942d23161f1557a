package fluxion.conformance.fuzz;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.reference.ReferenceBackendProvider;
import fluxion.engine.spi.Registration;
import org.jspecify.annotations.Nullable;

/** The device that is right: the reference backend, handed to the engine if it is not there yet. */
public final class Oracle implements AutoCloseable {
  private final @Nullable Registration registration;

  private Oracle(@Nullable Registration registration) {
    this.registration = registration;
  }

  /** {@return the device, there until it is closed} */
  public static Oracle open() {
    return new Oracle(isThere() ? null : Registration.of(new ReferenceBackendProvider()));
  }

  private static boolean isThere() {
    try {
      Tensors.ones(TensorOptions.DEFAULT.device(ReferenceBackendProvider.DEVICE));
      return true;
    } catch (DeviceException _) {
      return false;
    }
  }

  /** {@return the device} */
  public Device device() {
    return ReferenceBackendProvider.DEVICE;
  }

  @Override
  public void close() {
    if (registration != null) {
      registration.close();
    }
  }
}
