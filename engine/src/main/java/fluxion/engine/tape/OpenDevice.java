package fluxion.engine.tape;

import fluxion.api.Device;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.CompiledReduction;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Reduction;
import java.util.LinkedHashMap;
import java.util.Map;

/** A device in use: its backend, and the kernels and reductions compiled for it. */
public final class OpenDevice {
  private static final int MOST = 4096;

  private final Device device;
  private final Backend backend;
  private final Map<Kernel, CompiledKernel> kernels = new Recent<>();
  private final Map<Reduction, CompiledReduction> reductions = new Recent<>();

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

  /**
   * {@return a reduction compiled for this device; the last few thousand are kept}
   *
   * @param reduction the reduction
   */
  public CompiledReduction compile(Reduction reduction) {
    synchronized (reductions) {
      CompiledReduction compiled = reductions.get(reduction);
      if (compiled == null) {
        compiled = backend.compile(reduction);
        reductions.put(reduction, compiled);
      }
      return compiled;
    }
  }

  /** The entries that were used last. */
  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST;
    }
  }
}
