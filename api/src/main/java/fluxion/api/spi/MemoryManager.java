package fluxion.api.spi;

import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.MemoryStatistics;
import fluxion.api.Tensor;

/** What an engine knows of memory: who owns it and what the devices have handed out. */
public interface MemoryManager {
  /** {@return a new scope of the running thread, inside those that are open} */
  Memory.Scope openScope();

  /**
   * Takes a tensor's memory out of every scope.
   *
   * @param tensor the tensor
   * @throws fluxion.api.MemoryException if its memory has been freed
   */
  void unscope(Tensor tensor);

  /**
   * {@return what a device has handed out}
   *
   * @param device the device
   */
  MemoryStatistics statistics(Device device);

  /** Gives memory that the devices in use keep for reuse back to the system. */
  void trim();
}
