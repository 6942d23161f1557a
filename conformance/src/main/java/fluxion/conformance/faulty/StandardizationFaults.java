package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.FaultyBackendProvider.fault;

import fluxion.api.Scalar;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.accelerator.Standardization;
import java.util.List;
import java.util.Optional;

/** Devices that offer an accelerator for normalisation, and compute it wrongly. */
final class StandardizationFaults {
  private StandardizationFaults() {}

  static List<Fault> all() {
    return List.of(
        fault(
            "standardization-says-it-was-done",
            "lines are not standardised, but are said to be",
            "B-824",
            "the mean of",
            inner -> new SaysSo(inner, true, false)),
        fault(
            "standardization-gradient-is-the-cotangent",
            "the gradient is the cotangent, and no mean is taken off",
            "B-824",
            "the gradient of standardised",
            inner -> new SaysSo(inner, false, true)));
  }

  /** Says of one of the two that it was done. */
  private static final class SaysSo extends ForwardingBackend implements Standardization {
    private final boolean lines;
    private final boolean gradients;

    SaysSo(Backend inner, boolean lines, boolean gradients) {
      super(inner);
      this.lines = lines;
      this.gradients = gradients;
    }

    @Override
    public <A> Optional<A> accelerator(Class<A> type) {
      return type == Standardization.class ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public boolean standardize(
        Operand input,
        int from,
        double eps,
        Operand result,
        Operand rstd,
        Operand mean,
        Operand variance) {
      if (lines) {
        inner.copy(input, result);
        for (Operand statistic : List.of(rstd, mean, variance)) {
          inner.fill(statistic, Scalar.of(1));
        }
      }
      return lines;
    }

    @Override
    public boolean gradient(Operand g, Operand result, Operand rstd, int from, Operand target) {
      if (gradients) {
        inner.copy(g, target);
      }
      return gradients;
    }
  }
}
