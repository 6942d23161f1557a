package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.ScanKind;
import org.jspecify.annotations.Nullable;

/**
 * Running sums, products, maxima and minima, each line in order and each step rounded to the
 * output's dtype.
 *
 * <p>As in PyTorch a sum starts from 0 and a product from 1, so that the running sum of −0 is 0.
 */
final class Scanner {
  /** From how many elements on threads share the lines. */
  private static final long PARALLEL = 1 << 14;

  private final ScanKind kind;
  private final Elements in;
  private final Elements out;
  private final DType dtype;
  private final long @Nullable [] places;

  private Scanner(ScanKind kind, Elements in, Elements out, long @Nullable [] places) {
    this.kind = kind;
    this.in = in;
    this.out = out;
    this.dtype = out.dtype();
    this.places = places;
  }

  /** Scans all lines; see {@link fluxion.engine.spi.Backend#scan}. */
  static void run(
      ScanKind kind,
      Operand input,
      int dim,
      boolean reversed,
      Operand output,
      @Nullable Operand indices) {
    if (input.numel() == 0) {
      return;
    }
    Operand source = input;
    if (input.dtype() != output.dtype()) {
      Copier.copy(input, output);
      source = output;
    }
    Lines lines =
        indices == null ? new Lines(dim, source, output) : new Lines(dim, source, output, indices);
    long[] places = indices == null ? null : (long[]) lines.array(2);
    Scanner scanner = new Scanner(kind, lines.elements(0), lines.elements(1), places);
    lines.share(
        PARALLEL,
        (from, to) -> {
          long i = from;
          while (i < to) {
            int n = scanner.sumsFloats() ? lines.neighbours(i, to) : 1;
            if (n > 1) {
              scanner.sums(lines, i, n, reversed);
            } else {
              scanner.line(lines, i, reversed);
            }
            i += n;
          }
        });
  }

  private void line(Lines lines, long line, boolean reversed) {
    int n = lines.length();
    int first = reversed ? n - 1 : 0;
    int direction = reversed ? -1 : 1;
    int step = lines.step(0);
    int outStep = lines.step(1);
    int from = lines.start(0, line) + first * step;
    int to = lines.start(1, line) + first * outStep;
    if (kind == ScanKind.MAX || kind == ScanKind.MIN) {
      int placeStep = places == null ? 0 : lines.step(2);
      int at = places == null ? 0 : lines.start(2, line) + first * placeStep;
      extremes(n, from, direction * step, to, direction * outStep, at, placeStep, reversed);
    } else if (sumsFloats()) {
      int outward = direction * outStep;
      if (dtype == DType.FLOAT32) {
        sums((float[]) in.array(), (float[]) out.array(), n, from, direction * step, to, outward);
      } else {
        sums((double[]) in.array(), (double[]) out.array(), n, from, direction * step, to, outward);
      }
    } else if (dtype.isFloatingPoint()) {
      floats(n, from, direction * step, to, direction * outStep);
    } else {
      integers(n, from, direction * step, to, direction * outStep);
    }
  }

  private boolean sumsFloats() {
    return kind == ScanKind.SUM && (dtype == DType.FLOAT32 || dtype == DType.FLOAT64);
  }

  /** Sums lines that lie side by side, row by row. */
  private void sums(Lines lines, long line, int columns, boolean reversed) {
    int rows = lines.length();
    float[] floats = new float[dtype == DType.FLOAT32 ? columns : 0];
    double[] doubles = new double[dtype == DType.FLOAT64 ? columns : 0];
    for (int r = 0; r < rows; r++) {
      int row = reversed ? rows - 1 - r : r;
      int from = lines.start(0, line) + row * lines.step(0);
      int to = lines.start(1, line) + row * lines.step(1);
      if (dtype == DType.FLOAT32) {
        float[] x = (float[]) in.array();
        for (int c = 0; c < columns; c++) {
          floats[c] += x[from + c];
        }
        System.arraycopy(floats, 0, out.array(), to, columns);
      } else {
        double[] x = (double[]) in.array();
        for (int c = 0; c < columns; c++) {
          doubles[c] += x[from + c];
        }
        System.arraycopy(doubles, 0, out.array(), to, columns);
      }
    }
  }

  private static void sums(double[] x, double[] y, int n, int from, int step, int to, int outStep) {
    double running = 0;
    for (int i = 0; i < n; i++) {
      running += x[from + i * step];
      y[to + i * outStep] = running;
    }
  }

  private static void sums(float[] x, float[] y, int n, int from, int step, int to, int outStep) {
    float running = 0;
    for (int i = 0; i < n; i++) {
      running += x[from + i * step];
      y[to + i * outStep] = running;
    }
  }

  private void floats(int n, int from, int step, int to, int outStep) {
    double running = kind == ScanKind.PROD ? 1 : 0;
    for (int i = 0; i < n; i++) {
      double value = in.getDouble(from + i * step);
      // an operation on two float32 in float64, rounded once more, has the bits of that in float32
      running =
          DoubleValues.round(dtype, kind == ScanKind.PROD ? running * value : running + value);
      out.setDouble(to + i * outStep, running);
    }
  }

  private void integers(int n, int from, int step, int to, int outStep) {
    long running = kind == ScanKind.PROD ? 1 : 0;
    for (int i = 0; i < n; i++) {
      long value = in.getLong(from + i * step);
      running = LongValues.wrap(dtype, kind == ScanKind.PROD ? running * value : running + value);
      out.setLong(to + i * outStep, running);
    }
  }

  /** Of equal values the last one counts, and a NaN more than every number. */
  private void extremes(
      int n, int from, int step, int to, int outStep, int at, int placeStep, boolean reversed) {
    boolean max = kind == ScanKind.MAX;
    boolean floating = dtype.isFloatingPoint();
    int direction = reversed ? -1 : 1;
    double best = floating ? in.getDouble(from) : 0;
    long bestLong = floating ? 0 : in.getLong(from);
    long place = reversed ? n - 1 : 0;
    for (int i = 0; i < n; i++) {
      if (floating) {
        double value = in.getDouble(from + i * step);
        if (Double.isNaN(value) || (max ? value >= best : value <= best)) {
          best = value;
          place = reversed ? n - 1 - i : i;
        }
        out.setDouble(to + i * outStep, best);
      } else {
        long value = in.getLong(from + i * step);
        if (max ? value >= bestLong : value <= bestLong) {
          bestLong = value;
          place = reversed ? n - 1 - i : i;
        }
        out.setLong(to + i * outStep, bestLong);
      }
      if (places != null) {
        places[at + direction * i * placeStep] = place;
      }
    }
  }
}
