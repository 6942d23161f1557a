package fluxion.conformance.reference;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.SpiVersion;
import java.util.List;

/**
 * Offers the device {@code reference}: scalar, one loop a primitive, right by inspection and slow.
 *
 * <p>All dtypes compute and are stored. Sums, products and dots are exact and rounded once;
 * elementary functions are correctly rounded. It is what other devices are compared with.
 *
 * <p>It is no service; {@code Registration.of(new ReferenceBackendProvider())} hands it to the
 * engine.
 */
public final class ReferenceBackendProvider implements BackendProvider {
  /** The one device. */
  public static final Device DEVICE = Device.of("reference");

  /** Makes a provider. */
  public ReferenceBackendProvider() {}

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "Fluxion reference backend";
  }

  @Override
  public List<Device> devices() {
    return List.of(DEVICE);
  }

  @Override
  public Backend open(Device device) {
    if (!device.equals(DEVICE)) {
      throw new DeviceException(
          "there is no device '"
              + device
              + "' in the "
              + name()
              + "; the only one is '"
              + DEVICE
              + "'");
    }
    return new ReferenceBackend();
  }
}
