package fluxion.engine.spi;

import fluxion.api.Device;
import fluxion.api.DeviceException;

/**
 * A primitive that a device lacks, altogether or for some operands.
 *
 * <p>A backend throws it before it has written anything. Where the user has asked for it with
 * {@code -Dfluxion.gpu.fallback=sort,…} (for a device {@code gpu}; {@code all} names all
 * primitives), the engine lets the device {@code cpu} compute what is missing, and counts it in
 * {@link fluxion.api.Fluxion#counters}; otherwise it is an error.
 */
public final class MissingPrimitiveException extends DeviceException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param device the device
   * @param primitive the name of the method of {@link Backend} that cannot be done
   * @param reason why
   */
  public MissingPrimitiveException(Device device, String primitive, String reason) {
    super(message(device, primitive, reason));
  }

  /**
   * Makes an error with a cause.
   *
   * @param device the device
   * @param primitive the name of the method of {@link Backend} that cannot be done
   * @param reason why
   * @param cause what brought it about
   */
  public MissingPrimitiveException(
      Device device, String primitive, String reason, Throwable cause) {
    super(message(device, primitive, reason), cause);
  }

  private static String message(Device device, String primitive, String reason) {
    return "the device '%s' cannot do '%s' (-D%s=%s lets the processor do it instead, slowly): %s"
        .formatted(device, primitive, property(device), primitive, reason);
  }

  /**
   * {@return the property that names the primitives of a device that may be computed elsewhere}
   *
   * @param device the device
   */
  public static String property(Device device) {
    // no concatenation: it is on the way to the first gradient, and the first one takes long
    return "fluxion.".concat(device.type()).concat(".fallback");
  }
}
