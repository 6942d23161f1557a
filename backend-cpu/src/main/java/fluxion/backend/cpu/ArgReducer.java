package fluxion.backend.cpu;

import fluxion.engine.spi.Operand;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the first extreme element of each line; a NaN is more extreme than every number. */
final class ArgReducer {
  /** From how many elements on threads share the lines. */
  private static final long PARALLEL = 1 << 15;

  private ArgReducer() {}

  /** Searches all lines; see {@link fluxion.engine.spi.Backend#argReduce}. */
  static void run(boolean max, Operand input, int dim, @Nullable Operand values, Operand indices) {
    if (indices.numel() == 0) {
      return;
    }
    Lines lines =
        values == null ? new Lines(dim, input, indices) : new Lines(dim, input, indices, values);
    long[] places = (long[]) lines.array(1);
    lines.share(
        PARALLEL,
        (from, to) -> {
          long i = from;
          while (i < to) {
            int n = lines.array(0) instanceof float[] ? lines.neighbours(i, to) : 1;
            if (n > 1) {
              columns(max, lines, i, n, places);
            } else {
              int start = lines.start(0, i);
              places[lines.start(1, i)] =
                  place(max, lines.elements(0), start, lines.step(0), lines.length());
            }
            for (long line = i; line < i + n && values != null; line++) {
              int place = (int) places[lines.start(1, line)];
              int at = lines.start(0, line) + place * lines.step(0);
              Moves.copy(lines.array(0), at, 0, lines.array(2), lines.start(2, line), 0, 1);
            }
            i += n;
          }
        });
  }

  /** Searches lines of floats that lie side by side, row by row. */
  private static void columns(boolean max, Lines lines, long line, int columns, long[] places) {
    float[] x = (float[]) lines.array(0);
    int start = lines.start(0, line);
    int to = lines.start(1, line);
    float[] best = Arrays.copyOfRange(x, start, start + columns);
    Arrays.fill(places, to, to + columns, 0);
    for (int row = 1; row < lines.length(); row++) {
      int from = start + row * lines.step(0);
      for (int c = 0; c < columns; c++) {
        float value = x[from + c];
        if (!(max ? value <= best[c] : value >= best[c]) && !Float.isNaN(best[c])) {
          best[c] = value;
          places[to + c] = row;
        }
      }
    }
  }

  private static int place(boolean max, Elements x, int from, int step, int n) {
    if (x.array() instanceof float[] floats) {
      return place(max, floats, from, step, n);
    }
    if (x.dtype().isFloatingPoint()) {
      double best = x.getDouble(from);
      int place = 0;
      for (int i = 1; i < n && !Double.isNaN(best); i++) {
        double value = x.getDouble(from + i * step);
        if (Double.isNaN(value) || (max ? value > best : value < best)) {
          best = value;
          place = i;
        }
      }
      return place;
    }
    long best = x.getLong(from);
    int place = 0;
    for (int i = 1; i < n; i++) {
      long value = x.getLong(from + i * step);
      if (max ? value > best : value < best) {
        best = value;
        place = i;
      }
    }
    return place;
  }

  /** Searches floats: a comparison that is not true tells both a better value and a NaN. */
  private static int place(boolean max, float[] x, int from, int step, int n) {
    float best = x[from];
    int place = 0;
    for (int i = 1; i < n && !Float.isNaN(best); i++) {
      float value = x[from + i * step];
      if (!(max ? value <= best : value >= best)) {
        best = value;
        place = i;
      }
    }
    return place;
  }
}
