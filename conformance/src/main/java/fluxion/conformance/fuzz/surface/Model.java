package fluxion.conformance.fuzz.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which elements a tensor shows: sizes, and for each position in row-major order a number. What the
 * calls on tensors make of shapes and indices is written down here once more, as plainly as can be:
 * every element is moved by itself. A call that is refused gives null.
 */
final class Model {
  private final long[] sizes;
  private final int[] elements;

  Model(long[] sizes, int[] elements) {
    this.sizes = sizes;
    this.elements = elements;
  }

  /** The numbers from 0. */
  static Model range(long... sizes) {
    int[] elements = new int[Math.toIntExact(product(sizes))];
    Arrays.setAll(elements, i -> i);
    return new Model(sizes, elements);
  }

  long[] sizes() {
    return sizes.clone();
  }

  int[] elements() {
    return elements.clone();
  }

  int dim() {
    return sizes.length;
  }

  static long product(long... sizes) {
    return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
  }

  /** A dimension counted from the front, or −1 if there is none such. */
  int wrap(long dim, int dims) {
    long n = Math.max(dims, 1);
    return dim < -n || dim >= n ? -1 : (int) (dim < 0 ? dim + n : dim);
  }

  private Model gathered(long[] newSizes, ToIntFunction<long[]> place) {
    int[] moved = new int[Math.toIntExact(product(newSizes))];
    long[] index = new long[newSizes.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = elements[place.applyAsInt(index)];
      for (int d = index.length - 1; d >= 0 && ++index[d] == newSizes[d]; d--) {
        index[d] = 0;
      }
    }
    return new Model(newSizes, moved);
  }

  private int place(long... index) {
    long place = 0;
    for (int d = 0; d < sizes.length; d++) {
      place = place * sizes[d] + index[d];
    }
    return Math.toIntExact(place);
  }

  @Nullable Model select(long dim, long index) {
    int d = wrap(dim, dim());
    if (dim() == 0 || d < 0 || index < -sizes[d] || index >= sizes[d]) {
      return null;
    }
    long at = index < 0 ? index + sizes[d] : index;
    return gathered(without(sizes, d), i -> place(inserted(i, d, at)));
  }

  @Nullable Model slice(long dim, long start, long end, long step) {
    int d = wrap(dim, dim());
    if (dim() == 0 || d < 0 || step < 1) {
      return null;
    }
    long from = clipped(start, sizes[d]);
    long to = Math.max(clipped(end, sizes[d]), from);
    long[] newSizes = sizes.clone();
    newSizes[d] = (to - from) / step + ((to - from) % step == 0 ? 0 : 1);
    return gathered(newSizes, i -> place(replaced(i, d, from + i[d] * step)));
  }

  private static long clipped(long at, long size) {
    long wrapped = at < 0 ? at + size : at;
    return Math.max(0, Math.min(wrapped, size));
  }

  @Nullable Model narrow(long dim, long start, long length) {
    int d = wrap(dim, dim());
    if (dim() == 0 || d < 0 || length < 0 || start < -sizes[d] || start > sizes[d]) {
      return null;
    }
    long from = start < 0 ? start + sizes[d] : start;
    return length > sizes[d] - from ? null : slice(d, from, from + length, 1);
  }

  @Nullable Model transpose(long dim0, long dim1) {
    int a = wrap(dim0, dim());
    int b = wrap(dim1, dim());
    if (a < 0 || b < 0) {
      return null;
    }
    if (dim() == 0) {
      return this;
    }
    int[] order = new int[dim()];
    Arrays.setAll(order, d -> d == a ? b : d == b ? a : d);
    return permuted(order);
  }

  @Nullable Model permute(long... dims) {
    int[] order = new int[dims.length];
    if (dims.length != dim()) {
      return null;
    }
    for (int d = 0; d < order.length; d++) {
      order[d] = wrap(dims[d], dim());
      for (int e = 0; e < d; e++) {
        if (order[e] == order[d]) {
          return null;
        }
      }
      if (order[d] < 0) {
        return null;
      }
    }
    return permuted(order);
  }

  private Model permuted(int... order) {
    long[] newSizes = new long[order.length];
    Arrays.setAll(newSizes, d -> sizes[order[d]]);
    return gathered(
        newSizes,
        i -> {
          long[] old = new long[i.length];
          for (int d = 0; d < i.length; d++) {
            old[order[d]] = i[d];
          }
          return place(old);
        });
  }

  @Nullable Model unsqueeze(long dim) {
    int d = wrap(dim, dim() + 1);
    return d < 0 ? null : new Model(inserted(sizes, d, 1), elements);
  }

  @Nullable Model squeeze(long dim) {
    int d = wrap(dim, dim());
    if (d < 0) {
      return null;
    }
    return dim() > 0 && sizes[d] == 1 ? new Model(without(sizes, d), elements) : this;
  }

  @Nullable Model expand(long... target) {
    int lead = target.length - dim();
    if (lead < 0) {
      return null;
    }
    long[] newSizes = target.clone();
    for (int d = 0; d < target.length; d++) {
      long size = d < lead ? 1 : sizes[d - lead];
      if (target[d] == -1 && d >= lead) {
        newSizes[d] = size;
      } else if (target[d] < 0 || (d >= lead && size != 1 && size != target[d])) {
        return null;
      }
    }
    return gathered(
        newSizes,
        i -> {
          long[] old = new long[dim()];
          Arrays.setAll(old, d -> sizes[d] == 1 ? 0 : i[d + lead]);
          return place(old);
        });
  }

  @Nullable Model reshape(long... target) {
    int open = -1;
    long known = 1;
    for (int d = 0; d < target.length; d++) {
      if (target[d] == -1 && open < 0) {
        open = d;
      } else if (target[d] < 0) {
        return null;
      } else {
        known *= target[d];
      }
    }
    long[] newSizes = target.clone();
    if (open >= 0) {
      if (known == 0 || elements.length % known != 0) {
        return null;
      }
      newSizes[open] = elements.length / known;
    }
    return product(newSizes) == elements.length ? new Model(newSizes, elements) : null;
  }

  @Nullable Model flatten(long startDim, long endDim) {
    int start = wrap(startDim, dim());
    int end = wrap(endDim, dim());
    if (start < 0 || end < 0 || start > end) {
      return null;
    }
    if (dim() == 0) {
      return new Model(new long[] {1}, elements);
    }
    List<Long> newSizes = new ArrayList<>();
    long joined = 1;
    for (int d = 0; d < dim(); d++) {
      joined = d >= start && d <= end ? joined * sizes[d] : joined;
      if (d < start || d > end) {
        newSizes.add(sizes[d]);
      } else if (d == end) {
        newSizes.add(joined);
      }
    }
    return new Model(newSizes.stream().mapToLong(Long::longValue).toArray(), elements);
  }

  /**
   * Elements picked along a dimension: {@code gather}. A number counts as a vector of one, and no
   * indices at all may have any sizes.
   */
  @Nullable Model gather(long dim, Model index) {
    int d = wrap(dim, dim());
    if (d < 0) {
      return null;
    }
    if (index.elements.length == 0) {
      return new Model(index.sizes, index.elements);
    }
    Model from = atLeastOneDim();
    Model picks = index.atLeastOneDim();
    if (picks.dim() != from.dim()) {
      return null;
    }
    for (int e = 0; e < from.dim(); e++) {
      if (e != d && picks.sizes[e] > from.sizes[e]) {
        return null;
      }
    }
    for (int i : picks.elements) {
      if (i < 0 || i >= from.sizes[d]) {
        return null;
      }
    }
    Model picked =
        from.gathered(picks.sizes, i -> from.place(replaced(i, d, picks.elements[picks.place(i)])));
    return new Model(index.sizes, picked.elements);
  }

  private Model atLeastOneDim() {
    return dim() > 0 ? this : new Model(new long[] {1}, elements);
  }

  /** Slices picked along a dimension: {@code index_select}. */
  @Nullable Model indexSelect(long dim, Model index) {
    int d = wrap(dim, dim());
    if (d < 0 || index.dim() > 1) {
      return null;
    }
    long size = dim() == 0 ? 1 : sizes[d];
    for (int i : index.elements) {
      if (i < 0 || i >= size) {
        return null;
      }
    }
    if (dim() == 0) {
      int[] repeated = new int[index.elements.length];
      Arrays.fill(repeated, elements[0]);
      return new Model(repeated.length == 1 ? sizes : new long[] {repeated.length}, repeated);
    }
    long[] newSizes = sizes.clone();
    newSizes[d] = index.elements.length;
    return gathered(newSizes, i -> place(replaced(i, d, index.elements[(int) i[d]])));
  }

  private static long[] without(long[] values, int at) {
    long[] fewer = new long[values.length - 1];
    for (int i = 0; i < fewer.length; i++) {
      fewer[i] = values[i < at ? i : i + 1];
    }
    return fewer;
  }

  private static long[] inserted(long[] values, int at, long value) {
    long[] more = new long[values.length + 1];
    for (int i = 0; i < more.length; i++) {
      more[i] = i == at ? value : values[i < at ? i : i - 1];
    }
    return more;
  }

  private static long[] replaced(long[] values, int at, long value) {
    long[] changed = values.clone();
    changed[at] = value;
    return changed;
  }

  @Override
  public String toString() {
    return Arrays.toString(sizes) + " of " + Arrays.toString(elements);
  }
}
