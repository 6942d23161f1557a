package fluxion.backend.cpu.lines;

import static fluxion.backend.cpu.lines.FloatLine.LANES;

import java.util.Arrays;

/** Element by element. */
final class PlainScores extends ScoreLoops {
  private final float[] lanes = new float[LANES];

  @Override
  public void exponentials(
      float[] x, int from, int step, int rows, int n, float[] maxima, float[] sums, int at) {
    for (int row = 0; row < rows; row++) {
      int start = from + row * step;
      float max = maxima[at + row];
      for (int i = start; i < start + n; i++) {
        max = x[i] > max ? x[i] : max;
      }
      Arrays.fill(lanes, 0);
      for (int i = 0; i < n; i++) {
        float e = FloatLine.exponential(x[start + i] - max);
        x[start + i] = e;
        lanes[i % LANES] += e;
      }
      float sum = 0;
      for (float lane : lanes) {
        sum += lane;
      }
      maxima[at + row] = max;
      sums[row] = Float.isNaN(sum) ? Float.NaN : sum;
    }
  }

  @Override
  public void mask(float[] x, int at, int n, int mask, boolean replaces) {
    for (int i = 0; i < n; i++) {
      float summand = x[mask + i];
      if (!replaces) {
        x[at + i] += summand;
      } else if (summand == Float.NEGATIVE_INFINITY) {
        x[at + i] = summand;
      }
    }
  }

  @Override
  public void gradients(float[] x, int at, int gradients, int n, int lse, int dots) {
    for (int i = 0; i < n; i++) {
      float p = FloatLine.exponential(x[at + i] - x[lse + i]);
      x[at + i] = p;
      x[gradients + i] = (x[gradients + i] - x[dots + i]) * p;
    }
  }
}
