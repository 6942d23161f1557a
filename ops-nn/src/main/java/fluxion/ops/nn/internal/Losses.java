package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.sample;

import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.ops.nn.NnCall;
import java.util.List;
import java.util.stream.Stream;

/** The losses as operators. */
final class Losses {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("nll_loss")) {
        t.add(
            Operator.named("nll_loss")
                .overload(
                    "(Tensor input, Tensor target, Tensor? weight=None, *, int ignore_index=-100,"
                        + " str reduction='mean')",
                    NnCall.ClassLoss.class,
                    ClassLosses::nllLoss)
                .samples(Losses::classSamples));
      }
      if (t.has("cross_entropy")) {
        t.add(
            Operator.named("cross_entropy")
                .overload(
                    "(Tensor input, Tensor target, Tensor? weight=None, *, int ignore_index=-100,"
                        + " str reduction='mean', float label_smoothing=0.0)",
                    NnCall.CrossEntropy.class,
                    ClassLosses::crossEntropy)
                .samples(
                    s ->
                        Stream.concat(
                                classSamples(s).stream(),
                                List.of(
                                    sample(s.tensor(3, 4), s.uniform(0.1, 0.9, 3, 4)),
                                    sample(s.tensor(2, 3, 2), s.uniform(0.1, 0.9, 2, 3, 2)))
                                    .stream())
                            .toList()));
      }
      if (t.has("binary_cross_entropy_with_logits")) {
        t.add(
            Operator.named("binary_cross_entropy_with_logits")
                .overload(
                    "(Tensor self, Tensor target, Tensor? weight=None, Tensor? pos_weight=None,"
                        + " str reduction='mean')",
                    NnCall.LogitsLoss.class,
                    LogitsLosses::loss)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.uniform(0.1, 0.9, 2, 3)),
                            sample(
                                s.tensor(2, 3),
                                s.uniform(0.1, 0.9, 2, 3),
                                constant(s, 3),
                                constant(s, 2, 3),
                                "sum"),
                            sample(
                                s.tensor(2, 3),
                                s.uniform(0.1, 0.9, 2, 3),
                                null,
                                constant(s, 3),
                                "none"))));
      }
    }
  }

  private Losses() {}

  private static List<Operator.Sample> classSamples(SampleSource s) {
    return List.of(
        sample(s.tensor(3, 4), s.integers(4, 3)),
        sample(s.tensor(3, 4), s.integers(4, 3), constant(s, 4)),
        sample(s.tensor(4), s.integers(4)),
        sample(s.tensor(2, 3, 2), s.integers(3, 2, 2)),
        sample(s.tensor(2, 3, 2, 2), s.integers(3, 2, 2, 2), constant(s, 3)));
  }

  /** Positive weights, to which no gradient flows. */
  private static Tensor constant(SampleSource s, long... size) {
    return s.uniform(0.5, 2, size).detach();
  }
}
