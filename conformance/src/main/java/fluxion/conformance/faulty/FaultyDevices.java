package fluxion.conformance.faulty;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.SpiVersion;
import java.util.List;

/** A provider of one device, which wrong ones differ from in one point. */
abstract class FaultyDevices implements BackendProvider {
  /** Its one device. */
  static final Device DEVICE = Device.of("faulty_plugin_device");

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return getClass().getSimpleName();
  }

  @Override
  public List<Device> devices() {
    return List.of(DEVICE);
  }

  @Override
  public Backend open(Device device) {
    throw new DeviceException("there is no device '" + device + "'");
  }
}
