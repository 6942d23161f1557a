package fluxion.backend.cpu.reduce;

import java.util.Arrays;

/**
 * Dimensions that several windows share, the slowest first. Neighbours that lie in each window as
 * one are one, and dimensions of size 1 are left out.
 */
public final class Axes {
  private final int windows;
  private long[] sizes;
  private int[][] steps;
  private int count;

  /**
   * No dimensions.
   *
   * @param windows how many windows share them
   * @param most the most dimensions that will be added
   */
  public Axes(int windows, int most) {
    this.windows = windows;
    this.sizes = new long[most];
    this.steps = new int[windows][most];
  }

  /**
   * Adds a dimension, faster than those before it.
   *
   * @param size its size
   * @param step its step in each window
   */
  public void add(long size, int... step) {
    if (size == 1) {
      return;
    }
    int before = count - 1;
    boolean joins = count > 0;
    for (int w = 0; w < windows && joins; w++) {
      joins = steps[w][before] == size * step[w];
    }
    int place = joins ? before : count++;
    if (place == sizes.length) {
      sizes = Arrays.copyOf(sizes, place + 1);
      Arrays.setAll(steps, w -> Arrays.copyOf(steps[w], place + 1));
    }
    sizes[place] = joins ? sizes[place] * size : size;
    for (int w = 0; w < windows; w++) {
      steps[w][place] = step[w];
    }
  }

  /** {@return the number of dimensions} */
  public int count() {
    return count;
  }

  /**
   * {@return the size of a dimension}
   *
   * @param axis the dimension
   */
  public long size(int axis) {
    return sizes[axis];
  }

  /**
   * {@return the step of a dimension in a window}
   *
   * @param window the window
   * @param axis the dimension
   */
  public int step(int window, int axis) {
    return steps[window][axis];
  }

  /** {@return the number of positions} */
  public long positions() {
    long product = 1;
    for (int axis = 0; axis < count; axis++) {
      product *= sizes[axis];
    }
    return product;
  }

  /**
   * {@return how far a row-major position lies behind the first one in a window}
   *
   * @param window the window
   * @param position the position
   */
  public int place(int window, long position) {
    int[] step = steps[window];
    long rest = position;
    int place = 0;
    for (int axis = count - 1; axis > 0 && rest != 0; axis--) {
      long outer = rest / sizes[axis];
      place += (int) (rest - outer * sizes[axis]) * step[axis];
      rest = outer;
    }
    return count == 0 ? 0 : place + (int) rest * step[0];
  }

  /** {@return the same dimensions without one} */
  Axes without(int axis) {
    Axes rest = new Axes(windows, Math.max(count - 1, 0));
    int[] step = new int[windows];
    for (int other = 0; other < count; other++) {
      if (other != axis) {
        for (int w = 0; w < windows; w++) {
          step[w] = steps[w][other];
        }
        rest.add(sizes[other], step);
      }
    }
    return rest;
  }

  /**
   * {@return the largest box from a position on: consecutive positions that are a range of one
   * dimension and all of those behind it}
   *
   * @param position where it starts
   * @param most the most positions that it may have, at least 1
   */
  public Box box(long position, long most) {
    long rest = position;
    long inner = 1;
    for (int axis = count - 1; ; axis--) {
      if (axis <= 0) {
        long left = count == 0 ? 1 : sizes[0] - rest;
        return new Box(0, Math.min(left, most / inner), inner);
      }
      long index = rest % sizes[axis];
      long whole = inner * sizes[axis];
      // a further dimension can be taken in only from its start, whole, and if there is room
      if (index != 0 || whole > most) {
        return new Box(axis, Math.min(sizes[axis] - index, most / inner), inner);
      }
      rest /= sizes[axis];
      inner = whole;
    }
  }

  /**
   * Consecutive positions.
   *
   * @param axis the slowest dimension that changes
   * @param size how many of its indices
   * @param inner the positions of the dimensions behind it
   */
  public record Box(int axis, long size, long inner) {
    /** {@return the number of positions} */
    public long positions() {
      return size * inner;
    }
  }
}
