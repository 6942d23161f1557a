package fluxion.backend.cpu.gemm;

/**
 * The loops of one element type. Arrays are {@code float[]} or {@code double[]}, the same in one
 * call.
 */
public interface Arithmetic {
  /**
   * {@return a new array of zeros}
   *
   * @param length how many
   */
  Object allocate(int length);

  /**
   * {@return this thread's array for packed panels}
   *
   * @param length how many elements it has at least
   */
  Object panels(int length);

  /** {@return whether {@link #tile} and {@link #rows} are fast already} */
  boolean hasFastVectors();

  /** {@return the rows and columns of a tile of registers} */
  Tile tile();

  /** {@return a tile that is computed by loops which the JVM vectorises, for until then} */
  Tile plainTile();

  /**
   * Multiplies by scalar loops, one chain an element.
   *
   * @param a the left matrix
   * @param b the right matrix
   * @param c the product
   * @param m its rows
   * @param k the number of summands
   * @param n the product's columns
   */
  void chains(Matrix a, Matrix b, Matrix c, int m, int k, int n);

  /**
   * The same for more elements, by loops that the JVM vectorises.
   *
   * @param a the left matrix
   * @param b the right matrix
   * @param c the product
   * @param m its rows
   * @param k the number of summands
   * @param n the product's columns
   */
  void plain(Matrix a, Matrix b, Matrix c, int m, int k, int n);

  /**
   * The same for few rows and a right matrix whose rows are contiguous: its rows are walked in
   * order, and the product's are kept meanwhile.
   *
   * @param a the left matrix
   * @param b the right matrix
   * @param c the product
   * @param m its rows
   * @param k the number of summands
   * @param n the product's columns
   */
  void rows(Matrix a, Matrix b, Matrix c, int m, int k, int n);

  /**
   * Adds a matrix to another of the same strides.
   *
   * @param c what is added to
   * @param rest what is added
   * @param m their rows
   * @param n their columns
   */
  void add(Matrix c, Matrix rest, int m, int n);

  /** A tile of the product that is held in registers. */
  interface Tile {
    /** {@return its rows} */
    int rows();

    /** {@return its columns} */
    int columns();

    /**
     * {@return how far behind the first row of a packed left matrix another one begins}
     *
     * @param row which one
     */
    default int left(int row) {
      return row * Packed.STEP;
    }

    /**
     * Packs rows of the left matrix: element {@code p} of row {@code i} goes to {@code at + i ·
     * }{@link Packed#STEP}{@code + p}.
     *
     * @param a the matrix from the first element on
     * @param rows how many rows
     * @param lines how many elements of each
     * @param panels where panels are
     * @param at where this one begins
     */
    void packLeft(Matrix a, int rows, int lines, Object panels, int at);

    /**
     * Packs columns of the right matrix: element {@code j} of row {@code p} goes to {@code at + p ·
     * columns() + j}. Where there are fewer columns than in a tile, what is in the others does not
     * matter.
     *
     * @param b the matrix from the first element on
     * @param columns how many columns
     * @param lines how many rows
     * @param panels where panels are
     * @param at where this one begins
     */
    void packRight(Matrix b, int columns, int lines, Object panels, int at);

    /** {@return for how many columns at most there is {@link #narrow}; 0 if for none} */
    default int narrowColumns() {
      return 0;
    }

    /**
     * Continues the chains of rows of few columns, whose left matrix is not packed.
     *
     * @param left the left matrix from the first element on, whose rows are contiguous
     * @param right where the packed panel of the right matrix is
     * @param b where it begins
     * @param lines the number of summands
     * @param c the product from the first element on, whose rows are contiguous
     * @param rows how many rows
     * @param columns how many columns
     * @param first whether the chains begin here, at 0, instead of with what is there
     * @param scratch an array for a row of {@link #narrowColumns} for each row, from its begin on
     */
    default void narrow(
        Matrix left,
        Object right,
        int b,
        int lines,
        Matrix c,
        int rows,
        int columns,
        boolean first,
        Object scratch) {
      throw new AssertionError("no products of few columns");
    }

    /**
     * Continues the chains of a tile, or of a part of one.
     *
     * @param left where packed panels of the left matrix are
     * @param a where this one begins
     * @param right where those of the right matrix are
     * @param b where this one begins
     * @param lines the number of summands
     * @param c the array of the product
     * @param at where the tile begins in it
     * @param stride the product's row stride
     * @param rows how many rows of the tile there are
     * @param columns how many columns of the tile there are
     * @param first whether the chains begin here, at 0, instead of with what is there
     */
    void run(
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
        boolean first);
  }
}
