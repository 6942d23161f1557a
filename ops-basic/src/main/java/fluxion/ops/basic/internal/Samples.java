package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.sample;

import fluxion.engine.spi.Operator.Sample;
import fluxion.engine.spi.Operator.SampleSource;
import java.util.List;

/** Sample arguments that several operators share. */
final class Samples {
  private Samples() {}

  /** One tensor with values in a range: of several shapes. */
  static List<Sample> unary(SampleSource s, double low, double high) {
    return List.of(
        sample(s.uniform(low, high, 2, 3)),
        sample(s.uniform(low, high)),
        sample(s.uniform(low, high, 0)));
  }

  /** Two tensors, or a tensor and a number, with values in ranges: broadcasting either way. */
  static List<Sample> binary(
      SampleSource s, double low, double high, double otherLow, double otherHigh) {
    return List.of(
        sample(s.uniform(low, high, 2, 3), s.uniform(otherLow, otherHigh, 2, 3)),
        sample(s.uniform(low, high, 2, 1), s.uniform(otherLow, otherHigh, 3)),
        sample(s.uniform(low, high), s.uniform(otherLow, otherHigh, 2)),
        sample(s.uniform(low, high, 0, 3), s.uniform(otherLow, otherHigh, 1, 3)),
        sample(s.uniform(low, high, 2), s.scalar()));
  }

  /** Two tensors, either of which is the larger at some places, and nowhere equal. */
  static List<Sample> tensors(SampleSource s) {
    return List.of(
        sample(s.tensor(3, 4), s.uniform(-0.05, 0.05, 4)),
        sample(s.uniform(-0.05, 0.05), s.tensor(2)),
        sample(s.tensor(0, 3), s.tensor(1, 3)));
  }
}
