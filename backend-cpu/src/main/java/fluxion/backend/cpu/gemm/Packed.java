package fluxion.backend.cpu.gemm;

import fluxion.backend.cpu.workers.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Products of larger matrices. For each block of k, and of rows and columns if there are very many,
 * both operands are packed into panels, then the tiles of the product are computed; either is
 * divided among the workers.
 */
final class Packed {
  /** The summands of a block: a panel of the right matrix, 32 columns, fills half an L1 cache. */
  static final int LINES = 256;

  /**
   * The summands of a block where there are many rows: a panel of the right matrix comes from an L2
   * cache, but serves so many tiles that it counts more that each of them is begun and ended less
   * often. As chains go on where they ended, blocks of any size have the same bits.
   */
  private static final int MANY_LINES = 512;

  /** From how many rows on there are many. */
  private static final int MANY_ROWS = 512;

  /** The step from row to row of a packed left matrix; they lie in different sets of a cache. */
  static final int STEP = MANY_LINES + 16;

  /**
   * So many bytes behind the first element of a large array a line of the cache begins, in which
   * then whole vectors of the right panels lie.
   */
  private static final int ALIGNMENT = 64 - 16;

  /** The most rows that are packed at once. */
  private static final int ROWS = 2048;

  /** The most columns that are packed at once. */
  private static final int COLUMNS = 4096;

  /** For so few columns rows are packed when they are needed, and so many of them at a time. */
  static final int FEW_COLUMNS = 64;

  private static final int FEW_ROWS = 96;

  /** The summands of a block where the left matrix is read where it lies. */
  private static final int NARROW_LINES = 1024;

  /** Rows so far apart, or a multiple of it, lie in the same set of an L1 cache. */
  private static final int CONFLICT = 1024;

  /** The most rows of a chunk: their part of the left matrix stays in an L2 cache. */
  private static final int CHUNK_ROWS = 256;

  /** The most columns of a chunk. */
  private static final int CHUNK_COLUMNS = 512;

  /** The fewest chunks of a region, so that threads of different speeds end together. */
  private static final int CHUNKS = 16;

  /** Fewer multiplications, those of about 20 µs on one thread, are not divided. */
  static final long DIVISIBLE = 1 << 21;

  /** Packing fewer elements is not divided. */
  static final int DIVISIBLE_PACKING = 1 << 16;

  private final Arithmetic arithmetic;
  private final Arithmetic.Tile tile;
  private final PanelSource a;
  private final PanelSource b;
  private final Matrix c;
  private final int m;
  private final int from;
  private final int to;
  private final int n;

  /** The left matrix if it is read where it lies. */
  private final @Nullable Matrix narrow;

  /** The most summands of a block. */
  private final int deep;

  /** A block: its place in k, in the rows and in the columns. */
  private int line;

  private int lines;
  private int row;
  private int rows;
  private int column;
  private int columns;

  private final Object panels;
  private final int right;

  private Packed(
      Arithmetic arithmetic,
      Arithmetic.Tile tile,
      PanelSource a,
      PanelSource b,
      Matrix c,
      int m,
      int from,
      int to,
      int n) {
    this.arithmetic = arithmetic;
    this.tile = tile;
    this.a = a;
    this.b = b;
    this.c = c;
    this.m = m;
    this.from = from;
    this.to = to;
    this.n = n;
    this.narrow = n <= tile.narrowColumns() ? readable(a.matrix()) : null;
    this.deep =
        narrow != null ? NARROW_LINES : m >= MANY_ROWS && n > FEW_COLUMNS ? MANY_LINES : LINES;
    int depth = Math.min(to - from, deep);
    int height = Math.min(m, n <= FEW_COLUMNS ? FEW_ROWS : ROWS);
    int left = STEP * up(height, tile.rows());
    int most = depth * up(Math.min(n, COLUMNS), tile.columns());
    this.panels = arithmetic.panels(left + most + ALIGNMENT / Float.BYTES);
    this.right = behind(left, panels);
  }

  /** {@return where the panels of the right matrix begin, behind those of the left one} */
  static int behind(int left, Object array) {
    return left + ALIGNMENT / (array instanceof float[] ? Float.BYTES : Double.BYTES);
  }

  /** A matrix whose rows are contiguous and do not fight for the same lines of a cache, or null. */
  private static @Nullable Matrix readable(@Nullable Matrix matrix) {
    boolean is = matrix != null && matrix.columnStride() == 1 && matrix.rowStride() % CONFLICT != 0;
    return is ? matrix : null;
  }

  private static int up(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
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
    multiply(
        arithmetic, tile, PanelSource.rows(tile, a), PanelSource.columns(tile, b), c, m, 0, k, n);
  }

  /**
   * Multiplies, with one chain an element, what sources pack.
   *
   * @param from the first summand
   * @param to the end of the summands, after the first
   */
  static void multiply(
      Arithmetic arithmetic,
      Arithmetic.Tile tile,
      PanelSource a,
      PanelSource b,
      Matrix c,
      int m,
      int from,
      int to,
      int n) {
    new Packed(arithmetic, tile, a, b, c, m, from, to, n).run();
  }

  private void run() {
    for (column = 0; column < n; column += COLUMNS) {
      columns = Math.min(COLUMNS, n - column);
      for (line = from; line < to; line += deep) {
        lines = Math.min(deep, to - line);
        b.prepare(column, columns, line, lines);
        if (n <= FEW_COLUMNS) {
          row = 0;
          rows = m;
          a.prepare(0, m, line, lines);
          packRight(0, up(columns, tile.columns()) / tile.columns());
          computeRows();
        } else {
          for (row = 0; row < m; row += ROWS) {
            rows = Math.min(ROWS, m - row);
            a.prepare(row, rows, line, lines);
            pack(row == 0);
            compute();
          }
        }
      }
    }
  }

  /** Packs and computes some rows at a time, each of which is used once or twice. */
  private void computeRows() {
    int chunks = count(m, FEW_ROWS);
    if ((long) m * up(columns, tile.columns()) * lines < DIVISIBLE) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        computeRows(chunk);
      }
    } else {
      Workers.run(chunks, this::computeRows);
    }
  }

  private void computeRows(int chunk) {
    int top = chunk * FEW_ROWS;
    int bottom = Math.min(m, top + FEW_ROWS);
    // the calling thread's own array is also where the panels of the right matrix are, behind
    Object mine = arithmetic.panels(right);
    if (narrow != null) {
      tile.narrow(
          narrow.from(top, line),
          panels,
          right,
          lines,
          c.from(top, column),
          bottom - top,
          columns,
          line == from,
          mine);
      return;
    }
    for (int i = top; i < bottom; i += tile.rows()) {
      a.pack(i, Math.min(tile.rows(), bottom - i), line, lines, mine, (i - top) * STEP);
    }
    computeTiles(mine, top, top, bottom, 0, columns);
  }

  private void pack(boolean isFirst) {
    int lefts = up(rows, tile.rows()) / tile.rows();
    int rights = isFirst ? up(columns, tile.columns()) / tile.columns() : 0;
    if ((rows + columns) * lines < DIVISIBLE_PACKING) {
      packLeft(0, lefts);
      packRight(0, rights);
      return;
    }
    Workers.run(
        2 * CHUNKS,
        chunk -> {
          int half = chunk >> 1;
          if ((chunk & 1) == 0) {
            packLeft(lefts * half / CHUNKS, lefts * (half + 1) / CHUNKS);
          } else {
            packRight(rights * half / CHUNKS, rights * (half + 1) / CHUNKS);
          }
        });
  }

  private void packLeft(int from, int to) {
    int width = tile.rows();
    for (int panel = from; panel < to; panel++) {
      int first = panel * width;
      a.pack(row + first, Math.min(width, rows - first), line, lines, panels, first * STEP);
    }
  }

  private void packRight(int from, int to) {
    int width = tile.columns();
    for (int panel = from; panel < to; panel++) {
      int first = panel * width;
      b.pack(
          column + first,
          Math.min(width, columns - first),
          line,
          lines,
          panels,
          right + first * lines);
    }
  }

  private void compute() {
    if ((long) rows * columns * lines < DIVISIBLE) {
      computeTiles(panels, 0, 0, rows, 0, columns);
      return;
    }
    int chunkRows = up(Math.min(CHUNK_ROWS, rows), tile.rows());
    int chunkColumns = up(Math.min(CHUNK_COLUMNS, columns), tile.columns());
    while (count(rows, chunkRows) * count(columns, chunkColumns) < CHUNKS
        && (chunkRows > 2 * tile.rows() || chunkColumns > tile.columns())) {
      if (chunkColumns > tile.columns() && chunkColumns >= chunkRows) {
        chunkColumns = up(chunkColumns / 2, tile.columns());
      } else {
        chunkRows = up(chunkRows / 2, tile.rows());
      }
    }
    int down = count(rows, chunkRows);
    int height = chunkRows;
    int width = chunkColumns;
    Workers.run(
        down * count(columns, chunkColumns),
        chunk -> {
          int top = chunk % down * height;
          int left = chunk / down * width;
          computeTiles(
              panels, 0, top, Math.min(rows, top + height), left, Math.min(columns, left + width));
        });
  }

  static int count(int size, int chunk) {
    return (size + chunk - 1) / chunk;
  }

  /**
   * Computes the tiles of some rows and columns: a panel of the right matrix stays in L1.
   *
   * @param packed where the panels of the left matrix are
   * @param start the row with which they begin
   */
  private void computeTiles(Object packed, int start, int top, int bottom, int left, int end) {
    for (int j = left; j < end; j += tile.columns()) {
      for (int i = top; i < bottom; i += tile.rows()) {
        tile.run(
            packed,
            (i - start) * STEP,
            panels,
            right + j * lines,
            lines,
            c.array(),
            c.at(row + i, column + j),
            c.rowStride(),
            Math.min(tile.rows(), bottom - i),
            Math.min(tile.columns(), end - j),
            line == from);
      }
    }
  }
}
