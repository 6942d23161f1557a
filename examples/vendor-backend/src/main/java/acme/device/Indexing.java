package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.*;
import fluxion.engine.spi.Reduction.Kind;
import java.util.Arrays;
import java.util.Comparator;

/** Gathers and scatters at places that are found, and checked, first; sorting; compaction. */
interface Indexing extends Backend {
  @Override
  default void gather(Operand input, int dim, Operand index, Operand output) {
    gather(input, places(input, dim, index), output);
  }

  @Override
  default void indexedGather(Operand input, Operand[] indices, Operand output) {
    gather(input, places(input, indices, output.shape()), output);
  }

  @Override
  default void scatter(ScatterMode mode, Operand target, int dim, Operand index, Operand source) {
    scatter(mode, target, places(target, dim, index), source);
  }

  @Override
  default void indexedScatter(ScatterMode mode, Operand target, Operand[] indices, Operand source) {
    scatter(mode, target, places(target, indices, source.shape()), source);
  }

  /** Picks the elements at some places: all are read before any is written. */
  private void gather(Operand input, int[] places, Operand output) {
    AcmeBuffer from = AcmeBuffer.of(input.buffer());
    AcmeBuffer picked = new AcmeBuffer(output.dtype(), places.length);
    for (int i = 0; i < places.length; i++) {
      picked.set(i, from, places[i]);
    }
    copy(Layout.contiguous(output.shape()).operand(picked), output);
  }

  /** Writes to some places, one after another: all values are read before any is written. */
  private static void scatter(ScatterMode mode, Operand target, int[] places, Operand source) {
    AcmeBuffer from = AcmeBuffer.of(Cursor.copy(source, source.dtype()).buffer());
    AcmeBuffer to = AcmeBuffer.of(target.buffer());
    for (int i = 0; i < places.length; i++) {
      switch (mode) {
        case SET -> to.set(places[i], from, i);
        case ADD -> Folds.combine(Kind.SUM, to, places[i], from, i);
        case MUL -> Folds.combine(Kind.PROD, to, places[i], from, i);
        case MIN, MAX -> Folds.combine(Kind.valueOf(mode.name()), to, places[i], from, i);
      }
    }
  }

  /** Where {@code indexed[i][index[i][j]]} lies, for dimension 1, in the index's order. */
  private static int[] places(Operand indexed, int dim, Operand index) {
    long[] strides = indexed.strides();
    if (strides.length > 0) {
      strides[dim] = 0;
    }
    return places(indexed, index.shape(), strides, dim, index);
  }

  /** Where {@code indexed[a[i]][b[i]]…[j]} lies, for all i and j: a shape (…i, …j). */
  private static int[] places(Operand indexed, Operand[] indices, Shape shape) {
    long[] strides = new long[shape.dim()];
    int rest = indexed.shape().dim() - indices.length;
    System.arraycopy(indexed.strides(), indices.length, strides, strides.length - rest, rest);
    return places(indexed, shape, strides, 0, indices);
  }

  /** The elements of a window, each moved along some dimensions by its indices. */
  private static int[] places(
      Operand indexed, Shape shape, long[] strides, int firstDim, Operand... indices) {
    int[] places =
        new Cursor(new Operand(indexed.buffer(), shape, strides, indexed.offset()))
            .next((int) shape.numel());
    for (int k = 0; k < indices.length; k++) {
      check(indices[k], firstDim + k, Cursor.length(indexed, firstDim + k));
      // a tuple's index is that of a whole row: it has a stride of 0 in the dimensions of a row
      long[] steps = Arrays.copyOf(indices[k].strides(), strides.length);
      Cursor cursor =
          new Cursor(new Operand(indices[k].buffer(), shape, steps, indices[k].offset()));
      long stride = indexed.shape().dim() == 0 ? 0 : indexed.layout().stride(firstDim + k);
      for (int i = 0; i < places.length; i++) {
        places[i] += (int) (cursor.buffer.getLong(cursor.next()) * stride);
      }
    }
    return places;
  }

  private static void check(Operand index, int dim, int size) {
    Cursor cursor = new Cursor(index);
    for (long left = index.numel(); left > 0; left--) {
      long at = cursor.buffer.getLong(cursor.next());
      if (at < 0 || at >= size) {
        throw new IndexException(
            "index " + at + " is out of bounds for dimension " + dim + " with size " + size);
      }
    }
  }

  /** Java's sort of objects is stable, and so it is in reverse. */
  @Override
  default void sort(Operand input, int dim, boolean descending, Operand values, Operand indices) {
    int n = Cursor.length(input, dim);
    Cursor from = Cursor.lines(Cursor.copy(input, input.dtype()), dim);
    Cursor to = Cursor.lines(values, dim);
    Cursor places = Cursor.lines(indices, dim);
    Integer[] order = new Integer[n];
    for (long left = input.numel(); left > 0; left -= n) {
      int[] line = from.next(n);
      Comparator<Integer> ascending = (i, j) -> from.buffer.compare(line[i], line[j]);
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, descending ? ascending.reversed() : ascending);
      for (int i : order) {
        to.buffer.set(to.next(), from.buffer, line[i]);
        places.buffer.setLong(places.next(), i);
      }
    }
  }

  @Override
  default long compact(Operand mask, Operand indices) {
    Cursor from = new Cursor(mask);
    Cursor to = new Cursor(indices);
    long found = 0;
    for (long i = 0; i < mask.numel(); i++) {
      if (from.buffer.getLong(from.next()) != 0) {
        to.buffer.setLong(to.next(), i);
        found++;
      }
    }
    return found;
  }
}
