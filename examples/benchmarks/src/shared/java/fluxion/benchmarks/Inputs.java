package fluxion.benchmarks;

/** The numbers that every framework computes with. */
public final class Inputs {
  private Inputs() {}

  /**
   * {@return numbers between −1 and 1, the same at every call}
   *
   * @param n how many
   */
  public static float[] floats(int n) {
    float[] values = new float[n];
    long state = 1;
    for (int i = 0; i < n; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      values[i] = (state >> 40) * 0x1p-23f;
    }
    return values;
  }
}
