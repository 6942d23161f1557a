package fluxion.backend.cpu.gemm;

import fluxion.backend.cpu.workers.Workers;

/**
 * Products of few rows. A panel of the right matrix serves few tiles, so packing takes a good part
 * of the time: whoever packs a panel computes its tiles at once, while it is in the nearest cache,
 * and threads meet once a product instead of twice a block of k. The left matrix is packed before.
 */
final class FewRows {
  /** The most rows. */
  private static final int ROWS = 96;

  /** The most chunks of a region. */
  private static final int CHUNKS = 64;

  private final Arithmetic arithmetic;
  private final Arithmetic.Tile tile;
  private final Matrix a;
  private final Matrix b;
  private final Matrix c;
  private final int m;
  private final int k;
  private final int n;

  /** The left matrix, block by block, and how far it is from block to block. */
  private final Object lefts;

  private final int block;

  /** Where each thread has its panel of the right matrix, in its own array. */
  private final int right;

  private final int length;

  private FewRows(
      Arithmetic arithmetic,
      Arithmetic.Tile tile,
      Matrix a,
      Matrix b,
      Matrix c,
      int m,
      int k,
      int n) {
    this.arithmetic = arithmetic;
    this.tile = tile;
    this.a = a;
    this.b = b;
    this.c = c;
    this.m = m;
    this.k = k;
    this.n = n;
    this.block = Packed.STEP * Packed.count(m, tile.rows()) * tile.rows();
    this.right = Packed.behind(block * Packed.count(k, Packed.LINES), c.array());
    this.length = right + Math.min(k, Packed.LINES) * tile.columns();
    this.lefts = arithmetic.panels(length);
  }

  /** {@return whether a product is computed in this way} */
  static boolean takes(int m, int n) {
    return m <= ROWS && n > Packed.FEW_COLUMNS;
  }

  /** Multiplies, with one chain an element; {@code k} is at least 1. */
  static void multiply(
      Arithmetic arithmetic,
      Arithmetic.Tile tile,
      Matrix a,
      Matrix b,
      Matrix c,
      int m,
      int k,
      int n) {
    new FewRows(arithmetic, tile, a, b, c, m, k, n).run();
  }

  private void run() {
    int rows = Packed.count(m, tile.rows());
    int panels = Packed.count(n, tile.columns());
    int chunks = Math.min(CHUNKS, panels);
    if (m * k < Packed.DIVISIBLE_PACKING) {
      for (int row = 0; row < rows; row++) {
        packLeft(row);
      }
    } else {
      Workers.run(rows, this::packLeft);
    }
    if ((long) m * k * n < Packed.DIVISIBLE) {
      compute(0, panels);
    } else {
      Workers.run(
          chunks,
          chunk ->
              compute(
                  (int) ((long) panels * chunk / chunks),
                  (int) ((long) panels * (chunk + 1) / chunks)));
    }
  }

  private void packLeft(int panel) {
    int row = panel * tile.rows();
    int height = Math.min(tile.rows(), m - row);
    for (int line = 0, at = row * Packed.STEP; line < k; line += Packed.LINES, at += block) {
      tile.packLeft(a.from(row, line), height, Math.min(Packed.LINES, k - line), lefts, at);
    }
  }

  private void compute(int from, int to) {
    // the calling thread's own array is also where the left matrix is, before the panel
    Object mine = arithmetic.panels(length);
    for (int panel = from; panel < to; panel++) {
      int column = panel * tile.columns();
      int width = Math.min(tile.columns(), n - column);
      for (int line = 0, at = 0; line < k; line += Packed.LINES, at += block) {
        int lines = Math.min(Packed.LINES, k - line);
        tile.packRight(b.from(line, column), width, lines, mine, right);
        for (int row = 0; row < m; row += tile.rows()) {
          tile.run(
              lefts,
              at + row * Packed.STEP,
              mine,
              right,
              lines,
              c.array(),
              c.at(row, column),
              c.rowStride(),
              Math.min(tile.rows(), m - row),
              width,
              line == 0);
        }
      }
    }
  }
}
