package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.*;
import fluxion.engine.spi.Reduction.Kind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Gathers and scatters at places that are found, and checked, first; sorting; compaction. */
interface Indexing extends Backend {
  @Override
  default void gather(Operand input, int dim, Operand index, Operand output) {
    gather(picked(input, dim, index), output);
  }

  @Override
  default void indexedGather(Operand input, Operand[] indices, Operand output) {
    gather(picked(input, indices, output.shape()), output);
  }

  @Override
  default void scatter(ScatterMode mode, Operand target, int dim, Operand index, Operand source) {
    scatter(mode, picked(target, dim, index), source);
  }

  @Override
  default void indexedScatter(ScatterMode mode, Operand target, Operand[] indices, Operand source) {
    scatter(mode, picked(target, indices, source.shape()), source);
  }

  /** All elements are read before any is written. */
  private static void gather(Window picked, Operand output) {
    new Window(output).set(0, picked.copy(output.dtype()), 0, picked.size());
  }

  /** The elements are written one after another; all are read before. */
  private static void scatter(ScatterMode mode, Window picked, Operand source) {
    Window from = new Window(source).copy(source.dtype());
    for (int i = 0; i < from.size(); i++) {
      Scalar there = picked.get(i);
      Scalar value =
          switch (mode) {
            case SET -> from.get(i);
            case ADD -> Folds.combine(Kind.SUM, there, from.get(i));
            case MUL -> Folds.combine(Kind.PROD, there, from.get(i));
            case MIN, MAX -> Folds.combine(Kind.valueOf(mode.name()), there, from.get(i));
          };
      picked.set(i, value);
    }
  }

  /** The elements {@code indexed[i][index[i][j]]}, for dimension 1, in the index's order. */
  private static Window picked(Operand indexed, int dim, Operand index) {
    long[] strides = indexed.strides();
    if (strides.length > 0) {
      strides[dim] = 0;
    }
    return picked(indexed, index.shape(), strides, dim, index);
  }

  /** The elements {@code indexed[a[i]][b[i]]…[j]}, for all i and j: a shape (…i, …j). */
  private static Window picked(Operand indexed, Operand[] indices, Shape shape) {
    long[] strides = new long[shape.dim()];
    int rest = indexed.shape().dim() - indices.length;
    System.arraycopy(indexed.strides(), indices.length, strides, strides.length - rest, rest);
    return picked(indexed, shape, strides, 0, indices);
  }

  /** The elements of a window, each moved along some dimensions by its indices. */
  private static Window picked(
      Operand indexed, Shape shape, long[] strides, int firstDim, Operand... indices) {
    int[] places = Window.places(Layout.of(shape, strides, indexed.offset()));
    for (int k = 0; k < indices.length; k++) {
      Window index = new Window(indices[k]);
      int dim = firstDim + k;
      int size = Window.length(indexed, dim);
      long stride = indexed.shape().dim() == 0 ? 0 : indexed.layout().stride(dim);
      int row = places.length / Math.max(1, index.size()); // a tuple's index moves a whole row
      for (int i = 0; i < index.size(); i++) {
        long at = index.get(i).toLong();
        if (at < 0 || at >= size) {
          throw new IndexException(
              "index " + at + " is out of bounds for dimension " + dim + " with size " + size);
        }
        for (int j = i * row; j < (i + 1) * row; j++) {
          places[j] += (int) (at * stride);
        }
      }
    }
    return new Window(indexed.dtype(), AcmeBuffer.array(indexed.buffer()), places);
  }

  /** Java's sort of objects is stable, and so it is in reverse. */
  @Override
  default void sort(Operand input, int dim, boolean descending, Operand values, Operand indices) {
    int n = Window.length(input, dim);
    Window from = Window.lines(input, dim).copy(input.dtype());
    Window to = Window.lines(values, dim);
    Window places = Window.lines(indices, dim);
    Comparator<Integer> order = (i, j) -> from.compare(true, i, j);
    for (int line = 0; line < from.size(); line += n) {
      Integer[] sorted = IntStream.range(line, line + n).boxed().toArray(Integer[]::new);
      Arrays.sort(sorted, descending ? order.reversed() : order);
      for (int k = 0; k < n; k++) {
        to.set(line + k, from.get(sorted[k]));
        places.set(line + k, Scalar.of(sorted[k] - line));
      }
    }
  }

  @Override
  default long compact(Operand mask, Operand indices) {
    Window from = new Window(mask);
    int[] found = IntStream.range(0, from.size()).filter(i -> from.get(i).toBoolean()).toArray();
    Window to = new Window(indices);
    for (int k = 0; k < found.length; k++) {
      to.set(k, Scalar.of(found[k]));
    }
    return found.length;
  }
}
