package fluxion.ops.nn.internal;

import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.SpiVersion;

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
  public void lines(Catalogue t) {
    if (t.reads("Activations")) Activations.Table.lines(t);
    if (t.reads("ShapedActivations")) ShapedActivations.Table.lines(t);
    if (t.reads("Gates")) Gates.Table.lines(t);
    if (t.reads("RandomActivations")) RandomActivations.Table.lines(t);
    if (t.reads("Softmaxes")) Softmaxes.Table.lines(t);
    if (t.reads("Losses")) Losses.Table.lines(t);
    if (t.reads("DifferenceLosses")) DifferenceLosses.Table.lines(t);
    if (t.reads("ElementLosses")) ElementLosses.Table.lines(t);
    if (t.reads("BinaryCrossEntropy")) BinaryCrossEntropy.Table.lines(t);
    if (t.reads("MarginLosses")) MarginLosses.Table.lines(t);
    if (t.reads("CtcLoss")) CtcLoss.Table.lines(t);
    if (t.reads("Linear")) Linear.Table.lines(t);
    if (t.reads("Convolutions")) Convolutions.Table.lines(t);
    if (t.reads("Columns")) Columns.Table.lines(t);
    if (t.reads("Pools")) Pools.Table.lines(t);
    if (t.reads("AdaptivePools")) AdaptivePools.Table.lines(t);
    if (t.reads("Normalizations")) Normalizations.Table.lines(t);
    if (t.reads("LayerNormalizations")) LayerNormalizations.Table.lines(t);
    if (t.reads("Similarities")) Similarities.Table.lines(t);
    if (t.reads("Embeddings")) Embeddings.Table.lines(t);
    if (t.reads("Pads")) Pads.Table.lines(t);
    if (t.reads("Interpolation")) Interpolation.Table.lines(t);
    if (t.reads("Shuffles")) Shuffles.Table.lines(t);
    if (t.reads("GridSampling")) GridSampling.Table.lines(t);
    if (t.reads("Attention")) Attention.Table.lines(t);
    if (t.reads("MultiHeadAttention")) MultiHeadAttention.Table.lines(t);
    if (t.reads("Recurrence")) Recurrence.Table.lines(t);
    if (t.reads("SgdStep")) SgdStep.Table.lines(t);
    if (t.reads("MomentSteps")) MomentSteps.Table.lines(t);
    if (t.reads("ScaledSteps")) ScaledSteps.Table.lines(t);
  }
}
