package fluxion.ops.basic.internal;

import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.SpiVersion;

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
  public void lines(Catalogue t) {
    if (t.reads("Elementary")) Elementary.Table.lines(t);
    if (t.reads("Arithmetic")) Arithmetic.Table.lines(t);
    if (t.reads("Powers")) Powers.Table.lines(t);
    if (t.reads("Remainders")) Remainders.Table.lines(t);
    if (t.reads("Blends")) Blends.Table.lines(t);
    if (t.reads("Special")) Special.Table.lines(t);
    if (t.reads("Gamma")) Gamma.Table.lines(t);
    if (t.reads("Signs")) Signs.Table.lines(t);
    if (t.reads("Closeness")) Closeness.Table.lines(t);
    if (t.reads("Comparisons")) Comparisons.Table.lines(t);
    if (t.reads("Logic")) Logic.Table.lines(t);
    if (t.reads("Extremes")) Extremes.Table.lines(t);
    if (t.reads("Where")) Where.Table.lines(t);
    if (t.reads("Reductions")) Reductions.Table.lines(t);
    if (t.reads("MaxMin")) MaxMin.Table.lines(t);
    if (t.reads("Prod")) Prod.Table.lines(t);
    if (t.reads("Scans")) Scans.Table.lines(t);
    if (t.reads("Ranks")) Ranks.Table.lines(t);
    if (t.reads("Quantiles")) Quantiles.Table.lines(t);
    if (t.reads("Uniques")) Uniques.Table.lines(t);
    if (t.reads("Searches")) Searches.Table.lines(t);
    if (t.reads("Counts")) Counts.Table.lines(t);
    if (t.reads("Differences")) Differences.Table.lines(t);
    if (t.reads("Moments")) Moments.Table.lines(t);
    if (t.reads("FurtherNames")) FurtherNames.Table.lines(t);
    if (t.reads("Variances")) Variances.Table.lines(t);
    if (t.reads("Shapes")) Shapes.Table.lines(t);
    if (t.reads("InPlaceViews")) InPlaceViews.Table.lines(t);
    if (t.reads("Flattening")) Flattening.Table.lines(t);
    if (t.reads("Pieces")) Pieces.Table.lines(t);
    if (t.reads("Joins")) Joins.Table.lines(t);
    if (t.reads("Picking")) Picking.Table.lines(t);
    if (t.reads("Aliases")) Aliases.Table.lines(t);
    if (t.reads("Grids")) Grids.Table.lines(t);
    if (t.reads("Cuts")) Cuts.Table.lines(t);
    if (t.reads("Diagonals")) Diagonals.Table.lines(t);
    if (t.reads("Triangles")) Triangles.Table.lines(t);
    if (t.reads("Turns")) Turns.Table.lines(t);
    if (t.reads("Repeats")) Repeats.Table.lines(t);
    if (t.reads("Windows")) Windows.Table.lines(t);
    if (t.reads("Replacements")) Replacements.Table.lines(t);
    if (t.reads("Indexed")) Indexed.Table.lines(t);
    if (t.reads("AlongDim")) AlongDim.Table.lines(t);
    if (t.reads("Masks")) Masks.Table.lines(t);
    if (t.reads("Scatters")) Scatters.Table.lines(t);
    if (t.reads("ScatterReductions")) ScatterReductions.Table.lines(t);
    if (t.reads("Products")) Products.Table.lines(t);
    if (t.reads("VectorProducts")) VectorProducts.Table.lines(t);
    if (t.reads("AddProducts")) AddProducts.Table.lines(t);
    if (t.reads("Einsum")) Einsum.Table.lines(t);
    if (t.reads("Cdist")) Cdist.Table.lines(t);
    if (t.reads("Systems")) Systems.Table.lines(t);
    if (t.reads("Determinants")) Determinants.Table.lines(t);
    if (t.reads("Factorisations")) Factorisations.Table.lines(t);
    if (t.reads("LuFactorisations")) LuFactorisations.Table.lines(t);
    if (t.reads("SpectralOperators")) SpectralOperators.Table.lines(t);
    if (t.reads("MatrixNorms")) MatrixNorms.Table.lines(t);
    if (t.reads("MatrixPowers")) MatrixPowers.Table.lines(t);
  }
}
