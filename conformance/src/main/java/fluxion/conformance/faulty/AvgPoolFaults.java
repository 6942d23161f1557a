package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.FaultyBackendProvider.fault;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.accelerator.AvgPool2d;
import java.util.List;
import java.util.Optional;

/** Devices that offer an accelerator for means of windows, and compute it wrongly. */
final class AvgPoolFaults {
  private AvgPoolFaults() {}

  static List<Fault> all() {
    return List.of(
        fault(
            "average-pool-is-zero",
            "means of windows are said to be computed, and are 0",
            "B-826",
            "the means of windows",
            inner -> new Zeros(inner, true, false)),
        fault(
            "average-pool-gradient-is-zero",
            "the gradient of means of windows is said to be computed, and is 0",
            "B-826",
            "the gradient of means of windows",
            inner -> new Zeros(inner, false, true)));
  }

  /** Says of one of the two that it was done. */
  private static final class Zeros extends ForwardingBackend implements AvgPool2d {
    private final boolean means;
    private final boolean gradients;

    Zeros(Backend inner, boolean means, boolean gradients) {
      super(inner);
      this.means = means;
      this.gradients = gradients;
    }

    @Override
    public <A> Optional<A> accelerator(Class<A> type) {
      return type == AvgPool2d.class ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public boolean takes(DType dtype) {
      return true;
    }

    @Override
    public boolean avgPool2d(
        Operand input, Slide rows, Slide columns, Operand divisors, Operand result) {
      if (means) {
        inner.fill(result, Scalar.of(0));
      }
      return means;
    }

    @Override
    public boolean gradient(
        Operand g, Slide rows, Slide columns, Operand divisors, Operand target) {
      if (gradients) {
        inner.fill(target, Scalar.of(0));
      }
      return gradients;
    }
  }
}
