package fluxion.backend.gpu;

import fluxion.api.Device;
import fluxion.engine.spi.BackendProvider;
import org.junit.jupiter.api.Assumptions;

/** The device that tests run on; without one they are skipped, and say so plainly. */
final class OpenCl {
  private static final GpuBackendProvider PROVIDER = new GpuBackendProvider();

  static {
    if (PROVIDER.devices().isEmpty()) {
      System.out.println("THE DEVICE TESTS OF backend-gpu DID NOT RUN: " + PROVIDER.unavailable());
    } else {
      System.out.println(
          "the device tests of backend-gpu run on " + Devices.all().get(0).description());
    }
  }

  private OpenCl() {}

  /** {@return the provider, if it has a device} */
  static BackendProvider provider() {
    Assumptions.assumeFalse(PROVIDER.devices().isEmpty(), PROVIDER::unavailable);
    return PROVIDER;
  }

  /** {@return the first device, newly opened} */
  static GpuBackend open() {
    return (GpuBackend) provider().open(new Device("gpu", 0));
  }
}
