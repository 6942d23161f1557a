package fluxion.engine.vmap;

import fluxion.api.Shape;
import fluxion.engine.spi.Layout;
import java.util.Arrays;

/**
 * The levels over which a tensor ranges. The tensor's own layout is that of its first slice; the
 * others lie a stride further each. So a view of one slice is a view of all.
 */
public final class Batch {
  private final Level[] levels;
  private final long[] strides;
  private final boolean shared;

  /**
   * Makes a batch.
   *
   * @param levels the levels, outer ones first
   * @param strides how far apart slices lie, in elements, one a level
   * @param shared whether the memory may be that of a tensor outside the function
   */
  Batch(Level[] levels, long[] strides, boolean shared) {
    this.levels = levels;
    this.strides = strides;
    this.shared = shared;
  }

  Level[] levels() {
    return levels;
  }

  /** {@return whether the memory may be that of a tensor outside the function} */
  boolean isShared() {
    return shared;
  }

  private int indexOf(Level level) {
    for (int i = 0; i < levels.length; i++) {
      if (levels[i] == level) {
        return i;
      }
    }
    return -1;
  }

  boolean has(Level level) {
    return indexOf(level) >= 0;
  }

  /** {@return how far apart slices lie, 0 for a level that is not here} */
  long stride(Level level) {
    int at = indexOf(level);
    return at < 0 ? 0 : strides[at];
  }

  /** {@return this batch and one more level} */
  Batch with(Level level, long stride) {
    int at = 0;
    while (at < levels.length && levels[at].order() < level.order()) {
      at++;
    }
    Level[] more = new Level[levels.length + 1];
    long[] moreStrides = new long[more.length];
    for (int to = 0; to < more.length; to++) {
      int from = to < at ? to : to - 1;
      more[to] = to == at ? level : levels[from];
      moreStrides[to] = to == at ? stride : strides[from];
    }
    return new Batch(more, moreStrides, true);
  }

  /** {@return this batch without a level; of no level if it was the last} */
  Batch without(Level level) {
    int at = indexOf(level);
    Level[] fewer = new Level[levels.length - 1];
    long[] fewerStrides = new long[fewer.length];
    for (int to = 0; to < fewer.length; to++) {
      fewer[to] = levels[to < at ? to : to + 1];
      fewerStrides[to] = strides[to < at ? to : to + 1];
    }
    return new Batch(fewer, fewerStrides, shared);
  }

  /** {@return whether all slices are the same memory} */
  public boolean isUniform() {
    return Arrays.stream(strides).allMatch(stride -> stride == 0);
  }

  /**
   * {@return the layout of all slices: a dimension for each level, then those of one slice}
   *
   * @param slice the layout of one slice
   */
  public Layout whole(Layout slice) {
    return whole(slice, levels);
  }

  /** {@return the layout of all slices, with a dimension for each of some levels} */
  Layout whole(Layout slice, Level[] over) {
    int lead = over.length;
    long[] sizes = new long[lead + slice.shape().dim()];
    long[] steps = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i < lead ? over[i].size() : slice.shape().size(i - lead);
      steps[i] = i < lead ? stride(over[i]) : slice.stride(i - lead);
    }
    return Layout.of(Shape.of(sizes), steps, slice.offset());
  }
}
