package fluxion.backend.cpu.gemm;

/**
 * Products of matrices, {@code c = a · b}, in float32 and float64.
 *
 * <p>Each element is one chain of fused multiply-adds from 0 over ascending k, {@code s = fma(a[i,
 * p], b[p, j], s)}. If k is larger than {@value #BLOCK}, it is cut into blocks of {@value #BLOCK},
 * each a chain of its own, and the blocks' sums are combined in a balanced tree: neighbours in
 * pairs, {@code 0} with {@code 1}, {@code 2} with {@code 3} and so on, an odd last one being
 * carried over, until one is left. Without summands an element is 0.
 */
public final class Gemm {
  /** The longest chain. */
  public static final int BLOCK = 4096;

  /** Up to this many multiplications are done by scalar loops. */
  private static final long TINY = 4096;

  /** So many columns of a row are computed side by side there. */
  private static final int CHAINS = 8;

  private Gemm() {}

  /**
   * Multiplies {@code c = a · b}.
   *
   * @param a the left matrix, {@code [m, k]}
   * @param b the right matrix, {@code [k, n]}, in an array of the same kind
   * @param c the product, {@code [m, n]}, in an array of the same kind, with a column stride of 1;
   *     its elements are in neither operand
   * @param m the number of rows of the product
   * @param k the number of summands
   * @param n the number of columns of the product
   */
  public static void multiply(Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    if (m == 0 || n == 0) {
      return;
    }
    Arithmetic arithmetic = arithmetic(c.array());
    if (n < m && Skinny.takes(b.transposed(), a.transposed(), n)) {
      // bᵀ · aᵀ: the factors of a fused multiply-add may be swapped
      blocks(arithmetic, b.transposed(), a.transposed(), c.transposed(), n, k, m);
    } else {
      blocks(arithmetic, a, b, c, m, k, n);
    }
  }

  /**
   * {@return the loops of an array's elements}
   *
   * @param array a {@code float[]} or {@code double[]}
   */
  public static Arithmetic arithmetic(Object array) {
    return array instanceof float[] ? FloatArithmetic.INSTANCE : DoubleArithmetic.INSTANCE;
  }

  /**
   * Multiplies what sources pack.
   *
   * @param tile the tile of which they know
   * @param a the left matrix
   * @param b the right matrix
   * @param c the product, with a column stride of 1
   * @param m the number of rows of the product
   * @param from the first summand; blocks are counted from it
   * @param to the end of the summands, after the first
   * @param n the number of columns of the product
   */
  public static void multiply(
      Arithmetic.Tile tile,
      PanelSource a,
      PanelSource b,
      Matrix c,
      int m,
      int from,
      int to,
      int n) {
    Arithmetic arithmetic = arithmetic(c.array());
    if (to - from <= BLOCK) {
      Packed.multiply(arithmetic, tile, a, b, c, m, from, to, n);
      return;
    }
    int middle = from + firstBlocks(to - from);
    multiply(tile, a, b, c, m, from, middle, n);
    Matrix rest = new Matrix(arithmetic.allocate(m * n), 0, n, 1);
    multiply(tile, a, b, rest, m, middle, to, n);
    arithmetic.add(c, rest, m, n);
  }

  /** How many summands make up the first whole subtree of the balanced tree. */
  private static int firstBlocks(int k) {
    return Integer.highestOneBit((k + BLOCK - 1) / BLOCK - 1) * BLOCK;
  }

  /** Combines the sums of the blocks of k. */
  private static void blocks(
      Arithmetic arithmetic, Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    if (k <= BLOCK) {
      block(arithmetic, a, b, c, m, k, n);
      return;
    }
    int half = firstBlocks(k);
    blocks(arithmetic, a, b, c, m, half, n);
    Matrix rest =
        c.columnStride() == 1
            ? new Matrix(arithmetic.allocate(m * n), 0, n, 1)
            : new Matrix(arithmetic.allocate(m * n), 0, 1, m);
    blocks(arithmetic, a.from(0, half), b.from(half, 0), rest, m, k - half, n);
    arithmetic.add(c, rest, m, n);
  }

  /** Multiplies with one chain an element. */
  private static void block(
      Arithmetic arithmetic, Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    if ((long) m * n * k <= TINY) {
      if (n < CHAINS && m >= CHAINS) {
        // bᵀ · aᵀ: the factors of a fused multiply-add may be swapped
        arithmetic.chains(b.transposed(), a.transposed(), c.transposed(), n, k, m);
      } else {
        arithmetic.chains(a, b, c, m, k, n);
      }
    } else if (!arithmetic.hasFastVectors()) {
      arithmetic.plain(a, b, c, m, k, n);
    } else if (Skinny.takes(a, b, m)) {
      Skinny.multiply(arithmetic, a, b, c, m, k, n);
    } else if (FewRows.takes(m, n)) {
      FewRows.multiply(arithmetic, arithmetic.tile(), a, b, c, m, k, n);
    } else {
      Packed.multiply(arithmetic, arithmetic.tile(), a, b, c, m, k, n);
    }
  }
}
