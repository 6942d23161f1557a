package fluxion.engine.print;

import fluxion.api.Device;
import org.jspecify.annotations.Nullable;

/**
 * What is printed of a tensor besides its elements.
 *
 * @param device where it lives; printed unless it is the CPU
 * @param gradFn the name of the operation whose result it is, such as {@code AddBackward0}; null
 *     for a leaf
 * @param requiresGrad whether it requires a gradient; printed only without a {@code gradFn}
 */
public record PrintDetails(Device device, @Nullable String gradFn, boolean requiresGrad) {
  /** Those of a tensor on the CPU that requires no gradient. */
  public static final PrintDetails PLAIN = new PrintDetails(Device.CPU, null, false);
}
