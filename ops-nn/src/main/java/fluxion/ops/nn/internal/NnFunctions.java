package fluxion.ops.nn.internal;

import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.util.List;

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
    return Catalogue.of(NnFunctions::lines);
  }

  private static void lines(Catalogue t) {
    Activations.Table.lines(t);
    ShapedActivations.Table.lines(t);
    Gates.Table.lines(t);
    RandomActivations.Table.lines(t);
    Softmaxes.Table.lines(t);
    Losses.Table.lines(t);
    DifferenceLosses.Table.lines(t);
    ElementLosses.Table.lines(t);
    BinaryCrossEntropy.Table.lines(t);
    MarginLosses.Table.lines(t);
    CtcLoss.Table.lines(t);
    Linear.Table.lines(t);
    Convolutions.Table.lines(t);
    Columns.Table.lines(t);
    Pools.Table.lines(t);
    AdaptivePools.Table.lines(t);
    Normalizations.Table.lines(t);
    LayerNormalizations.Table.lines(t);
    Similarities.Table.lines(t);
    Embeddings.Table.lines(t);
    Pads.Table.lines(t);
    Interpolation.Table.lines(t);
    Shuffles.Table.lines(t);
    GridSampling.Table.lines(t);
    Attention.Table.lines(t);
    MultiHeadAttention.Table.lines(t);
    Recurrence.Table.lines(t);
    SgdStep.Table.lines(t);
    MomentSteps.Table.lines(t);
    ScaledSteps.Table.lines(t);
  }
}
