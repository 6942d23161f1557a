package fluxion.backend.cpu;

import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.ScatterMode;

/**
 * Writes elements by index, one after another in the row-major order of the index. All indices are
 * checked before anything is written.
 */
final class Scatter {
  private final ScatterMode mode;
  private final Operand target;
  private final Elements elements;

  private Scatter(ScatterMode mode, Operand target) {
    this.mode = mode;
    this.target = target;
    this.elements = CpuBuffer.elements(target);
  }

  /** Writes along one dimension; see {@link fluxion.engine.spi.Backend#scatter}. */
  static void along(ScatterMode mode, Operand target, int dim, Operand index, Operand source) {
    Indices.check(index, dim, Dims.size(target, dim));
    Places places = Places.along(target, dim, Copier.apart(index, target));
    new Scatter(mode, target).elements(places, Copier.apart(source, target));
  }

  /** Writes by tuples; see {@link fluxion.engine.spi.Backend#indexedScatter}. */
  static void tuples(ScatterMode mode, Operand target, Operand[] indices, Operand source) {
    Operand[] separate = new Operand[indices.length];
    for (int d = 0; d < indices.length; d++) {
      Indices.check(indices[d], d, target.shape().size(d));
      separate[d] = Copier.apart(indices[d], target);
    }
    Scatter scatter = new Scatter(mode, target);
    Operand values = Copier.apart(source, target);
    int[] rest = Dims.from(target, indices.length);
    if (indices.length == 0) {
      scatter.row(new ElementStream(target), new ElementStream(values), target.numel());
      return;
    }
    Places places = Places.tuples(target, separate);
    if (Dims.numel(target, rest) == 1) {
      scatter.elements(places, values);
    } else {
      scatter.rows(rest, places, indices[0].numel(), values);
    }
  }

  private void elements(Places places, Operand source) {
    long left = source.numel();
    Values block = Values.of(source.dtype(), (int) Math.min(left, Values.BLOCK));
    Values there = Values.of(target.dtype(), 1);
    ElementStream in = new ElementStream(source);
    while (left > 0) {
      int n = (int) Math.min(left, Values.BLOCK);
      in.read(block, 0, n);
      int[] at = places.next(n);
      for (int i = 0; i < n; i++) {
        if (mode == ScatterMode.SET) {
          block.store(elements, at[i], 0, i, 1);
        } else {
          there.load(elements, at[i], 0, 0, 1);
          there.combine(kind(), 0, block, i, 1);
          there.store(elements, at[i], 0, 0, 1);
        }
      }
      left -= n;
    }
  }

  private void rows(int[] rest, Places places, long tuples, Operand source) {
    long row = Dims.numel(target, rest);
    ElementStream in = new ElementStream(source);
    ElementStream out = new ElementStream(target, rest);
    long left = row == 0 ? 0 : tuples;
    while (left > 0) {
      int n = (int) Math.min(left, Values.BLOCK);
      int[] starts = places.next(n);
      for (int i = 0; i < n; i++) {
        out.restart(starts[i]);
        row(out, in, row);
      }
      left -= n;
    }
  }

  /** Writes or combines the next elements of one stream into the next of the target's. */
  private void row(ElementStream out, ElementStream in, long count) {
    Values block = Values.of(target.dtype(), (int) Math.min(count, Values.BLOCK));
    Values there = Values.of(target.dtype(), block.length());
    long done = 0;
    while (done < count) {
      int n = (int) Math.min(count - done, Values.BLOCK);
      in.read(block, 0, n);
      if (mode == ScatterMode.SET) {
        out.write(block, 0, n);
      } else {
        out.read(there, 0, n);
        there.combine(kind(), 0, block, 0, n);
        out.seek(done);
        out.write(there, 0, n);
      }
      done += n;
    }
  }

  private Reduction.Kind kind() {
    return switch (mode) {
      case ADD -> Reduction.Kind.SUM;
      case MUL -> Reduction.Kind.PROD;
      case MIN -> Reduction.Kind.MIN;
      case MAX -> Reduction.Kind.MAX;
      case SET -> throw new IllegalStateException("a set value meets none");
    };
  }
}
