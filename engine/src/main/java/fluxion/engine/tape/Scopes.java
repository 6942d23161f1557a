package fluxion.engine.tape;

import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.MemoryStatistics;
import fluxion.api.Tensor;
import fluxion.api.spi.MemoryManager;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Memory as the program sees it: scopes, and what the devices say. */
public final class Scopes implements MemoryManager {
  private final Function<Device, OpenDevice> device;
  private final Supplier<List<OpenDevice>> open;

  /**
   * Makes the manager.
   *
   * @param device finds a device
   * @param open the devices in use
   */
  public Scopes(Function<Device, OpenDevice> device, Supplier<List<OpenDevice>> open) {
    this.device = device;
    this.open = open;
  }

  @Override
  public Memory.Scope openScope() {
    return MemoryScope.open();
  }

  @Override
  public void unscope(Tensor tensor) {
    TensorImpl impl = TensorImpl.of(tensor);
    impl.checkOpen();
    leave(impl);
    Tensor gradient = impl.storedGrad();
    if (gradient != null) {
      leave(TensorImpl.of(gradient));
    }
  }

  private static void leave(TensorImpl tensor) {
    Ownership owners = tensor.storage().ownership();
    if (owners != null) {
      owners.leave();
    }
  }

  @Override
  public MemoryStatistics statistics(Device of) {
    return device.apply(of).backend().memory();
  }

  @Override
  public void trim() {
    for (OpenDevice used : open.get()) {
      used.backend().trim();
    }
  }
}
