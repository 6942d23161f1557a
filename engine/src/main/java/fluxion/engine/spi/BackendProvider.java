package fluxion.engine.spi;

import fluxion.api.Device;
import java.util.List;

/**
 * A service that offers devices.
 *
 * <p>It must be cheap to make: a device is looked at in {@link #devices} and opened on first use.
 */
public interface BackendProvider {
  /**
   * {@return the version of the SPI that this was compiled for; the engine refuses another}
   *
   * <p>Return the constant {@link SpiVersion#CURRENT}: the compiler copies its value.
   */
  int spiVersion();

  /** {@return the plugin's name, for people} */
  String name();

  /**
   * {@return the devices that are there, possibly none}
   *
   * <p>Where a device might be expected and is not, {@link #unavailable} says why.
   */
  List<Device> devices();

  /** {@return why there is no device, or the empty text} */
  default String unavailable() {
    return "";
  }

  /**
   * {@return a backend for one of the devices, newly opened}
   *
   * @param device one of {@link #devices}
   */
  Backend open(Device device);
}
