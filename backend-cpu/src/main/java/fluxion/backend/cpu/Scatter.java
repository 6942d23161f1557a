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
    if (mode == ScatterMode.ADD && LineScatter.add(target, dim, index, source)) {
      return;
    }
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
    int most = (int) Math.min(left, Values.BLOCK);
    Elements block = Elements.allocate(source.dtype(), most);
    int[] from = new int[most];
    ElementStream in = new ElementStream(source);
    while (left > 0) {
      int n = (int) Math.min(left, Values.BLOCK);
      in.positions(from, n);
      Moves.pick(in.elements().array(), from, block.array(), 0, 1, n);
      int[] at = places.next(n);
      if (mode == ScatterMode.SET) {
        Moves.put(block.array(), 0, 1, elements.array(), at, n);
      } else {
        combine(block, at, n);
      }
      left -= n;
    }
  }

  private void combine(Elements block, int[] at, int n) {
    if (mode == ScatterMode.ADD && elements.array() instanceof float[] y) {
      float[] x = (float[]) block.array();
      for (int i = 0; i < n; i++) {
        y[at[i]] += x[i];
      }
      return;
    }
    if (mode == ScatterMode.ADD && elements.array() instanceof double[] y) {
      double[] x = (double[]) block.array();
      for (int i = 0; i < n; i++) {
        y[at[i]] += x[i];
      }
      return;
    }
    Values there = Values.of(target.dtype(), 1);
    Values value = Values.of(target.dtype(), 1);
    for (int i = 0; i < n; i++) {
      there.load(elements, at[i], 0, 0, 1);
      value.load(block, i, 0, 0, 1);
      there.combine(kind(), 0, value, 0, 1);
      there.store(elements, at[i], 0, 0, 1);
    }
  }

  private void rows(int[] rest, Places places, long tuples, Operand source) {
    long row = Dims.numel(target, rest);
    ElementStream in = new ElementStream(source);
    ElementStream out = new ElementStream(target, rest);
    boolean plain = plain(rest, source);
    int at = (int) source.offset();
    long left = row == 0 ? 0 : tuples;
    while (left > 0) {
      int n = (int) Math.min(left, Values.BLOCK);
      int[] starts = places.next(n);
      for (int i = 0; i < n; i++) {
        if (plain) {
          plainRow(in.elements().array(), at, starts[i], (int) row);
          at += (int) row;
        } else {
          out.restart(starts[i]);
          row(out, in, row);
        }
      }
      left -= n;
    }
  }

  /** {@return whether rows are runs of memory that one loop can write} */
  private boolean plain(int[] rest, Operand source) {
    Object array = elements.array();
    boolean hasLoop =
        mode == ScatterMode.SET
            || (mode == ScatterMode.ADD && (array instanceof float[] || array instanceof double[]));
    return hasLoop && source.isContiguous() && Dims.contiguous(target, rest);
  }

  private void plainRow(Object source, int from, int to, int n) {
    if (mode == ScatterMode.SET) {
      System.arraycopy(source, from, elements.array(), to, n);
    } else if (elements.array() instanceof float[] y) {
      float[] x = (float[]) source;
      for (int i = 0; i < n; i++) {
        y[to + i] += x[from + i];
      }
    } else if (elements.array() instanceof double[] y) {
      double[] x = (double[]) source;
      for (int i = 0; i < n; i++) {
        y[to + i] += x[from + i];
      }
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
