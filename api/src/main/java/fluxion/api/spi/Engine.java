package fluxion.api.spi;

import fluxion.api.Device;
import java.util.Map;

/** What an engine offers to the API. */
public interface Engine {
  /** {@return the maker of tensors} */
  TensorFactory tensors();

  /** {@return the source of random tensors} */
  RandomNumbers random();

  /** {@return the differentiator} */
  Differentiator autograd();

  /** {@return the owners of memory} */
  MemoryManager memory();

  /** {@return the operators that plugins have brought} */
  OperatorTable operators();

  /** {@return the plugins} */
  PluginTable plugins();

  /**
   * {@return how many threads a device's work on this machine is divided among at most}
   *
   * @throws fluxion.api.ArgumentException if it was given as a system property, wrongly
   */
  int threads();

  /**
   * Sets how many threads a device's work on this machine is divided among at most, for all devices
   * from now on.
   *
   * @param n the number, the calling thread among them
   * @throws fluxion.api.ArgumentException if it is out of range
   */
  void threads(int n);

  /**
   * {@return what a device has counted since it was opened}
   *
   * @param device the device
   */
  Map<String, Long> counters(Device device);
}
