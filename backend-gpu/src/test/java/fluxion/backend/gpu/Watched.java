package fluxion.backend.gpu;

import fluxion.api.Device;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.Registration;
import fluxion.engine.spi.SpiVersion;
import java.util.List;

/** The first device, opened once more under a name of its own, for the engine and for a test. */
final class Watched implements BackendProvider, AutoCloseable {
  static final Device DEVICE = Device.of("watched");

  private final GpuBackend backend = OpenCl.open();
  private final Registration registration = Registration.of(this);

  /** {@return what the engine computes with} */
  GpuBackend backend() {
    return backend;
  }

  /** {@return what was counted under a name} */
  long count(String what) {
    return backend.counters().get(what);
  }

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "watched";
  }

  @Override
  public List<Device> devices() {
    return List.of(DEVICE);
  }

  @Override
  public Backend open(Device device) {
    return backend;
  }

  @Override
  public void close() {
    registration.close();
    backend.close();
  }
}
