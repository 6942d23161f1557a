package fluxion.ops.basic.internal;

import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.util.List;
import java.util.stream.Stream;

/** Brings the operators of this module. */
public final class BasicFunctions implements FunctionProvider {
  /** Makes the provider. */
  public BasicFunctions() {}

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "Fluxion basic operators";
  }

  @Override
  public List<Operator> operators() {
    return Stream.of(
            Elementary.OPERATORS,
            Arithmetic.OPERATORS,
            Comparisons.OPERATORS,
            Reductions.OPERATORS,
            Shapes.OPERATORS,
            Products.OPERATORS)
        .flatMap(List::stream)
        .toList();
  }
}
