package fluxion.backend.cpu.gemm;

import java.util.Arrays;

/** Small products by the vector loops of float, timed. */
final class FloatTrial {
  private static final int RUNS = 16;

  /** The summands of a run, and the rows of the right matrix. */
  private static final int LINES = 16;

  private static final int COLUMNS = 64;

  /** How long compiled loops take for all runs at most; others take ten times as long. */
  private static final long NANOS = 60_000;

  private FloatTrial() {}

  /** {@return whether the loops are compiled} */
  static boolean run() {
    FloatTile tile = Tiles.FLOAT;
    int left = tile.rows() * Packed.STEP;
    float[] panels = new float[left + tile.columns() * LINES];
    float[] product = new float[tile.rows() * tile.columns()];
    float[] narrow = new float[FloatNarrow.ROWS * tile.columns()];
    float[] matrix = new float[LINES * COLUMNS];
    Arrays.fill(panels, 1);
    Arrays.fill(matrix, 1);
    Matrix row = new Matrix(panels, 0, 0, 1);
    Matrix right = new Matrix(matrix, 0, COLUMNS, 1);
    Matrix sums = new Matrix(new float[COLUMNS], 0, COLUMNS, 1);
    long start = System.nanoTime();
    for (int i = 0; i < RUNS; i++) {
      tile.packRight(right, tile.columns(), LINES, panels, left);
      boolean first = (i & 1) == 0;
      tile.full(panels, 0, panels, left, LINES, product, 0, tile.columns(), first);
      FloatTile4.run(panels, 0, panels, left, LINES, product, 0, tile.columns(), first);
      FloatNarrow.eight(panels, 0, Packed.STEP / 2, panels, left, LINES, narrow, 0);
      FloatRows.multiply(row, right, sums, 1, LINES, COLUMNS);
    }
    return System.nanoTime() - start < NANOS;
  }
}
