package fluxion.engine.spi;

import fluxion.api.Experimental;
import java.util.List;

/**
 * A service that serves standard operators on the devices of somebody else's backend, without
 * replacing the rest of it: a faster softmax for {@code cpu}, say.
 *
 * <p>What it offers is used instead of the backend's own accelerator and of the operator's
 * decomposition. If several offer the same, none is used until one of them is preferred. {@code
 * ./fluxion plugins} shows what is used and why.
 */
@Experimental
public interface AcceleratorProvider {
  /**
   * {@return the version of the SPI that this was compiled for; the engine refuses another}
   *
   * <p>Return the constant {@link SpiVersion#CURRENT}: the compiler copies its value.
   */
  int spiVersion();

  /** {@return the plugin's name, for people} */
  String name();

  /** {@return the accelerators} */
  List<Accelerator<?>> accelerators();
}
