package fluxion.api;

import fluxion.api.spi.Engines;
import java.util.Map;

/** Settings of the running engine. */
public final class Fluxion {
  private Fluxion() {}

  /**
   * {@return how many threads work on one operation at most, the calling one among them}
   *
   * <p>Until it is set it is what {@code -Dfluxion.threads=n} says, or else the number of
   * processors.
   *
   * @throws ArgumentException if the property is not a number from 1 to 1024
   */
  public static int threads() {
    return Engines.current().threads();
  }

  /**
   * Sets how many threads work on one operation at most. Results do not depend on it. Operations
   * that run on other threads meanwhile may keep the former number.
   *
   * @param n the number, from 1 to 1024, the calling thread among them
   * @throws ArgumentException if it is out of range
   */
  public static void threads(int n) {
    Engines.current().threads(n);
  }

  /**
   * {@return what a device has counted since it was opened, by names that are its backend's}
   *
   * <p>The device {@code gpu} counts launches, waits and the driver's allocations, say; what
   * another device computes in its place is counted as {@code fallback} and the primitive's name.
   * Empty where nothing is counted.
   *
   * @param device the device
   * @throws DeviceException if there is no such device
   */
  public static Map<String, Long> counters(Device device) {
    return Engines.current().counters(device);
  }
}
