package fluxion.backend.cpu;

import fluxion.engine.spi.Operand;

/** Stable sorting of lines by their {@link SortKeys}, each line on one thread. */
final class Sorter {
  /** From how many elements on threads share the lines: they take some 20 µs. */
  private static final long PARALLEL = 1 << 10;

  private final boolean descending;
  private final int length;
  private final Elements line;
  private final boolean narrow;
  private final int[] places;
  private final long[] packed;
  private final long[] otherPacked;
  private final WideSort wide;

  private Sorter(Elements input, int length, boolean descending) {
    this.descending = descending;
    this.length = length;
    this.line = Elements.allocate(input.dtype(), length);
    this.narrow = SortKeys.narrow(input.dtype());
    int packedLength = narrow ? length : 0;
    this.places = new int[packedLength];
    this.packed = new long[packedLength];
    this.otherPacked = new long[packedLength];
    this.wide = new WideSort(length - packedLength);
  }

  /** Sorts all lines; see {@link fluxion.engine.spi.Backend#sort}. */
  static void run(Operand input, int dim, boolean descending, Operand values, Operand indices) {
    if (input.numel() == 0) {
      return;
    }
    Lines lines = new Lines(dim, input, values, indices);
    lines.share(
        PARALLEL,
        (from, to) -> {
          Sorter sorter = new Sorter(lines.elements(0), lines.length(), descending);
          for (long i = from; i < to; i++) {
            sorter.sort(lines, i);
          }
        });
  }

  private void sort(Lines lines, long i) {
    Moves.copy(lines.array(0), lines.start(0, i), lines.step(0), line.array(), 0, 1, length);
    int[] order = order();
    Moves.pick(line.array(), order, lines.array(1), lines.start(1, i), lines.step(1), length);
    long[] indices = (long[]) lines.array(2);
    int at = lines.start(2, i);
    int step = lines.step(2);
    for (int j = 0; j < length; j++) {
      indices[at + j * step] = order[j];
    }
  }

  private int[] order() {
    if (!narrow) {
      SortKeys.wide(line, descending, wide.keys(), length);
      return wide.sort(length);
    }
    SortKeys.narrow(line, descending, packed, length);
    long[] sorted = NarrowSort.sort(packed, otherPacked, length);
    for (int j = 0; j < length; j++) {
      places[j] = (int) sorted[j];
    }
    return places;
  }
}
