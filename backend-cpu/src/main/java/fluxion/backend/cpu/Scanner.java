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
  private final ScanKind kind;
  private final DType dtype;
  private final long[] places = new long[Values.BLOCK];
  private final LongValues placeValues = new LongValues(DType.INT64, places);
  private double runningDouble;
  private long runningLong;
  private long place;

  private Scanner(ScanKind kind, DType dtype) {
    this.kind = kind;
    this.dtype = dtype;
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
    Scanner scanner = new Scanner(kind, output.dtype());
    Lines in = new Lines(source, dim);
    Lines out = new Lines(output, dim);
    Lines at = indices == null ? null : new Lines(indices, dim);
    long lines = Lines.count(input, dim);
    for (long i = 0; i < lines; i++) {
      in.next();
      out.next();
      if (at != null) {
        at.next();
      }
      scanner.line(in, reversed, out, at);
    }
  }

  private void line(Lines in, boolean reversed, Lines out, @Nullable Lines at) {
    int length = in.length();
    Values block = Values.of(dtype, Math.min(length, Values.BLOCK));
    for (int done = 0; done < length; done += Values.BLOCK) {
      int n = Math.min(length - done, Values.BLOCK);
      int first = reversed ? length - 1 - done : done;
      int step = reversed ? -1 : 1;
      in.read(block, first, step, n);
      if (block instanceof DoubleValues doubles) {
        scan(doubles.registers(), n, first, step, done == 0);
      } else if (block instanceof LongValues longs) {
        scan(longs.registers(), n, first, step, done == 0);
      }
      out.write(block, first, step, n);
      if (at != null) {
        at.write(placeValues, first, step, n);
      }
    }
  }

  private void scan(double[] x, int n, long first, int step, boolean start) {
    double running = start ? (kind == ScanKind.PROD ? 1 : 0) : runningDouble;
    for (int i = 0; i < n; i++) {
      double value = x[i];
      switch (kind) {
        case SUM -> running = DoubleValues.round(dtype, running + value);
        case PROD -> running = DoubleValues.round(dtype, running * value);
        case MAX, MIN -> {
          boolean reached =
              (start && i == 0)
                  || Double.isNaN(value)
                  || (kind == ScanKind.MAX ? value >= running : value <= running);
          if (reached) {
            running = value;
            place = first + (long) i * step;
          }
          places[i] = place;
        }
      }
      x[i] = running;
    }
    runningDouble = running;
  }

  private void scan(long[] x, int n, long first, int step, boolean start) {
    long running = start ? (kind == ScanKind.PROD ? 1 : 0) : runningLong;
    for (int i = 0; i < n; i++) {
      long value = x[i];
      switch (kind) {
        case SUM -> running = LongValues.wrap(dtype, running + value);
        case PROD -> running = LongValues.wrap(dtype, running * value);
        case MAX, MIN -> {
          if ((start && i == 0) || (kind == ScanKind.MAX ? value >= running : value <= running)) {
            running = value;
            place = first + (long) i * step;
          }
          places[i] = place;
        }
      }
      x[i] = running;
    }
    runningLong = running;
  }
}
