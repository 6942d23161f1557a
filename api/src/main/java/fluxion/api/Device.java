package fluxion.api;

import org.jspecify.annotations.Nullable;

/**
 * A place where tensors live and are computed: a backend's name and the number of the device.
 *
 * @param type the backend's device name, such as {@code cpu} or {@code gpu}
 * @param index which of the devices of that name, from 0
 */
public record Device(String type, int index) {
  /** The processor that runs the JVM. */
  public static final Device CPU = new Device("cpu", 0);

  /** Checks the components. */
  public Device {
    if (!isName(type)) {
      throw new DeviceException("'" + type + "' is no device name; expected one like cpu or gpu");
    }
    if (index < 0) {
      throw new DeviceException("device index " + index + " of '" + type + "' is negative");
    }
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '_' && !Character.isLetterOrDigit(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * {@return the device with the given name, such as {@code cpu}, {@code gpu} or {@code gpu:1}}
   *
   * @param name a device name with an optional index after a colon
   * @throws DeviceException if the text is no such name; whether the device exists is known when it
   *     is used
   */
  public static Device of(String name) {
    int colon = name.indexOf(':');
    if (colon < 0) {
      return new Device(name, 0);
    }
    try {
      return new Device(name.substring(0, colon), Integer.parseInt(name.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new DeviceException(
          "'" + name + "' is no device: expected a name and a number, such as gpu:1", e);
    }
  }

  // Written out, as all else that runs at the start: a record's own equals, hashCode and toString
  // are put together by the JVM at their first use, which takes milliseconds.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Device device && index == device.index && type.equals(device.type);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + index;
  }

  /** {@return the name, with the index where it is not 0: {@code cpu}, {@code gpu:1}} */
  @Override
  public String toString() {
    return index == 0 ? type : type + ":" + index;
  }
}
