package fluxion.backend.cpu;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.SpiVersion;
import java.util.List;

/** Offers the one device {@code cpu}. */
public final class CpuBackendProvider implements BackendProvider {
  /** For the service loader. */
  public CpuBackendProvider() {}

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "fluxion.backend.cpu";
  }

  @Override
  public List<Device> devices() {
    return List.of(Device.CPU);
  }

  @Override
  public Backend open(Device device) {
    if (!device.equals(Device.CPU)) {
      throw new DeviceException(
          "there is no device '" + device + "' in fluxion.backend.cpu; the only one is 'cpu'");
    }
    return new CpuBackend();
  }
}
