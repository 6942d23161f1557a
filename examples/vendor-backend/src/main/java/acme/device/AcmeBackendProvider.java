package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.*;
import java.util.List;

/** Offers the one device {@code acme}. It is cheap to make: the device is opened at first use. */
public final class AcmeBackendProvider implements BackendProvider {
  static final Device DEVICE = Device.of("acme");

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "Acme device";
  }

  @Override
  public List<Device> devices() {
    return List.of(DEVICE);
  }

  @Override
  public Backend open(Device device) {
    if (!device.equals(DEVICE)) {
      throw new DeviceException("there is no device '" + device + "'; Acme has only 'acme'");
    }
    return new AcmeBackend();
  }
}
