package fluxion.backend.cpu.gemm;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of two vectors a row. A part of a tile is computed as a whole one beside the product, so
 * that nothing is masked.
 */
abstract class FloatTile implements Arithmetic.Tile {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private final int rows;

  FloatTile(int rows) {
    this.rows = rows;
  }

  /** Continues, or begins, the chains of a whole tile. */
  abstract void full(
      float[] left,
      int a,
      float[] right,
      int b,
      int lines,
      float[] c,
      int at,
      int stride,
      boolean first);

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
  public final int narrowColumns() {
    return LANES;
  }

  @Override
  public final void narrow(
      Matrix left,
      Object right,
      int b,
      int lines,
      Matrix c,
      int rows,
      int columns,
      boolean first,
      Object scratch) {
    float[] product = (float[]) c.array();
    float[] sums = (float[]) scratch;
    Arrays.fill(sums, 0, rows * LANES, 0);
    for (int i = 0; i < rows && !first; i++) {
      for (int j = 0; j < columns; j++) {
        sums[i * LANES + j] = product[c.at(i, j)];
      }
    }
    FloatNarrow.run(
        (float[]) left.array(),
        left.offset(),
        left.rowStride(),
        (float[]) right,
        b,
        lines,
        sums,
        0,
        rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        product[c.at(i, j)] = sums[i * LANES + j];
      }
    }
  }

  @Override
  public final void packLeft(Matrix a, int height, int lines, Object panels, int at) {
    float[] source = (float[]) a.array();
    float[] target = (float[]) panels;
    int done = 0;
    if (a.rowStride() == 1) {
      for (; done + 4 <= height; done += 4) {
        FloatPanels.copyLeft(
            source, a.at(done, 0), a.columnStride(), lines, target, at + done * Packed.STEP);
      }
    }
    FloatPanels.copy(
        source,
        a.at(done, 0),
        a.rowStride(),
        a.columnStride(),
        height - done,
        lines,
        target,
        at + done * Packed.STEP,
        Packed.STEP,
        1);
  }

  @Override
  public final void packRight(Matrix b, int width, int lines, Object panels, int at) {
    float[] source = (float[]) b.array();
    float[] target = (float[]) panels;
    if (b.columnStride() == 1 && width == 2 * LANES) {
      copyLines(source, b.offset(), b.rowStride(), lines, target, at);
    } else {
      int done = 0;
      if (b.rowStride() == 1) {
        for (; done + 8 <= width; done += 8) {
          copyColumns(source, b.at(0, done), b.columnStride(), lines, target, at + done);
        }
      }
      FloatPanels.copy(
          source,
          b.at(0, done),
          b.columnStride(),
          b.rowStride(),
          width - done,
          lines,
          target,
          at + done,
          1,
          2 * LANES);
    }
  }

  /** Packs eight contiguous columns; all steps are constants, so that no index is checked. */
  private static void copyColumns(
      float[] source, int offset, int stride, int lines, float[] panels, int at) {
    int second = offset + stride;
    int third = second + stride;
    int fourth = third + stride;
    int fifth = fourth + stride;
    int sixth = fifth + stride;
    int seventh = sixth + stride;
    int eighth = seventh + stride;
    for (int p = 0; p < lines; p++) {
      int to = at + p * (2 * LANES);
      panels[to] = source[offset + p];
      panels[to + 1] = source[second + p];
      panels[to + 2] = source[third + p];
      panels[to + 3] = source[fourth + p];
      panels[to + 4] = source[fifth + p];
      panels[to + 5] = source[sixth + p];
      panels[to + 6] = source[seventh + p];
      panels[to + 7] = source[eighth + p];
    }
  }

  /** Packs contiguous rows of a tile's width. */
  private static void copyLines(
      float[] source, int offset, int stride, int lines, float[] panels, int at) {
    for (int p = 0; p < lines; p++) {
      int from = offset + p * stride;
      int to = at + p * (2 * LANES);
      FloatVector.fromArray(SPECIES, source, from).intoArray(panels, to);
      FloatVector.fromArray(SPECIES, source, from + LANES).intoArray(panels, to + LANES);
    }
  }

  @Override
  public final void run(
      Object left,
      int a,
      Object right,
      int b,
      int lines,
      Object c,
      int at,
      int stride,
      int height,
      int width,
      boolean first) {
    float[] rowPanels = (float[]) left;
    float[] columnPanels = (float[]) right;
    float[] product = (float[]) c;
    if (width == 2 * LANES) {
      if (height == rows) {
        full(rowPanels, a, columnPanels, b, lines, product, at, stride, first);
        return;
      }
      if (height % FloatTile4.ROWS == 0) {
        quarters(rowPanels, a, columnPanels, b, lines, product, at, stride, height, first);
        return;
      }
    }
    float[] whole = new float[(rows + FloatTile4.ROWS - 1) * 2 * LANES];
    if (!first) {
      for (int i = 0; i < height; i++) {
        System.arraycopy(product, at + i * stride, whole, i * 2 * LANES, width);
      }
    }
    if (height > rows - FloatTile4.ROWS) {
      full(rowPanels, a, columnPanels, b, lines, whole, 0, 2 * LANES, first);
    } else {
      quarters(rowPanels, a, columnPanels, b, lines, whole, 0, 2 * LANES, height, first);
    }
    for (int i = 0; i < height; i++) {
      System.arraycopy(whole, i * 2 * LANES, product, at + i * stride, width);
    }
  }

  /** Computes fewer rows than a tile has, four at a time. */
  private static void quarters(
      float[] left,
      int a,
      float[] right,
      int b,
      int lines,
      float[] c,
      int at,
      int stride,
      int height,
      boolean first) {
    for (int i = 0; i < height; i += FloatTile4.ROWS) {
      FloatTile4.run(left, a + i * Packed.STEP, right, b, lines, c, at + i * stride, stride, first);
    }
  }
}
