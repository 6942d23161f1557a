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
            Powers.OPERATORS,
            Remainders.OPERATORS,
            Comparisons.OPERATORS,
            Logic.OPERATORS,
            Extremes.OPERATORS,
            Where.OPERATORS,
            Reductions.OPERATORS,
            MaxMin.OPERATORS,
            Prod.OPERATORS,
            Variances.OPERATORS,
            Shapes.OPERATORS,
            Flattening.OPERATORS,
            Pieces.OPERATORS,
            Joins.OPERATORS,
            Picking.OPERATORS,
            Products.OPERATORS)
        .flatMap(List::stream)
        .toList();
  }
}
