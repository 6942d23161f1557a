package fluxion.engine.spi;

import fluxion.api.Experimental;
import fluxion.api.PluginException;
import java.util.Optional;
import java.util.function.Function;

/**
 * An implementation of an accelerator for the devices of somebody else's backend.
 *
 * @param <A> the accelerator's interface
 * @param type that interface, such as {@link fluxion.engine.spi.accelerator.Softmax}
 * @param deviceType the devices that it is for, such as {@code cpu}
 * @param maker makes it for a device's backend when an operator first needs it. Where it cannot
 *     serve that device it gives nothing, and the backend's own is used; it may ask the backend for
 *     its own, too, for operands that it does not take itself
 */
@Experimental
public record Accelerator<A>(
    Class<A> type, String deviceType, Function<Backend, Optional<A>> maker) {
  private static final String STANDARD = "fluxion.engine.spi.accelerator";

  /** Checks the interface. */
  public Accelerator {
    if (!type.isInterface()) {
      throw new PluginException(
          type.getName() + " is no interface, so that no operator can ask for it");
    }
  }

  /**
   * {@return its name in lists and preferences: the interface, by its simple name if it is a
   * standard one, and the devices, as in {@code Softmax@cpu}}
   */
  public String name() {
    return name(type, deviceType);
  }

  /**
   * {@return the name of an accelerator on devices}
   *
   * @param type the accelerator's interface
   * @param deviceType the devices
   */
  public static String name(Class<?> type, String deviceType) {
    String word = type.getPackageName().equals(STANDARD) ? type.getSimpleName() : type.getName();
    return word + "@" + deviceType;
  }
}
