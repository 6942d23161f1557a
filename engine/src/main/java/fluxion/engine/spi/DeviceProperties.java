package fluxion.engine.spi;

import fluxion.api.DType;
import fluxion.api.Device;
import java.util.Set;

/**
 * What a device is and can do.
 *
 * @param device its name in Fluxion
 * @param description what it is, for people: the processor or the card
 * @param computeTypes the dtypes in which it computes
 * @param storageTypes the dtypes that it stores
 * @param memoryBytes how much memory it may use, or 0 where that is not known
 * @param asynchronous whether primitives may return before they are done
 */
public record DeviceProperties(
    Device device,
    String description,
    Set<DType> computeTypes,
    Set<DType> storageTypes,
    long memoryBytes,
    boolean asynchronous) {

  /** Copies the sets. */
  public DeviceProperties {
    computeTypes = Set.copyOf(computeTypes);
    storageTypes = Set.copyOf(storageTypes);
  }
}
