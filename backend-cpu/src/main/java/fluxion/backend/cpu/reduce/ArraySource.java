package fluxion.backend.cpu.reduce;

/** Elements that lie in an array of the carrier. */
public final class ArraySource implements Source {
  private final Object array;
  private final int offset;
  private final Window window;

  /**
   * Elements in an array.
   *
   * @param array an array of the carrier
   * @param offset where the first element lies
   * @param window where the others lie, as the only input
   */
  public ArraySource(Object array, int offset, Window window) {
    this.array = array;
    this.offset = offset;
    this.window = window;
  }

  /** {@return the array} */
  Object array() {
    return array;
  }

  /** {@return where the first element at a position along the outer axes lies} */
  int start(long outer) {
    return offset + window.outer().place(1, outer);
  }

  /** {@return whether each result's elements lie one after another} */
  boolean contiguous() {
    Axes reduced = window.reduced();
    return reduced.count() == 1 && reduced.step(0, 0) == 1;
  }

  @Override
  public void add(Block block, long outer, long first, int count, int column) {
    Axes reduced = window.reduced();
    int columnStep = window.columnStep(1);
    int start = start(outer) + column * columnStep;
    int axis = reduced.count() - 1;
    if (axis < 0) {
      block.add(array, start, 0, columnStep, count);
      return;
    }
    int step = reduced.step(0, axis);
    long size = reduced.size(axis);
    long position = first;
    int left = count;
    while (left > 0) {
      int n = (int) Math.min(left, size - position % size);
      block.add(array, start + reduced.place(0, position), step, columnStep, n);
      position += n;
      left -= n;
    }
  }
}
