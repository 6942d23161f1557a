package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.engine.spi.ScatterMode;
import java.util.SplittableRandom;

/** Gathers and scatters, by one loop over the index. */
final class Picks {
  private Picks() {}

  /** Random indices below a bound. */
  static Values indices(SplittableRandom random, long bound, Shape shape) {
    return Values.longs(DType.INT64, shape, i -> random.nextLong(bound));
  }

  /** Where each element of an index along a dimension points to in a shape. */
  static int[] along(Shape shape, int dim, Values index) {
    int[] places = new int[index.size()];
    for (int i = 0; i < places.length; i++) {
      int[] at = Values.indices(index.shape(), i);
      if (at.length > 0) {
        at[dim] = Math.toIntExact(index.whole(i));
      }
      places[i] = Values.position(shape, at);
    }
    return places;
  }

  /** Where the elements that index tuples choose lie in a shape: row after row. */
  static int[] tuples(Shape shape, Values... indices) {
    int row = 1;
    for (int d = indices.length; d < shape.dim(); d++) {
      row *= Math.toIntExact(shape.size(d));
    }
    int count = indices[0].size();
    int[] places = new int[count * row];
    for (int i = 0; i < count; i++) {
      int first = 0;
      for (int d = 0; d < indices.length; d++) {
        first = first * Math.toIntExact(shape.size(d)) + Math.toIntExact(indices[d].whole(i));
      }
      for (int r = 0; r < row; r++) {
        places[i * row + r] = first * row + r;
      }
    }
    return places;
  }

  /** The shape that index tuples choose: theirs, then the other dimensions. */
  static Shape tupleShape(Shape shape, Values... indices) {
    Shape of = indices[0].shape();
    long[] sizes = new long[of.dim() + shape.dim() - indices.length];
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = d < of.dim() ? of.size(d) : shape.size(d - of.dim() + indices.length);
    }
    return Shape.of(sizes);
  }

  /** The elements at some places. */
  static Values gather(Values from, int[] places, Shape shape) {
    Values picked = new Values(from.dtype(), shape);
    for (int i = 0; i < places.length; i++) {
      picked.put(i, from, places[i]);
    }
    return picked;
  }

  /** An array with values put at some places, one after another. */
  static Values scatter(ScatterMode mode, Values target, int[] places, Values source) {
    Values changed = target.copy();
    for (int i = 0; i < places.length; i++) {
      int at = places[i];
      if (mode == ScatterMode.SET) {
        changed.put(at, source, i);
      } else if (changed.isFloating()) {
        changed.setReal(at, combine(mode, changed.real(at), source.real(i)));
      } else {
        changed.setWhole(at, combine(mode, changed.whole(at), source.whole(i)));
      }
    }
    return changed;
  }

  private static double combine(ScatterMode mode, double there, double value) {
    return switch (mode) {
      case SET -> value;
      case ADD -> there + value;
      case MUL -> there * value;
      case MIN -> Math.min(there, value);
      case MAX -> Math.max(there, value);
    };
  }

  private static long combine(ScatterMode mode, long there, long value) {
    return switch (mode) {
      case SET -> value;
      case ADD -> there + value;
      case MUL -> there * value;
      case MIN -> Math.min(there, value);
      case MAX -> Math.max(there, value);
    };
  }
}
