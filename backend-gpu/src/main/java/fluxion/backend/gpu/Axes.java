package fluxion.backend.gpu;

import java.util.Arrays;

/**
 * Dimensions that several operands share, the slowest first. Dimensions of size 1 are left out, and
 * neighbours that lie in each operand as one are one. Kernels take any number of dimensions and
 * have room for a few numbers of them: {@link #padded} says for how many.
 */
final class Axes {
  private static final int[] CLASSES = {4, 8, 32};

  private final int operands;
  private long[] sizes = new long[4];
  private long[][] steps;
  private int count;

  Axes(int operands) {
    this.operands = operands;
    this.steps = new long[operands][4];
  }

  /**
   * Adds a dimension, faster than those before it.
   *
   * @param size its size
   * @param step its step in each operand
   */
  void add(long size, long... step) {
    if (size == 1) {
      return;
    }
    boolean joins = count > 0;
    for (int k = 0; k < operands && joins; k++) {
      joins = steps[k][count - 1] == size * step[k];
    }
    int place = joins ? count - 1 : count++;
    if (place == sizes.length) {
      sizes = Arrays.copyOf(sizes, 2 * place);
      for (int k = 0; k < operands; k++) {
        steps[k] = Arrays.copyOf(steps[k], 2 * place);
      }
    }
    sizes[place] = joins ? sizes[place] * size : size;
    for (int k = 0; k < operands; k++) {
      steps[k][place] = step[k];
    }
  }

  /** {@return the number of dimensions} */
  int count() {
    return count;
  }

  /** {@return the size of a dimension} */
  long size(int axis) {
    return sizes[axis];
  }

  /** {@return the step of an operand in a dimension} */
  long step(int operand, int axis) {
    return steps[operand][axis];
  }

  /** {@return the number of dimensions that a kernel walks: at least one} */
  int rank() {
    return Math.max(count, 1);
  }

  /** {@return the number of dimensions that a kernel has room for which takes these} */
  int padded() {
    for (int size : CLASSES) {
      if (count <= size) {
        return size;
      }
    }
    return count;
  }

  /** {@return whether neighbours in the last dimension are neighbours in each operand} */
  boolean isUnit() {
    for (int k = 0; k < operands && count > 0; k++) {
      if (steps[k][count - 1] != 1) {
        return false;
      }
    }
    return true;
  }

  /** Writes the sizes, ones behind them. */
  int putSizes(long[] target, int at, int dims) {
    System.arraycopy(sizes, 0, target, at, count);
    Arrays.fill(target, at + count, at + dims, 1);
    return at + dims;
  }

  /** Writes an operand's steps, zeros behind them. */
  int putSteps(long[] target, int at, int dims, int operand) {
    System.arraycopy(steps[operand], 0, target, at, count);
    Arrays.fill(target, at + count, at + dims, 0);
    return at + dims;
  }
}
