package fluxion.ops.basic.internal;

import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.util.List;

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
    return Catalogue.of(BasicFunctions::lines);
  }

  private static void lines(Catalogue t) {
    Elementary.Table.lines(t);
    Arithmetic.Table.lines(t);
    Powers.Table.lines(t);
    Remainders.Table.lines(t);
    Blends.Table.lines(t);
    Special.Table.lines(t);
    Gamma.Table.lines(t);
    Signs.Table.lines(t);
    Closeness.Table.lines(t);
    Comparisons.Table.lines(t);
    Logic.Table.lines(t);
    Extremes.Table.lines(t);
    Where.Table.lines(t);
    Reductions.Table.lines(t);
    MaxMin.Table.lines(t);
    Prod.Table.lines(t);
    Scans.Table.lines(t);
    Ranks.Table.lines(t);
    Quantiles.Table.lines(t);
    Uniques.Table.lines(t);
    Searches.Table.lines(t);
    Counts.Table.lines(t);
    Differences.Table.lines(t);
    Moments.Table.lines(t);
    FurtherNames.Table.lines(t);
    Variances.Table.lines(t);
    Shapes.Table.lines(t);
    InPlaceViews.Table.lines(t);
    Flattening.Table.lines(t);
    Pieces.Table.lines(t);
    Joins.Table.lines(t);
    Picking.Table.lines(t);
    Aliases.Table.lines(t);
    Grids.Table.lines(t);
    Cuts.Table.lines(t);
    Diagonals.Table.lines(t);
    Triangles.Table.lines(t);
    Turns.Table.lines(t);
    Repeats.Table.lines(t);
    Windows.Table.lines(t);
    Replacements.Table.lines(t);
    Indexed.Table.lines(t);
    AlongDim.Table.lines(t);
    Masks.Table.lines(t);
    Scatters.Table.lines(t);
    ScatterReductions.Table.lines(t);
    Products.Table.lines(t);
    VectorProducts.Table.lines(t);
    AddProducts.Table.lines(t);
    Einsum.Table.lines(t);
    Cdist.Table.lines(t);
    Systems.Table.lines(t);
    Determinants.Table.lines(t);
    Factorisations.Table.lines(t);
    LuFactorisations.Table.lines(t);
    SpectralOperators.Table.lines(t);
    MatrixNorms.Table.lines(t);
    MatrixPowers.Table.lines(t);
  }
}
