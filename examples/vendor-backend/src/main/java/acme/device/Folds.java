package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.*;
import fluxion.engine.spi.Reduction.Kind;
import java.util.stream.IntStream;

/** Reductions and scans: what combines elements with one another. */
interface Folds extends Pointwise {
  /** A reduction whose maps have become programs. */
  record AcmeReduction(Reduction reduction, AcmeKernel before, AcmeKernel after)
      implements CompiledReduction {}

  @Override
  default AcmeReduction compile(Reduction reduction) {
    return new AcmeReduction(reduction, compile(reduction.before()), compile(reduction.after()));
  }

  /** Three steps with memory in between: the elements are mapped, folded, the results mapped. */
  @Override
  default void reduce(
      CompiledReduction compiled,
      Operand[] inputs,
      boolean[] reduced,
      Operand output,
      Scalar[] scalars) {
    if (!(compiled instanceof AcmeReduction reduction)) {
      throw new DeviceException("expected a reduction of 'acme', found a " + compiled.getClass());
    }
    Kind kind = reduction.reduction.kind();
    DType accumulator = reduction.reduction.accumulator();
    Operand mapped = Cursor.temporary(accumulator, inputs[0].shape());
    launch(reduction.before, new Operand[] {mapped}, inputs, scalars);
    // with the kept dimensions first, the elements of one result follow one another
    IntStream kept = IntStream.range(0, reduced.length).filter(d -> !reduced[d]);
    IntStream folded = IntStream.range(0, reduced.length).filter(d -> reduced[d]);
    int[] order = IntStream.concat(kept, folded).toArray();
    Cursor elements = new Cursor(mapped.layout().permute(order).operand(mapped.buffer()));
    AcmeBuffer results = new AcmeBuffer(accumulator, output.numel());
    AcmeBuffer block = new AcmeBuffer(accumulator, 1);
    long each = mapped.numel() / Math.max(1, output.numel());
    for (int i = 0; i < output.numel(); i++) {
      neutral(kind, results, i);
      for (long left = each; left > 0; left -= BLOCK) { // the error grows with n/256, not with n
        neutral(kind, block, 0);
        for (long k = Math.min(left, BLOCK); k > 0; k--) {
          combine(kind, block, 0, elements.buffer, elements.next());
        }
        combine(kind, results, i, block, 0);
      }
    }
    Operand result = Layout.contiguous(output.shape()).operand(results);
    launch(reduction.after, new Operand[] {output}, new Operand[] {result}, scalars);
  }

  @Override
  default void argReduce(boolean max, Operand input, int dim, Operand values, Operand indices) {
    int n = Cursor.length(input, dim);
    Cursor from = Cursor.lines(input, dim);
    Cursor places = Cursor.lines(indices, dim);
    Operand kept = values == null ? Cursor.temporary(input.dtype(), indices.shape()) : values;
    Cursor extremes = Cursor.lines(kept, dim);
    for (long left = input.numel(); left > 0; left -= n) {
      int[] line = from.next(n);
      int best = 0;
      for (int i = 1; i < n; i++) {
        best = compare(max, from.buffer, line[i], line[best]) > 0 ? i : best;
      }
      places.buffer.setLong(places.next(), best);
      extremes.buffer.set(extremes.next(), from.buffer, line[best]);
    }
  }

  @Override
  default void scan(
      ScanKind scan, Operand input, int dim, boolean reversed, Operand output, Operand indices) {
    Kind kind = Kind.valueOf(scan.name());
    int n = Cursor.length(input, dim);
    Cursor from = Cursor.lines(Cursor.copy(input, output.dtype()), dim);
    Cursor to = Cursor.lines(output, dim);
    Operand kept = indices == null ? Cursor.temporary(DType.INT64, input.shape()) : indices;
    Cursor places = Cursor.lines(kept, dim);
    AcmeBuffer running = new AcmeBuffer(output.dtype(), 1);
    for (long left = input.numel(); left > 0; left -= n) {
      int[] line = from.next(n);
      int[] target = to.next(n);
      int[] place = places.next(n);
      int best = reversed ? n - 1 : 0;
      neutral(kind, running, 0);
      for (int k = 0; k < n; k++) {
        int i = reversed ? n - 1 - k : k;
        if (kind == Kind.SUM || kind == Kind.PROD) {
          combine(kind, running, 0, from.buffer, line[i]);
        } else if (compare(kind == Kind.MAX, from.buffer, line[i], line[best]) >= 0) {
          best = i; // of equal ones the last
          running.set(0, from.buffer, line[i]);
        }
        to.buffer.set(target[i], running, 0);
        places.buffer.setLong(place[i], best);
      }
    }
  }

  /** Compares two elements; the more extreme one is larger, and NaN, whatever is sought. */
  private static int compare(boolean max, AcmeBuffer buffer, int i, int j) {
    int order = buffer.compare(i, j);
    return max || buffer.isNaN(i) || buffer.isNaN(j) ? order : -order;
  }

  /** Combines an element into another, in their dtype; of truth values min is "and", max "or". */
  static void combine(Kind kind, AcmeBuffer to, int i, AcmeBuffer from, int j) {
    if (to.dtype().isFloatingPoint()) {
      to.setDouble(i, combined(kind, to.getDouble(i), from.getDouble(j)));
    } else {
      to.setLong(i, combined(kind, to.getLong(i), from.getLong(j)));
    }
  }

  /** Of float32 values, rounded once more to float32, it has the bits of float32's operation. */
  private static double combined(Kind kind, double a, double b) {
    return switch (kind) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN, ALL -> Math.min(a, b);
      case MAX, ANY -> Math.max(a, b);
    };
  }

  private static long combined(Kind kind, long a, long b) {
    return switch (kind) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN, ALL -> Math.min(a, b);
      case MAX, ANY -> Math.max(a, b);
    };
  }

  /** Sets an element to what changes nothing that it is combined with. */
  private static void neutral(Kind kind, AcmeBuffer to, int i) {
    switch (kind) {
      case SUM, ANY -> to.setLong(i, 0);
      case PROD, ALL -> to.setLong(i, 1);
      case MIN -> to.setDouble(i, Double.POSITIVE_INFINITY); // cast to int64, the largest
      case MAX -> to.setDouble(i, to.dtype() == DType.BOOL ? 0 : Double.NEGATIVE_INFINITY);
    }
  }
}
