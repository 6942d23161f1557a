package fluxion.api;

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
    if (type.isEmpty() || !type.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c))) {
      throw new DeviceException("'" + type + "' is no device name; expected one like cpu or gpu");
    }
    if (index < 0) {
      throw new DeviceException("device index " + index + " of '" + type + "' is negative");
    }
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

  /** {@return the name, with the index where it is not 0: {@code cpu}, {@code gpu:1}} */
  @Override
  public String toString() {
    return index == 0 ? type : type + ":" + index;
  }
}
