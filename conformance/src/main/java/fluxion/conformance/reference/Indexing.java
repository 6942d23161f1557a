package fluxion.conformance.reference;

import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.engine.spi.ScatterMode;
import java.util.Arrays;

/**
 * Elements read and written by indices that are elements themselves.
 *
 * <p>All indices are checked, and all elements read, before anything is written: what is written
 * may lie where an input does.
 */
final class Indexing {
  private Indexing() {}

  /** Picks along a dimension; see {@link fluxion.engine.spi.Backend#gather}. */
  static void gather(Window input, int dim, Window index, Window output) {
    check(index, dim, input.size(dim));
    long[] picked = new long[index.numel()];
    int next = 0;
    for (Walk at = new Walk(index.sizes()); at.isInside(); at.next()) {
      picked[next++] = input.get(moved(at.index(), dim, index.get(at.index())));
    }
    output.fill(picked);
  }

  /** Picks by tuples; see {@link fluxion.engine.spi.Backend#indexedGather}. */
  static void gather(Window input, Window[] indices, Window output) {
    for (int d = 0; d < indices.length; d++) {
      check(indices[d], d, input.size(d));
    }
    long[] picked = new long[output.numel()];
    int next = 0;
    for (Walk at = new Walk(output.sizes()); at.isInside(); at.next()) {
      picked[next++] = input.get(tuple(at.index(), indices, input.dims()));
    }
    output.fill(picked);
  }

  /** Writes along a dimension; see {@link fluxion.engine.spi.Backend#scatter}. */
  static void scatter(ScatterMode mode, Window target, int dim, Window index, Window source) {
    check(index, dim, target.size(dim));
    long[] values = source.toArray();
    long[] places = index.toArray();
    int next = 0;
    for (Walk at = new Walk(index.sizes()); at.isInside(); at.next()) {
      put(mode, target, moved(at.index(), dim, places[next]), values[next]);
      next++;
    }
  }

  /** Writes by tuples; see {@link fluxion.engine.spi.Backend#indexedScatter}. */
  static void scatter(ScatterMode mode, Window target, Window[] indices, Window source) {
    for (int d = 0; d < indices.length; d++) {
      check(indices[d], d, target.size(d));
    }
    long[] values = source.toArray();
    long[][] places = new long[values.length][];
    int next = 0;
    for (Walk at = new Walk(source.sizes()); at.isInside(); at.next()) {
      places[next++] = tuple(at.index(), indices, target.dims());
    }
    for (int i = 0; i < values.length; i++) {
      put(mode, target, places[i], values[i]);
    }
  }

  /** Writes the positions of true elements; see {@link fluxion.engine.spi.Backend#compact}. */
  static long compact(Window mask, Window indices) {
    long position = 0;
    long found = 0;
    for (long value : mask.toArray()) {
      if (value != 0) {
        indices.set(new long[] {found++}, position);
      }
      position++;
    }
    return found;
  }

  private static void put(ScatterMode mode, Window target, long[] place, long value) {
    DType dtype = target.dtype();
    long there = target.get(place);
    target.set(
        place,
        switch (mode) {
          case SET -> value;
          case ADD -> Arithmetic.add(dtype, there, value);
          case MUL -> Arithmetic.multiply(dtype, there, value);
          case MIN -> Arithmetic.min(dtype, there, value);
          case MAX -> Arithmetic.max(dtype, there, value);
        });
  }

  /** {@return an index with one of its parts changed} */
  private static long[] moved(long[] index, int dim, long to) {
    long[] changed = index.clone();
    changed[dim] = to;
    return changed;
  }

  /**
   * {@return the index of which the first parts are looked up}
   *
   * @param at an index of the gathered shape: where to look, then the other parts
   */
  private static long[] tuple(long[] at, Window[] indices, int dims) {
    int looked = indices.length == 0 ? 0 : indices[0].dims();
    long[] where = Arrays.copyOf(at, looked);
    long[] index = new long[dims];
    for (int d = 0; d < dims; d++) {
      index[d] = d < indices.length ? indices[d].get(where) : at[looked + d - indices.length];
    }
    return index;
  }

  private static void check(Window index, int dim, long size) {
    for (long i : index.toArray()) {
      if (i < 0 || i >= size) {
        throw new IndexException(
            "index " + i + " is out of bounds for dimension " + dim + " with size " + size);
      }
    }
  }
}
