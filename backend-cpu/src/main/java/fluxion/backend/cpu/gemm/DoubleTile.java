package fluxion.backend.cpu.gemm;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of two vectors a row. A part of a tile is computed as a whole one beside the product, so
 * that nothing is masked.
 */
abstract class DoubleTile implements Arithmetic.Tile {
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /** The tile for this machine's number of vector registers. */
  static final DoubleTile PREFERRED = Registers.MANY ? new DoubleTile12() : new DoubleTile5();

  private final int rows;

  DoubleTile(int rows) {
    this.rows = rows;
  }

  /** Continues, or begins, the chains of a whole tile. */
  abstract void full(
      double[] panels, int a, int b, int lines, double[] c, int at, int stride, boolean first);

  /** {@return where a chain goes on} */
  static DoubleVector start(double[] c, int at, boolean first) {
    return first ? DoubleVector.zero(SPECIES) : DoubleVector.fromArray(SPECIES, c, at);
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
    double[] product = (double[]) c;
    if (height == rows && width == 2 * LANES) {
      full((double[]) panels, a, b, lines, product, at, stride, first);
      return;
    }
    double[] whole = new double[rows * 2 * LANES];
    if (!first) {
      for (int i = 0; i < height; i++) {
        System.arraycopy(product, at + i * stride, whole, i * 2 * LANES, width);
      }
    }
    full((double[]) panels, a, b, lines, whole, 0, 2 * LANES, first);
    for (int i = 0; i < height; i++) {
      System.arraycopy(whole, i * 2 * LANES, product, at + i * stride, width);
    }
  }
}
