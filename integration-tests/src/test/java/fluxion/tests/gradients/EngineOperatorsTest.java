package fluxion.tests.gradients;

import fluxion.api.DType;
import fluxion.conformance.FunctionConformance;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.util.List;

/**
 * The operators that the engine itself brings; its provider is no service, so samples stand here.
 */
final class EngineOperatorsTest implements FunctionConformance {
  /** The names of the engine's operators, with samples. */
  static final class EngineOperators implements FunctionProvider {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "the engine's operators";
    }

    @Override
    public List<Operator> operators() {
      return List.of(
          Operator.named("clone")
              .samples(
                  s ->
                      List.of(
                          Operator.sample(s.tensor(2, 3)),
                          Operator.sample(s.tensor()),
                          Operator.sample(s.tensor(0, 2)))),
          Operator.named("contiguous").samples(s -> List.of(Operator.sample(s.tensor(2, 3)))),
          Operator.named("to")
              .samples(s -> List.of(Operator.sample(s.tensor(2, 3), DType.FLOAT64))),
          Operator.named("expand")
              .samples(
                  s ->
                      List.of(
                          Operator.sample(s.tensor(3, 1), List.of(2L, 3L, 4L)),
                          Operator.sample(s.tensor(), List.of(2L)),
                          Operator.sample(s.tensor(2, 1), List.of(-1L, 3L)))),
          Operator.named("copy_")
              .samples(
                  s ->
                      List.of(
                          Operator.sample(s.tensor(2, 3), s.tensor(2, 3)),
                          Operator.sample(s.tensor(2, 3), s.tensor(3)))));
    }
  }

  @Override
  public FunctionProvider provider() {
    return new EngineOperators();
  }
}
