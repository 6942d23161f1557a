package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.engine.spi.Operand;
import org.jspecify.annotations.Nullable;

/** Finds the first extreme element of each line; a NaN is more extreme than every number. */
final class ArgReducer {
  private final boolean max;
  private double bestDouble;
  private long bestLong;
  private long place;

  private ArgReducer(boolean max) {
    this.max = max;
  }

  /** Searches all lines; see {@link fluxion.engine.spi.Backend#argReduce}. */
  static void run(boolean max, Operand input, int dim, @Nullable Operand values, Operand indices) {
    if (indices.numel() == 0) {
      return;
    }
    ArgReducer reducer = new ArgReducer(max);
    Lines in = new Lines(input, dim);
    Values block = Values.of(input.dtype(), Math.min(in.length(), Values.BLOCK));
    Lines extremes = values == null ? null : new Lines(values, dim);
    Values extreme = Values.of(input.dtype(), 1);
    Lines places = new Lines(indices, dim);
    LongValues place = new LongValues(DType.INT64, new long[1]);
    long lines = Lines.count(input, dim);
    for (long i = 0; i < lines; i++) {
      in.next();
      reducer.line(in, block);
      places.next();
      place.registers()[0] = reducer.place;
      places.write(place, 0, 1, 1);
      if (extremes != null) {
        extremes.next();
        reducer.note(extreme);
        extremes.write(extreme, 0, 1, 1);
      }
    }
  }

  private void line(Lines in, Values block) {
    int length = in.length();
    for (int done = 0; done < length; done += Values.BLOCK) {
      int n = Math.min(length - done, Values.BLOCK);
      in.read(block, done, 1, n);
      if (block instanceof DoubleValues doubles) {
        search(doubles.registers(), n, done);
      } else if (block instanceof LongValues longs) {
        search(longs.registers(), n, done);
      }
    }
  }

  private void search(double[] x, int n, int done) {
    double best = done == 0 ? x[0] : bestDouble;
    long at = done == 0 ? 0 : place;
    for (int i = 0; i < n && !Double.isNaN(best); i++) {
      double value = x[i];
      if (Double.isNaN(value) || (max ? value > best : value < best)) {
        best = value;
        at = (long) done + i;
      }
    }
    bestDouble = best;
    place = at;
  }

  private void search(long[] x, int n, int done) {
    long best = done == 0 ? x[0] : bestLong;
    long at = done == 0 ? 0 : place;
    for (int i = 0; i < n; i++) {
      long value = x[i];
      if (max ? value > best : value < best) {
        best = value;
        at = (long) done + i;
      }
    }
    bestLong = best;
    place = at;
  }

  private void note(Values extreme) {
    if (extreme instanceof DoubleValues doubles) {
      doubles.registers()[0] = bestDouble;
    } else if (extreme instanceof LongValues longs) {
      longs.registers()[0] = bestLong;
    }
  }
}
