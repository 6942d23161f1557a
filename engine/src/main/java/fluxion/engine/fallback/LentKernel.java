package fluxion.engine.fallback;

import fluxion.api.DeviceException;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.MissingPrimitiveException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A kernel that its device has compiled, or could not, and that another one compiles if asked. */
final class LentKernel implements CompiledKernel {
  private final Kernel kernel;
  private final @Nullable CompiledKernel own;
  private final @Nullable MissingPrimitiveException missing;
  private volatile @Nullable CompiledKernel other;

  private LentKernel(
      Kernel kernel, @Nullable CompiledKernel own, @Nullable MissingPrimitiveException missing) {
    this.kernel = kernel;
    this.own = own;
    this.missing = missing;
  }

  /** {@return a kernel, compiled by its device if that can} */
  static LentKernel of(Kernel kernel, Backend device) {
    try {
      return new LentKernel(kernel, device.compile(kernel), null);
    } catch (MissingPrimitiveException e) {
      return new LentKernel(kernel, null, e);
    }
  }

  /** {@return a compiled kernel, as one of this kind} */
  static LentKernel of(CompiledKernel kernel) {
    if (kernel instanceof LentKernel lent) {
      return lent;
    }
    throw new DeviceException(
        "expected a kernel compiled by the device that launches it, but found a "
            + kernel.getClass().getName());
  }

  @Override
  public Kernel kernel() {
    return kernel;
  }

  /** {@return what its device compiled; what kept it from that is thrown anew} */
  CompiledKernel here() {
    if (own == null) {
      throw Objects.requireNonNull(missing);
    }
    return own;
  }

  /** {@return what another device made of it} */
  CompiledKernel there(Backend device) {
    CompiledKernel known = other;
    if (known == null) {
      known = device.compile(kernel);
      other = known;
    }
    return known;
  }
}
