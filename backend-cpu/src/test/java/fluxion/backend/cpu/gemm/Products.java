package fluxion.backend.cpu.gemm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Products by the definition of their bits, and every way of computing them. */
final class Products {
  /** How a matrix lies in its array. */
  enum Layout {
    ROWS,
    COLUMNS,
    SPACED,
    REVERSED;

    /** {@return a matrix of zeros} */
    Matrix zeros(boolean doubles, int rows, int columns) {
      int row =
          switch (this) {
            case ROWS -> columns;
            case COLUMNS -> 1;
            case SPACED -> 3 * columns + 7;
            case REVERSED -> -columns;
          };
      int column =
          switch (this) {
            case ROWS -> 1;
            case COLUMNS -> rows;
            case SPACED -> 3;
            case REVERSED -> -1;
          };
      int size = rows * columns;
      int length = this == SPACED ? rows * row + 5 : size + 2;
      int offset = this == REVERSED ? size : 1;
      return new Matrix(doubles ? new double[length] : new float[length], offset, row, column);
    }
  }

  /** One way of computing a product. */
  record Way(String name, Multiplication multiplication) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Computes {@code c = a · b}. */
  interface Multiplication {
    void run(Matrix a, Matrix b, Matrix c, int m, int k, int n);
  }

  private Products() {}

  /** {@return the ways that compute chains of up to 4096 summands} */
  static List<Way> ways(boolean doubles) {
    Arithmetic arithmetic = arithmetic(doubles);
    List<Way> ways = new ArrayList<>();
    ways.add(new Way("chains", arithmetic::chains));
    ways.add(new Way("plain loops", arithmetic::plain));
    ways.add(
        new Way(
            "skinny",
            (a, b, c, m, k, n) -> {
              if (Skinny.takes(a, b, m)) {
                Skinny.multiply(arithmetic, a, b, c, m, k, n);
              } else {
                arithmetic.chains(a, b, c, m, k, n);
              }
            }));
    for (Arithmetic.Tile tile : tiles(doubles)) {
      ways.add(
          new Way(
              tile.getClass().getSimpleName(),
              (a, b, c, m, k, n) -> Packed.multiply(arithmetic, tile, a, b, c, m, k, n)));
      ways.add(
          new Way(
              "few rows, " + tile.getClass().getSimpleName(),
              (a, b, c, m, k, n) -> FewRows.multiply(arithmetic, tile, a, b, c, m, k, n)));
    }
    return ways;
  }

  static Arithmetic arithmetic(boolean doubles) {
    return doubles ? DoubleArithmetic.INSTANCE : FloatArithmetic.INSTANCE;
  }

  private static List<Arithmetic.Tile> tiles(boolean doubles) {
    return doubles
        ? List.of(new DoubleTile5(), new DoubleTile12())
        : List.of(new FloatTile5(), new FloatTile12());
  }

  /** {@return a matrix of normally distributed values, special ones among them if asked for} */
  static Matrix random(
      boolean doubles, Layout layout, int rows, int columns, boolean special, Random random) {
    double[] odd = {
      Double.NaN, Double.POSITIVE_INFINITY, -0.0, 0.0, Float.MIN_VALUE, -1e-42, Float.MAX_VALUE
    };
    Matrix matrix = layout.zeros(doubles, rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        boolean rare = special && random.nextInt(40) == 0;
        set(matrix, i, j, rare ? odd[random.nextInt(odd.length)] : random.nextGaussian());
      }
    }
    return matrix;
  }

  static double get(Matrix matrix, int i, int j) {
    return matrix.array() instanceof float[] f
        ? f[matrix.at(i, j)]
        : ((double[]) matrix.array())[matrix.at(i, j)];
  }

  static void set(Matrix matrix, int i, int j, double value) {
    if (matrix.array() instanceof float[] f) {
      f[matrix.at(i, j)] = (float) value;
    } else {
      ((double[]) matrix.array())[matrix.at(i, j)] = value;
    }
  }

  /** {@return an element of a product as {@link Gemm} defines it} */
  static double element(Matrix a, Matrix b, int i, int j, int k) {
    boolean doubles = a.array() instanceof double[];
    List<Double> sums = new ArrayList<>();
    for (int start = 0; start < k; start += 4096) {
      double sum = 0;
      for (int p = start; p < Math.min(k, start + 4096); p++) {
        double x = get(a, i, p);
        double y = get(b, p, j);
        sum = doubles ? Math.fma(x, y, sum) : Math.fma((float) x, (float) y, (float) sum);
      }
      sums.add(sum);
    }
    while (sums.size() > 1) {
      List<Double> pairs = new ArrayList<>();
      for (int s = 0; s + 1 < sums.size(); s += 2) {
        double sum = sums.get(s) + sums.get(s + 1);
        pairs.add(doubles ? sum : (float) sum);
      }
      if (sums.size() % 2 == 1) {
        pairs.add(sums.getLast());
      }
      sums = pairs;
    }
    return sums.isEmpty() ? 0 : sums.getFirst();
  }

  /** {@return a hash of a matrix's bits, in which all NaNs are one} */
  static long hash(Matrix matrix, int rows, int columns) {
    long hash = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        hash = 31 * hash + Double.doubleToLongBits(get(matrix, i, j));
      }
    }
    return hash;
  }
}
