package fluxion.backend.gpu;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.SpiVersion;
import java.util.List;

/** Offers the devices {@code gpu}, {@code gpu:1}, …: those that OpenCL lists. */
public final class GpuBackendProvider implements BackendProvider {
  /** For the service loader. */
  public GpuBackendProvider() {}

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "fluxion.backend.gpu";
  }

  @Override
  public List<Device> devices() {
    return Devices.all().names();
  }

  @Override
  public String unavailable() {
    return Devices.all().problem();
  }

  @Override
  public Backend open(Device device) {
    Devices all = Devices.all();
    List<Device> names = all.names();
    int index = names.indexOf(device);
    if (index < 0) {
      throw new DeviceException(
          "there is no device '"
              + device
              + "' in fluxion.backend.gpu; "
              + (names.isEmpty() ? all.problem() : "there are " + names));
    }
    Capabilities capabilities = all.get(index);
    Signals.warnOnce(capabilities);
    return new GpuBackend(device, capabilities);
  }
}
