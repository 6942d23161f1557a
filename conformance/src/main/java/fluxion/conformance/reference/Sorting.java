package fluxion.conformance.reference;

import fluxion.api.DType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stable sorting by {@link List#sort}, which is stable. */
final class Sorting {
  private Sorting() {}

  /** Sorts each line; see {@link fluxion.engine.spi.Backend#sort}. */
  static void sort(Window input, int dim, boolean descending, Window values, Window indices) {
    DType dtype = input.dtype();
    for (Walk line = new Walk(input.sizesWith(dim, 1)); line.isInside(); line.next()) {
      long[] at = line.index();
      long[] elements = new long[(int) input.size(dim)];
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < elements.length; i++) {
        at[dim] = i;
        elements[i] = input.get(at);
        order.add(i);
      }
      Comparator<Integer> ascending = (i, j) -> Arithmetic.compare(dtype, elements[i], elements[j]);
      order.sort(descending ? (i, j) -> ascending.compare(j, i) : ascending);
      for (int i = 0; i < elements.length; i++) {
        at[dim] = i;
        values.set(at, elements[order.get(i)]);
        indices.set(at, order.get(i));
      }
      at[dim] = 0;
    }
  }
}
