package fluxion.backend.cpu.gemm;

import fluxion.backend.cpu.workers.Warmup;

/** The loops of double64. */
final class DoubleArithmetic implements Arithmetic {
  static final DoubleArithmetic INSTANCE = new DoubleArithmetic();

  private final Warmup warmup = new Warmup(DoubleTrial::run);

  private DoubleArithmetic() {}

  @Override
  public boolean hasFastVectors() {
    return warmup.isDone();
  }

  @Override
  public Object allocate(int length) {
    return new double[length];
  }

  @Override
  public Object panels(int length) {
    return DoublePanels.array(length);
  }

  @Override
  public Tile tile() {
    return Tiles.DOUBLE;
  }

  @Override
  public Tile plainTile() {
    return DoublePlainTile.INSTANCE;
  }

  @Override
  public void chains(Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    DoubleChains.multiply(a, b, c, m, k, n);
  }

  @Override
  public void plain(Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    DoublePlain.multiply(a, b, c, m, k, n);
  }

  @Override
  public void rows(Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    DoubleRows.multiply(a, b, c, m, k, n);
  }

  @Override
  public void add(Matrix c, Matrix rest, int m, int n) {
    double[] sums = (double[]) c.array();
    double[] summands = (double[]) rest.array();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        sums[c.at(i, j)] += summands[rest.at(i, j)];
      }
    }
  }
}
