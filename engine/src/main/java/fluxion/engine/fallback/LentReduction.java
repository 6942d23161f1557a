package fluxion.engine.fallback;

import fluxion.api.DeviceException;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.CompiledReduction;
import fluxion.engine.spi.MissingPrimitiveException;
import fluxion.engine.spi.Reduction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reduction that its device has compiled, or could not, and that another one compiles if asked.
 */
final class LentReduction implements CompiledReduction {
  private final Reduction reduction;
  private final @Nullable CompiledReduction own;
  private final @Nullable MissingPrimitiveException missing;
  private volatile @Nullable CompiledReduction other;

  private LentReduction(
      Reduction reduction,
      @Nullable CompiledReduction own,
      @Nullable MissingPrimitiveException missing) {
    this.reduction = reduction;
    this.own = own;
    this.missing = missing;
  }

  /** {@return a reduction, compiled by its device if that can} */
  static LentReduction of(Reduction reduction, Backend device) {
    try {
      return new LentReduction(reduction, device.compile(reduction), null);
    } catch (MissingPrimitiveException e) {
      return new LentReduction(reduction, null, e);
    }
  }

  /** {@return a compiled reduction, as one of this kind} */
  static LentReduction of(CompiledReduction reduction) {
    if (reduction instanceof LentReduction lent) {
      return lent;
    }
    throw new DeviceException(
        "expected a reduction compiled by the device that runs it, but found a "
            + reduction.getClass().getName());
  }

  @Override
  public Reduction reduction() {
    return reduction;
  }

  /** {@return what its device compiled; what kept it from that is thrown anew} */
  CompiledReduction here() {
    if (own == null) {
      throw Objects.requireNonNull(missing);
    }
    return own;
  }

  /** {@return what another device made of it} */
  CompiledReduction there(Backend device) {
    CompiledReduction known = other;
    if (known == null) {
      known = device.compile(reduction);
      other = known;
    }
    return known;
  }
}
