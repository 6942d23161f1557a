package fluxion.backend.cpu.gemm;

import fluxion.backend.cpu.workers.Workers;

/** Products with few rows, matrix-vector products among them: the right matrix is not packed. */
final class Skinny {
  /** The most rows if the right matrix has contiguous rows. */
  private static final int ROWS = 8;

  /** The most rows if it has not: its elements are then multiplied one by one. */
  private static final int SCALAR_ROWS = 2;

  /** Fewer multiplications, those of about 20 µs on one thread, are not divided. */
  private static final long DIVISIBLE = 1 << 18;

  /** The fewest columns of a chunk, a kilobyte or two: shorter runs would slow the memory down. */
  private static final int COLUMNS = 256;

  private static final int CHUNKS = 32;

  private Skinny() {}

  /** {@return whether a product is computed in this way} */
  static boolean takes(Matrix a, Matrix b, int m) {
    return m <= (b.columnStride() == 1 ? ROWS : SCALAR_ROWS);
  }

  /** Multiplies, with one chain an element. */
  static void multiply(Arithmetic arithmetic, Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    boolean contiguous = b.columnStride() == 1;
    if ((long) m * n * k < DIVISIBLE) {
      columns(arithmetic, a, b, c, m, k, 0, n, contiguous);
      return;
    }
    int width =
        contiguous
            ? Math.max(COLUMNS, (n / CHUNKS + 31) / 32 * 32)
            : Math.max(8, (n / CHUNKS + 7) / 8 * 8);
    Workers.run(
        (n + width - 1) / width,
        chunk ->
            columns(
                arithmetic,
                a,
                b,
                c,
                m,
                k,
                chunk * width,
                Math.min(n, (chunk + 1) * width),
                contiguous));
  }

  private static void columns(
      Arithmetic arithmetic,
      Matrix a,
      Matrix b,
      Matrix c,
      int m,
      int k,
      int from,
      int to,
      boolean contiguous) {
    if (contiguous) {
      arithmetic.rows(a, b.from(0, from), c.from(0, from), m, k, to - from);
    } else {
      arithmetic.chains(a, b.from(0, from), c.from(0, from), m, k, to - from);
    }
  }
}
