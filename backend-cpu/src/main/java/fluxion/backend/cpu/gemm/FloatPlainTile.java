package fluxion.backend.cpu.gemm;

import java.util.Arrays;

/** A tile of floats that the JVM vectorises by itself, for products whose operands are packed. */
final class FloatPlainTile implements Arithmetic.Tile {
  static final FloatPlainTile INSTANCE = new FloatPlainTile();

  private static final int ROWS = 32;
  private static final int COLUMNS = 256;

  /** How many lines are added at once. */
  private static final int STEPS = 4;

  /** For each thread the rows of sums and, behind, the lines that are added at once. */
  private static final ThreadLocal<float[][]> ROOM =
      ThreadLocal.withInitial(() -> new float[ROWS + STEPS][COLUMNS]);

  private FloatPlainTile() {}

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void packLeft(Matrix a, int rows, int lines, Object panels, int at) {
    FloatPanels.copy(
        (float[]) a.array(),
        a.offset(),
        a.rowStride(),
        a.columnStride(),
        rows,
        lines,
        (float[]) panels,
        at,
        Packed.STEP,
        1);
  }

  @Override
  public void packRight(Matrix b, int columns, int lines, Object panels, int at) {
    FloatPanels.copy(
        (float[]) b.array(),
        b.offset(),
        b.rowStride(),
        b.columnStride(),
        lines,
        columns,
        (float[]) panels,
        at,
        COLUMNS,
        1);
  }

  @Override
  public void run(
      Object left,
      int a,
      Object right,
      int b,
      int lines,
      Object c,
      int at,
      int stride,
      int rows,
      int columns,
      boolean first) {
    float[] packed = (float[]) left;
    float[][] mine = ROOM.get();
    float[][] sums = mine;
    float[][] block = {mine[ROWS], mine[ROWS + 1], mine[ROWS + 2], mine[ROWS + 3]};
    for (int i = 0; i < rows && first; i++) {
      Arrays.fill(sums[i], 0, columns, 0);
    }
    for (int i = 0; i < rows && !first; i++) {
      System.arraycopy(c, at + i * stride, sums[i], 0, columns);
    }
    for (int p = 0; p < lines; p += STEPS) {
      int steps = Math.min(STEPS, lines - p);
      for (int q = 0; q < steps; q++) {
        System.arraycopy(right, b + (p + q) * COLUMNS, block[q], 0, columns);
      }
      for (int i = 0; i < rows; i++) {
        FloatPlain.addRows(packed, a + i * Packed.STEP + p, 1, block, sums[i], steps, columns);
      }
    }
    for (int i = 0; i < rows; i++) {
      System.arraycopy(sums[i], 0, c, at + i * stride, columns);
    }
  }
}
