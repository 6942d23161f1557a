package fluxion.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of two vectors a row. A part of a tile is computed as a whole one beside the product, so
 * that nothing is masked.
 */
abstract class FloatTile implements Arithmetic.Tile {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /** The tile for this machine's number of vector registers. */
  static final FloatTile PREFERRED = Registers.MANY ? new FloatTile12() : new FloatTile5();

  private final int rows;

  FloatTile(int rows) {
    this.rows = rows;
  }

  /** Continues, or begins, the chains of a whole tile. */
  abstract void full(
      float[] panels, int a, int b, int lines, float[] c, int at, int stride, boolean first);

  /** {@return where a chain goes on} */
  static FloatVector start(float[] c, int at, boolean first) {
    return first ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, at);
  }

  @Override
  public final int rows() {
    return rows;
  }

  @Override
  public final int columns() {
    return 2 * LANES;
  }

  @Override
  public final void run(
      Object panels,
      int a,
      int b,
      int lines,
      Object c,
      int at,
      int stride,
      int height,
      int width,
      boolean first) {
    float[] product = (float[]) c;
    if (height == rows && width == 2 * LANES) {
      full((float[]) panels, a, b, lines, product, at, stride, first);
      return;
    }
    float[] whole = new float[rows * 2 * LANES];
    if (!first) {
      for (int i = 0; i < height; i++) {
        System.arraycopy(product, at + i * stride, whole, i * 2 * LANES, width);
      }
    }
    full((float[]) panels, a, b, lines, whole, 0, 2 * LANES, first);
    for (int i = 0; i < height; i++) {
      System.arraycopy(whole, i * 2 * LANES, product, at + i * stride, width);
    }
  }
}
