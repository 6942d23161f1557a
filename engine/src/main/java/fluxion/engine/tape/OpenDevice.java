package fluxion.engine.tape;

import fluxion.api.Device;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Kernel;
import java.util.LinkedHashMap;
import java.util.Map;

/** A device in use: its backend, and the kernels compiled for it. */
public final class OpenDevice {
  private static final int KERNELS = 4096;

  private final Device device;
  private final Backend backend;
  private final Map<Kernel, CompiledKernel> kernels =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kernel, CompiledKernel> eldest) {
          return size() > KERNELS;
        }
      };

  /**
   * Makes a device in use.
   *
   * @param device its name
   * @param backend its backend
   */
  public OpenDevice(Device device, Backend backend) {
    this.device = device;
    this.backend = backend;
  }

  /** {@return its name} */
  public Device device() {
    return device;
  }

  /** {@return its backend} */
  public Backend backend() {
    return backend;
  }

  /**
   * {@return a kernel compiled for this device; the last few thousand are kept}
   *
   * @param kernel the kernel
   */
  public CompiledKernel compile(Kernel kernel) {
    synchronized (kernels) {
      CompiledKernel compiled = kernels.get(kernel);
      if (compiled == null) {
        compiled = backend.compile(kernel);
        kernels.put(kernel, compiled);
      }
      return compiled;
    }
  }
}
