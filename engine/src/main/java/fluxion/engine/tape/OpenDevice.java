package fluxion.engine.tape;

import fluxion.api.Device;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.CompiledReduction;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Reduction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A device in use: its backend, and the kernels and reductions compiled for it. */
public final class OpenDevice {
  private static final int MOST = 4096;

  /** The accelerators of a device, where others than its backend may serve them. */
  public interface Accelerators {
    /**
     * {@return an implementation of an accelerator, if there is one}
     *
     * @param <A> the accelerator
     * @param type its interface
     */
    <A> Optional<A> of(Class<A> type);
  }

  private final Device device;
  private final Backend backend;
  private final Compiled<Kernel, CompiledKernel> kernels;
  private final Compiled<Reduction, CompiledReduction> reductions;

  /** Who serves accelerators; null if the backend alone does. */
  private volatile @Nullable Accelerators accelerators;

  /** Asked for when it is first needed. */
  private volatile @Nullable Boolean asynchronous;

  /**
   * Makes a device in use.
   *
   * @param device its name
   * @param backend its backend
   */
  public OpenDevice(Device device, Backend backend) {
    this.device = device;
    this.backend = backend;
    this.kernels = new Compiled<>(backend::compile);
    this.reductions = new Compiled<>(backend::compile);
  }

  /** {@return whether primitives may return before they are done} */
  public boolean isAsynchronous() {
    Boolean known = asynchronous;
    if (known == null) {
      known = backend.properties().asynchronous();
      asynchronous = known;
    }
    return known;
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
   * Says who serves accelerators from now on.
   *
   * @param now who does; null if the backend alone does
   */
  public void accelerators(@Nullable Accelerators now) {
    accelerators = now;
  }

  /**
   * {@return an implementation of an accelerator for this device, if there is one}
   *
   * @param <A> the accelerator
   * @param type its interface
   */
  public <A> Optional<A> accelerator(Class<A> type) {
    Accelerators others = accelerators;
    return others == null ? backend.accelerator(type) : others.of(type);
  }

  /**
   * {@return a kernel compiled for this device; the last few thousand are kept}
   *
   * @param kernel the kernel
   */
  public CompiledKernel compile(Kernel kernel) {
    return kernels.get(kernel);
  }

  /**
   * {@return a reduction compiled for this device; the last few thousand are kept}
   *
   * @param reduction the reduction
   */
  public CompiledReduction compile(Reduction reduction) {
    return reductions.get(reduction);
  }

  /**
   * What was compiled last, by equality; and before that, by identity, for callers that keep what
   * they compile: they need neither a hash code nor a lock.
   */
  private static final class Compiled<S, C> {
    private static final int PLACES = 256;

    private record Known<S, C>(S source, C compiled) {}

    private final Function<S, C> compiler;

    /** Read and written by many threads without a lock: the entries are immutable. */
    private final List<@Nullable Known<S, C>> places =
        new ArrayList<>(Collections.nCopies(PLACES, null));

    private final Map<S, C> recent =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<S, C> eldest) {
            return size() > MOST;
          }
        };

    Compiled(Function<S, C> compiler) {
      this.compiler = compiler;
    }

    C get(S source) {
      int place = System.identityHashCode(source) & (PLACES - 1);
      Known<S, C> known = places.get(place);
      if (known != null && known.source == source) {
        return known.compiled;
      }
      C compiled = find(source);
      places.set(place, new Known<>(source, compiled));
      return compiled;
    }

    private synchronized C find(S source) {
      C compiled = recent.get(source);
      if (compiled == null) {
        compiled = compiler.apply(source);
        recent.put(source, compiled);
      }
      return compiled;
    }
  }
}
