package fluxion.backend.cpu.gemm;

import fluxion.backend.cpu.workers.Warmup;

/** The loops of float32. */
final class FloatArithmetic implements Arithmetic {
  static final FloatArithmetic INSTANCE = new FloatArithmetic();

  private final Warmup warmup = new Warmup(FloatTrial::run);

  private FloatArithmetic() {}

  @Override
  public boolean hasFastVectors() {
    return warmup.isDone();
  }

  @Override
  public Object allocate(int length) {
    return new float[length];
  }

  @Override
  public Object panels(int length) {
    return FloatPanels.array(length);
  }

  @Override
  public Tile tile() {
    return Tiles.FLOAT;
  }

  @Override
  public Tile plainTile() {
    return FloatPlainTile.INSTANCE;
  }

  @Override
  public void chains(Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    FloatChains.multiply(a, b, c, m, k, n);
  }

  @Override
  public void plain(Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    FloatPlain.multiply(a, b, c, m, k, n);
  }

  @Override
  public void rows(Matrix a, Matrix b, Matrix c, int m, int k, int n) {
    FloatRows.multiply(a, b, c, m, k, n);
  }

  @Override
  public void add(Matrix c, Matrix rest, int m, int n) {
    float[] sums = (float[]) c.array();
    float[] summands = (float[]) rest.array();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        sums[c.at(i, j)] += summands[rest.at(i, j)];
      }
    }
  }
}
