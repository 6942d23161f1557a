package fluxion.ops.nn.internal;

import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.util.List;
import java.util.stream.Stream;

/** Brings the operators of this module. */
public final class NnFunctions implements FunctionProvider {
  /** Makes the provider. */
  public NnFunctions() {}

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "Fluxion neural-network operators";
  }

  @Override
  public List<Operator> operators() {
    return Stream.of(
            Activations.OPERATORS,
            ShapedActivations.OPERATORS,
            Softmaxes.OPERATORS,
            Losses.OPERATORS,
            DifferenceLosses.OPERATORS,
            Linear.OPERATORS,
            SgdStep.OPERATORS)
        .flatMap(List::stream)
        .toList();
  }
}
